"""Functions over other globals."""

from __future__ import annotations

import sys
from types import FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["rebuilt"]


def rebuilt(function: FunctionType, names: dict[str, Any]) -> FunctionType:
    """Return a function with the code of `function`, and `names` for its globals."""
    new = FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
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
