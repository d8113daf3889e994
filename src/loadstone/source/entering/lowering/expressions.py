"""Expressions of the small program: names, attributes and calls, in the order in which Python evaluates them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from loadstone.source.conditions import dotted, lower
from loadstone.source.scanning.children import children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loadstone.source.entering.lowering.lowering import Expr

__all__ = ["export_call", "has_items", "listed", "lower_value", "several"]


def lower_value(lowering: Any, node: ast.AST) -> Expr:
    """Return what evaluating the expression asks of the program; None where that is nothing."""
    lower = _VALUES.get(node.__class__)
    if lower is not None:
        return lower(lowering, node)
    return several(lowering.values(children(node)))


def several(values: Iterable[Expr]) -> Expr:
    """Return ("all", expressions): each is evaluated, and what comes out is not known."""
    found = tuple(value for value in values if value and value[0] != "const")
    return ("all", found) if found else None


def _name(lowering: Any, node: ast.Name) -> Expr:
    """("name", name, line)."""
    return ("name", node.id, node.lineno)


def _attribute(lowering: Any, node: ast.Attribute) -> Expr:
    """("attr", expression, attribute, line)."""
    owner = lowering.value(node.value)
    return ("attr", owner, node.attr, node.end_lineno) if owner else None


def _constant(lowering: Any, node: ast.Constant) -> Expr:
    """("const", value), for what a later test may ask about."""
    return ("const", node.value) if isinstance(node.value, bool | int | str | None) else None


def _call(lowering: Any, node: ast.Call) -> Expr:
    """("call", function, arguments, ((keyword, expression), ...), line)."""
    args = tuple(lowering.value(arg) for arg in node.args)
    keywords = tuple((one.arg or "", lowering.value(one.value)) for one in node.keywords)
    plain = not any(isinstance(arg, ast.Starred) for arg in node.args)
    return ("call", lowering.value(node.func), args, keywords, plain, node.lineno)


def _lambda(lowering: Any, node: ast.Lambda) -> Expr:
    """("function", what is evaluated now, function)."""
    evaluated = lowering.values([*node.args.defaults, *node.args.kw_defaults])
    body = ast.copy_location(ast.Return(node.body), node.body)
    return ("function", evaluated, lowering.function(node, [body]))


def _boolean(lowering: Any, node: ast.BoolOp) -> Expr:
    """("maybe", what is evaluated in any case, what may be)."""
    first, *rest = node.values
    return _maybe(lowering, [first], rest)


def _choice(lowering: Any, node: ast.IfExp) -> Expr:
    """("choice", test for `verdicts`, expression, one, other)."""
    return ("choice", lower(node.test), *(lowering.value(one) for one in (node.test, node.body, node.orelse)))


def _maybe(lowering: Any, first: list[ast.expr], rest: list[ast.expr]) -> Expr:
    sure, perhaps = lowering.values(first), lowering.values(rest)
    return ("maybe", sure, perhaps) if sure or perhaps else None


def _comprehension(lowering: Any, node: Any) -> Expr:
    """("each", first iterable, names of its own, whether it runs at once, what surely is evaluated, what may be)."""
    first = node.generators[0]
    own = {one.id for part in node.generators for one in ast.walk(part.target) if isinstance(one, ast.Name)}
    results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    at_once = not isinstance(node, ast.GeneratorExp)
    simple = len(node.generators) == 1 and not first.ifs and has_items(first.iter)
    rest: list[ast.expr] = list(first.ifs)
    for part in node.generators[1:]:
        rest += [part.iter, *part.ifs]
    sure, perhaps = (results, []) if simple else ([], [*rest, *results])
    found = (
        lowering.value(first.iter),
        frozenset(own),
        at_once,
        lowering.values(sure),
        lowering.values(perhaps),
    )
    return ("each", *found)


def listed(node: ast.expr) -> Expr:
    """Return ("list", constants) for a literal list of texts, as `__all__` is one; None for anything else."""
    if not isinstance(node, ast.List | ast.Tuple):
        return None
    texts = [one.value for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return ("list", tuple(("const", text) for text in texts)) if len(texts) == len(node.elts) else None


def export_call(node: ast.expr) -> Expr:
    """Return ("join", list, more) for ``__all__.extend([...])`` and ``__all__.append(...)``; None for anything else."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="__all__"), attr=method), args=[only], keywords=[]
        ):
            more = listed(only) if method == "extend" else listed(ast.List([only]))
            if more and method in {"append", "extend"}:
                return ("join", ("name", "__all__", node.lineno), more)
    return None


def has_items(node: ast.expr) -> bool:
    """Return whether a loop over this expression runs at least once: a literal that is not empty."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(not isinstance(one, ast.Starred) for one in node.elts)
    if isinstance(node, ast.Dict):
        return bool(node.keys)
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, ast.Call) and dotted(node.func) == "range" and len(node.args) == 1:
        only = node.args[0]
        return isinstance(only, ast.Constant) and isinstance(only.value, int) and only.value > 0
    return False


def _named(lowering: Any, node: ast.NamedExpr) -> Expr:
    """("walrus", name, expression)."""
    return ("walrus", node.target.id, lowering.value(node.value))


def _formatted(lowering: Any, node: ast.JoinedStr) -> Expr:
    return several(lowering.values(node.values))


def _sequence(lowering: Any, node: ast.Tuple | ast.List) -> Expr:
    """("list", expressions, or None for each that is not known)."""
    if any(isinstance(one, ast.Starred) for one in node.elts):
        return several(lowering.values(node.elts))
    values = tuple(lowering.value(one) for one in node.elts)
    return ("list", values) if any(value and value[0] != "const" for value in values) else None


def _dict(lowering: Any, node: ast.Dict) -> Expr:
    pairs = zip(node.keys, node.values, strict=True)
    return several(lowering.values(part for pair in pairs for part in pair))


_VALUES: dict[type[ast.AST], Callable[[Any, Any], Expr]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.Lambda: _lambda,
    ast.BoolOp: _boolean,
    ast.IfExp: _choice,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.NamedExpr: _named,
    ast.JoinedStr: _formatted,
    ast.Tuple: _sequence,
    ast.List: _sequence,
    ast.Dict: _dict,
}
