"""A name that is bound under `if TYPE_CHECKING:` alone, and asked for when the program runs."""

from __future__ import annotations

import ast
import os

from loadstone.errors import BadModuleName
from loadstone.explain import leads
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair, relative_to
from loadstone.explain.packages import home
from loadstone.explain.state import module_file
from loadstone.explain.tops import future_line
from loadstone.explain.uses import Function, uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.source.reading import Source

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return the statement that type checkers see and Python does not; None where another one binds the name."""
    error = failure.error
    if isinstance(error, NameError) and isinstance(error.name, str) and failure.at is not None:
        return _explanation(failure, _file(failure.at), error.name)
    owner, attribute = failure.missing_attribute
    if owner is not None:
        return _explanation(failure, module_file(owner), attribute)
    module, name = failure.missing_name
    return _explanation(failure, failure.state.file_of(module), name) if module else None


def _file(at: Frame) -> str:
    """Return the file of the code; for an annotation that `typing.get_type_hints` evaluates, of its module."""
    names = {**at.names, **at.call.f_locals} if at.path.startswith("<") else {}  # of a class it swaps the two
    file = names.get("__file__")
    return os.path.abspath(file) if isinstance(file, str) else at.path


def _explanation(failure: Failure, path: str, name: str) -> Explanation | None:
    source = failure.files.source(path) if path else None
    found = [(block, node) for block in _blocks(source) for node in block.body if name in _binds(node)]
    if source is None or len(found) != 1 or _elsewhere(source, found[0][0], name):
        return None
    node = found[0][1]
    near = relative_to(failure.state.folder, path)
    summary = f"{name!r} does not exist when the program runs: {near} binds it under TYPE_CHECKING only"
    text = " ".join(source.lines[node.lineno - 1].split())
    evidence = [Evidence("is for type checkers", path, node.lineno, text)]
    at = failure.at
    if at is not None and not at.path.startswith("<"):
        evidence.insert(0, Evidence(f"needs {name}", *failure.files.place(at.path, at.line)))
    facts = {"name": name, "path": path, "line": node.lineno}
    repairs = _repairs(failure, source, found[0][0], node, name)
    return Explanation("type-checking-only", summary, tuple(evidence), repairs, facts, failure.state.folder)


def _blocks(source: Source | None) -> list[ast.If]:
    """Return the ``if TYPE_CHECKING:`` at the top level."""
    body = source.tree.body if source else []
    return [node for node in body if isinstance(node, ast.If) and _for_checkers(node.test)]


def _for_checkers(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def _binds(node: ast.AST) -> set[str]:
    """Return the names that a statement binds."""
    names = set()
    for part in ast.walk(node):
        if isinstance(part, ast.alias):
            names.add(part.asname or part.name.partition(".")[0])
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.add(part.id)
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(part.name)
    return names


def _elsewhere(source: Source, block: ast.If, name: str) -> bool:
    """Whether another statement of the module may bind the name too, a star import included."""
    others = [*(node for node in source.tree.body if node is not block), *block.orelse]
    bound = set().union(*(_binds(node) for node in others)) if others else set()
    return name in bound or "*" in bound


def _repairs(
    failure: Failure, source: Source, block: ast.If, node: ast.stmt, name: str
) -> tuple[Repair, ...]:
    """Return ways that lead to no other failure: an import that leads back to its own file is not moved up."""
    ways = [_no_annotations(failure, source, name), _in_function(failure, node)]
    if not _leads_back(failure, source.path, node):
        text = ast.unparse(node).partition("\n")[0]
        ways.append(Repair(f"move `{text}` out of the block", edits=_moved(source, block, node)))
    return tuple(way for way in ways if way is not None)


def _no_annotations(failure: Failure, source: Source, name: str) -> Repair | None:
    """Evaluate no annotations, where only they need the name."""
    own = uses(source.tree.body, frozenset({name}))
    only = bool(own) and all(use.when == "annotation" for use in own)
    at_once = failure.at is not None and failure.at.path == source.path
    if not isinstance(failure.error, NameError) or not only or not at_once:
        return None
    line = future_line(source)
    edit = Edit(source.path, line, "", "from __future__ import annotations")
    say = f"add `from __future__ import annotations` before line {line}: then no annotation is evaluated"
    return Repair(say, edits=(edit,))


def _in_function(failure: Failure, node: ast.stmt) -> Repair | None:
    """Import it where it is used: when a function runs, a loop of imports is over."""
    at = failure.at
    source = failure.files.source(at.path) if at else None
    if not isinstance(failure.error, NameError) or at is None or source is None:
        return None
    functions = [
        one for one in ast.walk(source.tree) if isinstance(one, Function) and one.name == at.function
    ]
    inside = [
        part for one in functions for part in one.body if part.lineno <= at.line <= (part.end_lineno or 0)
    ]
    if len(inside) != 1 or not isinstance(node, ast.Import | ast.ImportFrom):
        return None
    line, text = inside[0].lineno, ast.unparse(node)
    indent = source.lines[line - 1][: inside[0].col_offset]
    edits = (Edit(at.path, line, "", indent + text),) if not indent.strip() else ()
    return Repair(f"import it inside {at.function}, before line {line}: `{text}`", edits=edits)


def _leads_back(failure: Failure, path: str, node: ast.stmt) -> bool:
    for one in failure.files.imports_at(path, node.lineno):
        package = next((frame.package for frame in failure.frames if frame.path == path), "")
        try:
            target = str(one.target(package))
        except BadModuleName:
            return True
        if any(leads.chain(failure.modules, target, name) for name in _names_of(failure, path)):
            return True
    return False


def _names_of(failure: Failure, path: str) -> set[str]:
    """Return the names by which a file is, or could be, imported: a script is `__main__`, and another if it is."""
    place = home(path)
    names = {name for name, module in failure.state.modules.items() if module_file(module) == path}
    return (
        names
        | {frame.module for frame in failure.frames if frame.path == path}
        | ({place.name} if place else set())
    )


def _moved(source: Source, block: ast.If, node: ast.stmt) -> tuple[Edit, ...]:
    """Return the edits, where the import is on a line of its own."""
    if node.lineno != node.end_lineno or not isinstance(node, ast.Import | ast.ImportFrom):
        return ()
    old, new = source.lines[node.lineno - 1], ast.unparse(node)
    if len(block.body) > 1:
        return (Edit(source.path, node.lineno, old, ""), Edit(source.path, block.lineno, "", new))
    if block.orelse or node.lineno != block.lineno + 1:
        return ()
    return (Edit(source.path, block.lineno, f"{source.lines[block.lineno - 1]}\n{old}", new),)
