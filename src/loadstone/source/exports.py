"""`__all__`, in the forms that people write it: read from statements, then put together while a module runs."""

from __future__ import annotations

import ast

from loadstone.source.acts import Export, Ref
from loadstone.source.verdicts import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.source.events import Run
    from loadstone.source.statements import Statement
    from loadstone.source.world import World

__all__ = ["Exports", "Parts", "export_call", "parts"]

Parts = tuple[str | Ref | None, ...]
"""What an `__all__` is made of: names, references to other lists, and None for what cannot be read."""

_COPIES = frozenset(("list", "tuple", "sorted", "set", "frozenset"))


def parts(node: ast.expr) -> Parts:  # noqa: PLR0911  # one line a form  # one line a form
    """Return the parts of an expression that stands for a list of names."""
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return tuple(part for item in items for part in _item(item))
        case ast.BinOp(op=ast.Add()):
            return _sum(node)
        case ast.Attribute(attr="__all__", value=owner):
            name = dotted(owner)
            return (Ref(name) if name else None,)
        case ast.Name(id=name):
            return (Ref(name, plain=True),)
        case ast.Call(func=ast.Name(id=copy), args=[only], keywords=[]) if copy in _COPIES:
            return parts(only)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split"), args=[], keywords=[]
        ):
            return tuple(text.split())
        case ast.Call(func=ast.Attribute(value=owner, attr="copy"), args=[]):
            return parts(owner)
    return (None,)


def _item(node: ast.expr) -> Parts:
    if isinstance(node, ast.Starred):
        return parts(node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    return (None,)


def _sum(node: ast.expr) -> Parts:
    """A long sum leans to the left: follow it in a loop, so that its length does not meet the recursion limit."""
    found: list[Parts] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        found.append(parts(node.right))
        node = node.left
    found.append(parts(node))
    return tuple(part for group in reversed(found) for part in group)


def export_call(node: ast.expr, statement: Statement) -> Export | None:
    """Return what a call such as ``__all__.extend(...)`` does to `__all__`; None for any other expression."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="__all__"), attr=method), args=[only], keywords=[]
        ):
            if method == "extend":
                return Export("extend", parts(only), statement)
            if method in {"append", "remove"}:
                return Export("extend" if method == "append" else "remove", _item(only), statement)
    return None


class Exports:
    """Puts the `__all__` of one running module together."""

    def __init__(self, run: Run, world: World) -> None:
        self.run = run
        self.world = world

    def apply(self, export: Export) -> None:
        """Do to the module's `exports` what one statement does to its `__all__`."""
        run = self.run
        found = [self._refer(part) for part in export.parts]
        names = [name for group, _ in found for name in group]
        exact = export.op != "touch" and all(exact for _, exact in found)
        current = run.exports or []
        if export.op == "set":
            run.exports, run.exact = names, exact
            return
        run.exact = run.exact and exact
        if export.op == "extend":
            run.exports = [*current, *names]
        elif export.op == "remove":
            run.exports = [name for name in current if name not in names]

    def _refer(self, part: str | Ref | None) -> tuple[list[str], bool]:
        """Return the names of one part, and whether they are all of them."""
        if part is None:
            return [], False
        if isinstance(part, str):
            return [part], True
        if part.plain:
            return self._plain(part.name)
        event = self.run.names.get(part.name.partition(".")[0])
        module = self.world.module_of(event, part.name) if event else None
        return self._of(module)

    def _plain(self, name: str) -> tuple[list[str], bool]:
        """A name by itself: this very list, or one imported as ``from .x import __all__ as names``."""
        if name == "__all__":
            return list(self.run.exports or ()), self.run.exact
        event = self.run.names.get(name)
        return self._of(event.target if event and event.member == "__all__" else None)

    def _of(self, module: str | None) -> tuple[list[str], bool]:
        names, exact = self.world.exports(module) if module else (None, False)
        return names or [], exact and names is not None
