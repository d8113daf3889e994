"""The modules of a rehearsal: loaded on demand, each with the names bound so far."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field

from loadstone.explain.state import origin_of
from loadstone.source.reading import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.explain.files import Files
    from loadstone.explain.modules import Modules
    from loadstone.source.project import Location

__all__ = ["UNKNOWN", "Function", "Module", "Stumble", "TooLong", "Value", "World"]

_MOST = 50_000  # steps: statements, and what costs more
_MODULE = 200  # steps that reading a module stands for
_CALL = 20
_DEEPEST = 40  # calls inside calls


class Stumble(Exception):
    """The place where the program would fail: `name` is asked of `module`, or of nobody, too early."""

    def __init__(self, kind: str, module: str, name: str, path: str, line: int) -> None:
        super().__init__(f"{kind}: {module}.{name} at {path}:{line}")
        self.kind, self.module, self.name, self.path, self.line = kind, module, name, path, line


class TooLong(Exception):
    """The program is too large to be gone through."""


class _Unknown:
    """A value of which nothing is known, and that has every attribute."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


@dataclass(slots=True, eq=False)
class Module:
    """A module with the names it has bound so far; `opaque` ones are not the user's, or bind names unseen."""

    name: str
    path: str = ""
    package: str = ""
    opaque: bool = False
    postponed: bool = False  # its annotations are not evaluated now (PEP 563, PEP 649)
    names: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function, or a class by its ``__init__``: where it looks up its names, innermost scope last."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    home: Module
    scopes: tuple[dict[str, Value], ...]


Value = _Unknown | Module | Function


class World:
    """A rehearsal of one program; `texts` are the files as an edit would leave them."""

    def __init__(self, modules: Modules, files: Files, texts: Mapping[str, str] | None = None) -> None:
        self._found = modules
        self._files = files
        self._texts = texts or {}
        self._loaded: dict[str, Module] = {}
        self._entered: set[ast.AST] = set()
        self._depth = 0
        self._steps = 0

    def start(self, path: str, package: str) -> None:
        """Go through the file at `path` as ``__main__``; raise Stumble where it fails, TooLong for a huge one."""
        if package:
            self.load(package)
        self._execute(Module("__main__", path, package))

    def load(self, name: str) -> Module:
        """Return the module after its import, and that of the packages above; or as far as it is under way."""
        package, _, tail = name.rpartition(".")
        above = self.load(package) if package else None
        if name in self._loaded:
            return self._loaded[name]
        module = self._loaded[name] = self._made(name)
        self._execute(module)
        if above is not None:  # a submodule becomes an attribute of its package when its import is done
            above.names[tail] = module
        return module

    def submodule(self, package: Module, tail: str) -> Module | None:
        """Return a submodule, imported if need be; None where there is none."""
        name = f"{package.name}.{tail}"
        if name in self._loaded:
            return self._loaded[name]
        return self.load(name) if self._found.locate(name) is not None else None

    def _made(self, name: str) -> Module:
        found = self._found.locate(name)
        package = name if found is not None and found.search else name.rpartition(".")[0]
        if found is None or not _readable(found):
            return Module(name, package=package, opaque=found is None or found.kind != "namespace")
        summary = self._files.summary(found.path or "", name, is_package=found.is_package)
        opaque = summary is None or bool(summary.dynamic) or summary.getattr is not None
        return Module(name, found.path or "", package, opaque)

    def _execute(self, module: Module) -> None:
        tree = self._tree(module.path) if module.path else None
        if tree is None:
            return
        from loadstone.explain.rehearsal.walk import Walk

        self.step(_MODULE)
        module.postponed = sys.version_info >= (3, 14) or any(map(_postpones, tree.body))
        Walk(self, module).run(tree.body)

    def step(self, cost: int = 1) -> None:
        """Count one step more; raise TooLong after very many: an explanation must be quick."""
        self._steps += cost
        if self._steps > _MOST:
            raise TooLong

    def enters(self, node: ast.AST) -> bool:
        """Note that a function is called; return False for one that was before, or deep inside other calls.

        What got through once gets through again: names are only added.
        """
        if node in self._entered or self._depth >= _DEEPEST:
            return False
        self.step(_CALL)
        self._entered.add(node)
        self._depth += 1
        return True

    def leaves(self) -> None:
        """Note that the function entered last is done."""
        self._depth -= 1

    def _tree(self, path: str) -> ast.Module | None:
        if path in self._texts:
            return parse(self._texts[path], path).tree
        source = self._files.source(path)
        return source.tree if source else None


def _readable(found: Location) -> bool:
    return found.has_source and found.path is not None and origin_of(found.path) == "own"


def _postpones(node: ast.stmt) -> bool:
    """Whether this is ``from __future__ import annotations``."""
    if not isinstance(node, ast.ImportFrom) or node.module != "__future__":
        return False
    return any(one.name == "annotations" for one in node.names)
