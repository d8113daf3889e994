"""Making a space's own form of a module of the standard library, by its plan.

Nothing here writes to the host's module, or binds a private one where the host could see it.
"""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType

from loadstone.runtime.grafts.amendments import amend
from loadstone.runtime.grafts.rebuilding import rebuilt
from loadstone.runtime.grafts.sight import see
from loadstone.runtime.grafts.table import ACTING
from loadstone.runtime.importlib_bootstrap.loading import stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.grafts.plan import Plan
    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["begin", "copied", "executed_anew", "grafted", "later_names"]


def grafted(importer: PrivateImporter, host: ModuleType, plan: Plan) -> ModuleType:
    """Return a copy of `host` whose acting functions look at the space; its classes are the very same objects."""
    copy = copied(importer, host)
    spec = begin(importer, host, copy)
    try:
        _fill(importer, copy.__dict__, host, plan)
        see(importer, copy.__dict__)
        amend(importer, host.__name__, copy.__dict__)
    finally:
        spec._initializing = False  # type: ignore[attr-defined]
    return copy


def executed_anew(importer: PrivateImporter, host: ModuleType, plan: Plan) -> ModuleType:
    """Return a module executed from the code of `host` in the space; the classes that `plan` shares are the host's."""
    module = ModuleType(host.__name__)
    spec = begin(importer, host, module)
    stamp(spec, module)
    modules = importer.state.modules
    try:
        _execute(spec, module.__dict__, _class_builder(vars(host), plan.shared))
        see(importer, module.__dict__)
        amend(importer, spec.name, module.__dict__)
    except BaseException:
        modules.pop(spec.name, None)
        raise
    finally:
        spec._initializing = False  # type: ignore[attr-defined]
    return module


def copied(importer: PrivateImporter, host: ModuleType) -> ModuleType:
    """Return a module that has what `host` has; of submodules the space's own, also those bound on `host` later."""
    package = host.__name__
    copy = ModuleType(package)
    copy.__dict__.update(
        (name, value)
        for name, value in vars(host).items()
        if not (isinstance(value, ModuleType) and f"{package}.{name}" in ACTING)
    )
    copy.__dict__.setdefault("__getattr__", later_names(importer, host))
    return copy


def later_names(importer: PrivateImporter, host: ModuleType) -> Callable[[str], Any]:
    """Return a module's ``__getattr__`` for what its copy lacks."""

    def __getattr__(name: str) -> Any:  # noqa: N807  # PEP 562
        value = getattr(host, name)
        full = f"{host.__name__}.{name}"
        # Nobody in the space imported it, and natively it would be there all the same.
        return importer.ensure(full) if isinstance(value, ModuleType) and full in ACTING else value

    return __getattr__


def begin(importer: PrivateImporter, host: ModuleType, module: ModuleType) -> ModuleSpec:
    """Put a module in its place and return its spec: other modules may need it before it is finished.

    Other threads wait meanwhile, as for any module that is being executed.
    """
    spec = module.__spec__ = _own_spec(host)
    spec._initializing = True  # type: ignore[attr-defined]
    importer.prepare(module)
    importer.state.modules[host.__name__] = module
    return spec


def _own_spec(host: ModuleType) -> ModuleSpec:
    """Return a spec like that of `host`; on its own the state of an import is written."""
    old = host.__spec__
    assert old is not None
    spec = ModuleSpec(old.name, old.loader, origin=old.origin, loader_state=old.loader_state)
    if old.submodule_search_locations is not None:
        spec.submodule_search_locations = list(old.submodule_search_locations)
    spec.has_location = old.has_location
    spec.cached = old.cached
    return spec


def _fill(importer: PrivateImporter, names: dict[str, Any], host: ModuleType, plan: Plan) -> None:
    for name, module in plan.modules.items():
        names[name] = importer.ensure(module)
    for name, (module, attribute) in plan.foreign.items():
        names[name] = getattr(importer.ensure(module), attribute, names[name])
    made: dict[Any, FunctionType] = {}  # some have two names
    for name in plan.functions:
        old = vars(host)[name]
        names[name] = made.get(old) or made.setdefault(old, rebuilt(old, names))


def _class_builder(host: dict[str, Any], shared: frozenset[str]) -> Callable[..., Any]:
    """Return a ``__build_class__`` for the statements of one module: a class that is shared is not made again."""

    def build_class(body: Any, name: str, *bases: Any, **keywords: Any) -> Any:
        if name in shared:
            return host[name]
        return __build_class__(body, name, *bases, **keywords)

    return build_class


def _execute(spec: ModuleSpec, names: dict[str, Any], build_class: Callable[..., Any]) -> None:
    """Execute a module's code so that its own statements, and they alone, make classes by `build_class`.

    A frame takes its builtins from its function, and a function from the globals at the time of its ``def``:
    the module's code runs with one dict, and all that it defines keeps the other, which is the space's.
    """
    loader: Any = spec.loader
    builtins = names["__builtins__"]
    names["__builtins__"] = {**builtins, "__build_class__": build_class}
    run = FunctionType(loader.get_code(spec.name), names)
    names["__builtins__"] = builtins
    run()
