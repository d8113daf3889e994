"""What a rebuilt module needs besides: where a shared class would ask the host, and its caller can answer instead."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from loadstone.runtime.grafts.rebuilding import rebuilt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["amend"]


def amend(importer: PrivateImporter, name: str, names: dict[str, Any]) -> None:
    """Change the namespace of the graft `name`, where that module has an amendment."""
    amendment = _AMENDMENTS.get(name)
    if amendment is not None:
        amendment(importer, names)


def _typing(importer: PrivateImporter, names: dict[str, Any]) -> None:
    """Let `get_type_hints` find the module of a ForwardRef: a TypedDict keeps its name for fields that are inherited.

    `ForwardRef` itself would look in `sys.modules`, before it looks into the globals it is given.
    """
    _own_overloads(names)
    kind = names["ForwardRef"]
    evaluate: Callable[..., Any] | None = names.get("_eval_type")
    if evaluate is None:
        return

    def _eval_type(form: Any, globals_: Any, *args: Any, **more: Any) -> Any:
        module = getattr(form, "__forward_module__", None) if isinstance(form, kind) else None
        if module is not None:
            globals_ = getattr(importer.state.modules.get(module), "__dict__", globals_)
            form = kind(
                form.__forward_arg__,
                is_argument=form.__forward_is_argument__,
                is_class=form.__forward_is_class__,
            )
        return evaluate(form, globals_, *args, **more)

    names["_eval_type"] = _eval_type


def _own_overloads(names: dict[str, Any]) -> None:
    """Keep the overloads of each space apart: they are filed by module, name and line, which two versions share."""
    names["_overload_registry"] = defaultdict(partial(defaultdict, dict))
    for name in ("_overload_dummy", "overload", "get_overloads", "clear_overloads"):
        names[name] = rebuilt(names[name], names)


def _reduction(importer: PrivateImporter, names: dict[str, Any]) -> None:
    """Let `multiprocessing` send what a space's names mean along with them; see `processes`."""
    from loadstone.runtime.processes import sending

    names["ForkingPickler"] = sending(importer, names["ForkingPickler"])


def _context(_: PrivateImporter, names: dict[str, Any]) -> None:
    """Let everybody know that a child is being started: keys may be pickled for it alone."""
    import multiprocessing.context

    names["_tls"] = multiprocessing.context._tls  # type: ignore[attr-defined]


_AMENDMENTS = {
    "typing": _typing,
    "multiprocessing.reduction": _reduction,
    "multiprocessing.context": _context,
}
