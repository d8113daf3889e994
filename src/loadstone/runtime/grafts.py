"""Standard-library modules whose functions look up `sys.modules` for their caller, rebuilt for a space.

`dataclasses.dataclass` reads the namespace of the class's module to understand annotations that are text, and
`inspect.getsource` the file of the class's module. In a space that module is in the space's `modules`, where
the shared function does not look.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FunctionType, ModuleType
    from typing import Any

__all__ = ["graft"]

_Module = type(sys)


def graft(module: ModuleType, **seen: Any) -> ModuleType:
    """Return a copy of `module` whose functions see `seen` in place of its globals of those names.

    Only plain functions are rebuilt. Classes stay the very same objects, so that a `dataclasses.Field` is one
    in every space.
    """
    copy = _Module(module.__name__)
    copy.__dict__.update(vars(module))
    copy.__dict__.update(seen)
    for name, value in vars(module).items():
        if _is_rebuilt(value, module):
            copy.__dict__[name] = _rebuilt(value, copy.__dict__)
    return copy


def _is_rebuilt(value: Any, module: ModuleType) -> bool:
    # `typing.NamedTuple` is a function by which a class statement is recognised: its identity matters.
    return (
        type(value) is type(graft)
        and value.__globals__ is module.__dict__
        and not hasattr(value, "__mro_entries__")
    )


def _rebuilt(function: FunctionType, namespace: dict[str, Any]) -> FunctionType:
    new = type(function)(
        function.__code__, namespace, function.__name__, function.__defaults__, function.__closure__
    )
    new.__kwdefaults__ = function.__kwdefaults__
    if sys.version_info >= (3, 14):  # asked for the annotations, it would evaluate them (PEP 649)
        new.__annotate__ = function.__annotate__
    else:
        new.__annotations__ = function.__annotations__
    new.__qualname__ = function.__qualname__
    new.__doc__ = function.__doc__
    new.__dict__.update(function.__dict__)
    return new
