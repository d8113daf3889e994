"""Classes whose subclasses are noticed when they are made: by a metaclass, or by ``__init_subclass__``."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.conditions import dotted
from loadstone.source.reading import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loadstone.fix.model import Model

__all__ = ["Hooks", "base_of"]


class _Class(NamedTuple):
    """A class as its text has it: whether it notices its subclasses itself, and its bases as they are spelled."""

    hooked: bool
    bases: tuple[str, ...]


class Hooks:
    """The classes of one state of a project; `meant` says what the imported names of a module stand for."""

    def __init__(self, model: Model, meant: Callable[[str], Mapping[str, str]], base: Hooks | None) -> None:
        self.model = model
        self.meant = meant
        self.base = base
        self._answers: dict[str, bool] = {}
        # Module to its content and its classes.
        self.read: dict[str, tuple[bytes, dict[str, _Class]]] = {}

    def __call__(self, name: str) -> bool:
        """Whether making a subclass of a class, by its full name, runs code."""
        if name not in self._answers:
            self._answers[name] = False  # for a class that is its own base, in code that cannot work
            self._answers[name] = self._is_hooked(name)
        return self._answers[name]

    def _is_hooked(self, name: str) -> bool:
        module, _, tail = name.rpartition(".")
        if not module:
            return not hasattr(builtins, tail)
        # What the library's own hooks do, such as those of enum, nobody else can see.
        if self.model.library.is_standard(module):
            return False
        one = self.classes(module).get(tail)
        if one is not None:
            return one.hooked or any(self(self._full(module, base)) for base in one.bases)
        full = self._full(module, tail)
        if full in {name, tail}:  # it is made there, who knows how, or is a builtin
            return not hasattr(builtins, tail)
        return self(full)

    def _full(self, module: str, base: str) -> str:
        root, dot, rest = base.partition(".")
        if root in self.classes(module) and not dot:
            return f"{module}.{root}"
        return f"{self._meant(module, root)}{dot}{rest}"

    def _meant(self, module: str, name: str) -> str:
        """Return what a name of a module, own or installed, stands for; the name itself where it is not imported."""
        if module in self.model.project.modules:
            return self.meant(module).get(name, name)
        world = self.model.library.world
        run = world.run(module) if self.model.library.locate(module) else None
        event = run.names.get(name) if run else None
        if event is None:
            return name
        _, home, tail, _ = world.resolve(event)
        return f"{home}.{tail}" if tail else home

    def classes(self, module: str) -> dict[str, _Class]:
        """Return the classes at the top level of a module, own or installed; empty where it cannot be read."""
        if module not in self.read:
            content = self._content(module)
            known = self.base.read.get(module) if self.base else None
            same = known is not None and known[0] == content
            self.read[module] = known if known and same else (content, _classes(content, module))
        return self.read[module][1]

    def _content(self, module: str) -> bytes:
        if module in self.model.project.modules:
            return self.model.content(module)
        location = self.model.library.locate(module)
        try:
            return self.model.document(location.path).content if location and location.path else b""
        except OSError:
            return b""


def _classes(content: bytes, module: str) -> dict[str, _Class]:
    try:
        body = parse(content, module).tree.body
    except SyntaxError:
        return {}
    return {node.name: _class(node) for node in body if isinstance(node, ast.ClassDef)}


def _class(node: ast.ClassDef) -> _Class:
    bases = [base_of(base) for base in node.bases]
    hooked = any(keyword.arg == "metaclass" for keyword in node.keywords) or any(
        isinstance(part, ast.FunctionDef) and part.name == "__init_subclass__" for part in node.body
    )
    return _Class(hooked or None in bases, tuple(filter(None, bases)))


def base_of(node: ast.expr) -> str | None:
    """Return the dotted name in a base, ``Box`` of ``Box[int]`` and of ``Box()``; None where it is no name."""
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return dotted(node)
