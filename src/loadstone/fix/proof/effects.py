"""What a module does while it is imported that others can notice: calls, decorators, assignments to things elsewhere.

Definitions, constants, and calls that only make a value are no effects. What cannot be told counts as one.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.fix.proof.hooks import base_of
from loadstone.fix.proof.pure import is_pure
from loadstone.source.conditions import dotted
from loadstone.source.reading import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Effect", "effects"]

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: `text` is what does it, with imported names spelled in full; `line` where it stands.

    The `text` is empty where the effect is that the `module` is imported, an installed one.
    """

    module: str
    text: str
    line: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when lines move."""
        return self.module, self.text

    @property
    def said(self) -> str:
        """What does it, on one line, without its place."""
        if not self.text:
            return f"the import of {self.module}"
        text = " ".join(self.text.split()).removesuffix(": pass")
        return f"`{text}`" if len(text) <= _LONGEST else f"`{text[:_LONGEST]}...`"

    def __str__(self) -> str:
        return f"{self.said} ({self.module}, line {self.line})" if self.text else self.said


def effects(
    module: str, content: bytes, meant: Mapping[str, str], hooked: Callable[[str], bool]
) -> tuple[Effect, ...]:
    """Return the effects of a module's text in their order; empty where it does not compile.

    `meant` says what its imported names stand for, ``{"np": "numpy"}``; `hooked` whether making a subclass of a
    class, by its full name, runs code.
    """
    try:
        tree = parse(content, module).tree
    except SyntaxError:
        return ()
    return tuple(_Walk(module, meant, hooked, _own(tree.body)).block(tree.body))


def _own(body: list[ast.stmt]) -> frozenset[str]:
    """Return the names that the module gives to literals: changing one of them is its own affair."""
    literals = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Constant, ast.Tuple)
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, literals):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
    return frozenset(found)


class _Walk:
    def __init__(
        self, module: str, meant: Mapping[str, str], hooked: Callable[[str], bool], own: frozenset[str]
    ) -> None:
        self.module = module
        self.meant = meant
        self.hooked = hooked
        self.own = own

    def block(self, nodes: list[ast.stmt]) -> Iterator[Effect]:
        for node in nodes:
            yield from self.statement(node)

    def statement(self, node: ast.stmt) -> Iterator[Effect]:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Global() | ast.Delete():
                return
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                args = node.args
                yield from self.decorators(node, node.name)
                yield from self.expressions(*args.defaults, *args.kw_defaults)
            case ast.ClassDef():
                yield from self.class_(node)
            case ast.If(test=test, body=body, orelse=orelse):
                if not _never(test):
                    yield from self.expressions(test)
                    yield from self.block(body)
                yield from self.block(orelse)
            case ast.Assign(targets=targets, value=value):
                yield from self.targets(node, targets, value)
            case ast.AugAssign(target=target, value=value):
                yield from self.targets(node, [target], value)
            case ast.AnnAssign(target=target, value=value):
                yield from self.targets(node, [target], value)
            case ast.Raise():
                yield self.effect(node)
            case _:
                yield from self.other(node)

    def other(self, node: ast.stmt) -> Iterator[Effect]:
        """Loops, ``with``, ``try``, ``match`` and expressions: what is in them, in the order of the text."""
        for _, value in ast.iter_fields(node):
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.stmt):
                    yield from self.statement(part)
                elif isinstance(part, ast.expr):
                    yield from self.expressions(part)
                elif isinstance(part, ast.ExceptHandler | ast.match_case):
                    yield from self.block(part.body)
                elif isinstance(part, ast.withitem):
                    yield from self.expressions(part.context_expr)

    def class_(self, node: ast.ClassDef) -> Iterator[Effect]:
        yield from self.decorators(node, node.name)
        yield from self.expressions(*node.bases, *(keyword.value for keyword in node.keywords))
        hooks = any(self.notices(base_of(base)) for base in node.bases)
        if hooks or any(keyword.arg != "total" and not self.harmless(keyword) for keyword in node.keywords):
            head = ast.ClassDef(node.name, node.bases, node.keywords, [ast.Pass()], [])
            head.type_params = []  # type: ignore[attr-defined]  # Python 3.12 wants it to print a class
            yield self.effect(ast.copy_location(head, node))
        yield from self.block(node.body)

    def notices(self, base: str | None) -> bool:
        """Whether making a subclass of a base, by the name in it, runs code."""
        if base is None:
            return True
        name = self.in_full(base)
        return self.hooked(name if "." in name else f"{self.module}.{name}")

    def harmless(self, keyword: ast.keyword) -> bool:
        return keyword.arg == "metaclass" and self.full(keyword.value) in {
            "abc.ABCMeta",
            "type",
            "enum.EnumMeta",
        }

    def decorators(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, name: str
    ) -> Iterator[Effect]:
        for one in node.decorator_list:
            called = one.func if isinstance(one, ast.Call) else one
            yield from self.expressions(*(one.args if isinstance(one, ast.Call) else ()))
            if not self.makes_only_a_value(called):
                yield self.effect(one, f"@{self.spelled(one)} {name}")

    def targets(self, node: ast.stmt, targets: list[ast.expr], value: ast.expr | None) -> Iterator[Effect]:
        """An assignment is an effect where it changes something that is not this module's own."""
        yield from self.expressions(value)
        for target in targets:
            root = target
            while isinstance(root, ast.Attribute | ast.Subscript | ast.Starred):
                root = root.value
            if isinstance(target, ast.Attribute | ast.Subscript) and not self.is_own(root):
                yield self.effect(node)

    def expressions(self, *nodes: ast.expr | None) -> Iterator[Effect]:
        waiting: list[ast.AST] = [node for node in reversed(nodes) if node is not None]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Lambda):
                continue
            if isinstance(node, ast.Call | ast.Await) and not self.quiet(node):
                yield self.effect(node)
                continue
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))

    def quiet(self, node: ast.Call | ast.Await) -> bool:
        if isinstance(node, ast.Await):
            return False
        if isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Constant | ast.JoinedStr | ast.List | ast.Dict) or self.is_own(owner):
                return True
            if isinstance(owner, ast.Call):  # ``re.compile(...).match``: of a value that was made here
                return self.quiet(owner)
        return self.makes_only_a_value(node.func)

    def makes_only_a_value(self, function: ast.expr) -> bool:
        name = self.full(function)
        return name is not None and is_pure(name)

    def is_own(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Name) and node.id in self.own

    def full(self, node: ast.expr) -> str | None:
        """Return the full name of what a dotted expression means; None for any other."""
        name = dotted(node)
        return None if name is None else self.in_full(name)

    def in_full(self, name: str) -> str:
        root, dot, rest = name.partition(".")
        return f"{self.meant.get(root, root)}{dot}{rest}"

    def effect(self, node: ast.AST, text: str = "") -> Effect:
        return Effect(self.module, text or self.spelled(node), getattr(node, "lineno", 0))

    def spelled(self, node: ast.AST) -> str:
        """Return the text of a node, with imported names in full: what they are called here does not matter."""
        node = copy.deepcopy(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                inner.id = self.meant.get(inner.id, inner.id)
        return ast.unparse(node)


def _never(test: ast.expr) -> bool:
    """Whether a test is never true while the module is imported."""
    match test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]):
            return True
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
    return False
