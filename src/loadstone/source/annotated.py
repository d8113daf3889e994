"""The names that Python itself puts into a module which annotates variables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast

__all__ = ["ANNOTATIONS", "annotation_names"]

ANNOTATIONS = frozenset(("__annotate__", "__annotations__", "__conditional_annotations__"))
"""All of them, whatever the version: the first look at ``module.__annotations__`` binds one in any module."""


def annotation_names(node: ast.AnnAssign, *, as_text: bool) -> frozenset[str]:
    """Return the names that one annotated assignment at module level brings, whether or not it is executed.

    `as_text` says that the file has ``from __future__ import annotations``. Since Python 3.14 the annotations are
    worked out by a function when somebody asks (PEP 649), and only those of bare names: ``x: int``, not ``(x): int``.
    """
    names = {"__annotations__"}
    if sys.version_info >= (3, 14):
        names = {"__conditional_annotations__"}
        if as_text or node.simple:
            names.add("__annotations__" if as_text else "__annotate__")
    return frozenset(names)
