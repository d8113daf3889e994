"""The function that an import statement of a private space calls."""

from __future__ import annotations

from loadstone.runtime.importlib_bootstrap.frames import trim
from loadstone.runtime.importlib_bootstrap.importer import is_busy
from loadstone.runtime.importlib_bootstrap.relative import absolute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["private_import_function"]


def private_import_function(importer: PrivateImporter) -> Callable[..., Any]:  # noqa: C901
    """Return an ``__import__`` for a private space; repeated imports are answered from its finished modules."""
    modules: Any = importer.state.modules

    def __import__(  # noqa: C901, PLR0912  # one frame, for depth and speed
        name: str,
        globals: dict[str, Any] | None = None,
        locals: dict[str, Any] | None = None,
        fromlist: Any = (),
        level: int = False,  # from_c tells it from a 0 that is passed
    ) -> Any:
        # What was imported before is answered from dicts. Anything else about the statement, its mistakes
        # included, raises one of these errors or falls through, and is left to the code below.
        try:
            if fromlist is None and not level:
                module = modules.answers.heads[name]
                return modules.answers.linked(name) if module is None else module
            module, namespace = modules.answers.finished[_full(name, globals, level) if level else name]
            if len(fromlist):  # An iterator, which can be read only once, has no length.
                for item in fromlist:
                    if item not in namespace:
                        break
                else:
                    return module
        except (KeyError, AttributeError, TypeError):
            pass
        if type(fromlist) is list:
            from loadstone.runtime.cimports.guard import from_c

            if from_c(globals, locals, fromlist, level):
                return importer.hand_to_c(name, fromlist)
        answers = modules.answers
        try:
            full = absolute(name, globals, level)
            module = modules.get(full)
            if module is None:
                module = importer.find_and_load(full)
            elif is_busy(module):
                module = importer.wait(full)
            result = importer.bound(module, name, full, fromlist, level)
        except BaseException as error:
            trim(error)
            raise
        if not is_busy(module):
            answers.keep(full, module)
            if not (fromlist or level or is_busy(result)):
                if "." not in name or importer.sharing.covers(name):
                    answers.keep_head(name, result)
                else:
                    answers.keep_chain(name, result, modules)
        return result

    return __import__


def _full(name: str, globals: Any, level: int) -> str:
    """Return the name that a relative `name` means; raise KeyError where more than a glance is needed."""
    package = globals["__package__"]
    if level < 0 or package != globals["__spec__"].parent:
        raise KeyError(package)
    if level > 1:
        parts = package.rsplit(".", level - 1)
        if len(parts) < level:
            raise KeyError(package)
        package = parts[0]
    return f"{package}.{name}" if name else package
