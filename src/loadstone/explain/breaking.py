"""The cheapest edges of a loop of imports to break, each as edits that can be made as they stand."""

from __future__ import annotations

import ast

from loadstone.explain.explanation import Edit, Repair, relative_to
from loadstone.explain.neighbours import mentions, project_root
from loadstone.explain.uses import calls_now, uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure, Frame
    from loadstone.explain.loops import Loop
    from loadstone.explain.uses import Use
    from loadstone.source.reading import Source

__all__ = ["ways"]


def ways(failure: Failure, loop: Loop) -> tuple[Repair, ...]:
    """Return the repairs that are known to do, cheapest first; a sentence without edits where none is."""
    found = [*_at_the_end(failure, loop), *_at_the_start(failure, loop)]
    if not found:
        asks = loop.ends.module if loop.ends.function == "<module>" else loop.ends.function
        say = f"move {loop.name} into a module of its own, which {loop.module} and {asks} both import"
        return (Repair(say),)
    return tuple(found[:3])


def _at_the_end(failure: Failure, loop: Loop) -> list[Repair]:
    """Ask later: for a from-import at the top level of a module whose names are read only later, or only hint."""
    source, frame = failure.files.source(loop.ends.path), loop.ends
    node = source and _statement(source, frame.line)
    if source is None or not isinstance(node, ast.ImportFrom) or frame.function != "<module>":
        return []
    names = frozenset(alias.asname or alias.name for alias in node.names)
    if "*" in names or _needed_by_others(failure, frame, names):
        return []
    rest = [statement for statement in source.tree.body if statement is not node]
    reads = uses(rest, names)
    if not reads or any(use.when == "now" for use in reads):
        return []
    if all(use.when == "annotation" for use in reads):
        return [_only_for_types(failure, source, node)]
    if any(use.when == "annotation" for use in reads):
        return []
    return [_inside(failure, source, node, reads), *_whole_module(failure, source, node, reads)][:2]


def _only_for_types(failure: Failure, source: Source, node: ast.ImportFrom) -> Repair:
    """Annotations as text, and the import for the type checker's eyes only (PEP 563)."""
    text = _text(source, node)
    guarded = "if TYPE_CHECKING:\n" + _indented(text, "    ")
    place = _shown(failure, source)
    postponed = any(
        isinstance(one, ast.ImportFrom) and one.module == "__future__" for one in source.tree.body
    )
    head = "from typing import TYPE_CHECKING\n\n"
    edits = [Edit(source.path, node.lineno, text, head + guarded)]
    if not postponed:
        edits.insert(0, Edit(source.path, _first_line(source), "", "from __future__ import annotations"))
    say = f"in {place}, only annotations use it: `if TYPE_CHECKING:` before line {node.lineno}"
    return Repair(
        say + ("" if postponed else ", with `from __future__ import annotations`"), edits=tuple(edits)
    )


def _inside(failure: Failure, source: Source, node: ast.ImportFrom, reads: list[Use]) -> Repair:
    functions = {use.function.lineno: use.function for use in reads if use.function}
    text = _text(source, node)
    edits = [Edit(source.path, node.lineno, text, "")]
    for function in functions.values():
        first = _first_of(function)
        indent = " " * first.col_offset
        edits.append(Edit(source.path, first.lineno, "", _indented(text, indent)))
    names = " and ".join(f"{function.name} (line {line})" for line, function in sorted(functions.items()))
    return Repair(f"in {_shown(failure, source)}, move line {node.lineno} into {names}", edits=tuple(edits))


def _whole_module(failure: Failure, source: Source, node: ast.ImportFrom, reads: list[Use]) -> list[Repair]:
    """Return the module in place of the name: looked up in it when the function runs."""
    package, _, tail = (node.module or "").rpartition(".")
    if not tail or any(use.node is None for use in reads) or _is_bound(source, tail):
        return []
    dots = "." * node.level
    new = f"from {dots}{package} import {tail}" if package or dots else f"import {tail}"
    meant = {alias.asname or alias.name: alias.name for alias in node.names}
    edits = [Edit(source.path, node.lineno, _text(source, node), new)]
    edits += _prefixed(source, reads, {name: f"{tail}.{member}" for name, member in meant.items()})
    shown = ", ".join(f"{tail}.{member}" for member in meant.values())
    return [
        Repair(f"in {_shown(failure, source)}, `{new}`, and {shown} where it is used", edits=tuple(edits))
    ]


def _prefixed(source: Source, reads: list[Use], spelled: dict[str, str]) -> list[Edit]:
    """Return the lines in which names are written out, from the right to the left of each line."""
    lines: dict[int, bytes] = {}
    for use in sorted(
        reads, key=lambda use: (use.line, use.node.col_offset if use.node else 0), reverse=True
    ):
        if use.node is not None:
            line = lines.get(use.line, source.lines[use.line - 1].encode())
            start, end = use.node.col_offset, use.node.end_col_offset or 0
            lines[use.line] = line[:start] + spelled[use.name].encode() + line[end:]
    return [Edit(source.path, at, source.lines[at - 1], new.decode()) for at, new in sorted(lines.items())]


def _at_the_start(failure: Failure, loop: Loop) -> list[Repair]:
    """Run the import that closes the loop only after the names that the others need are bound."""
    source = failure.files.source(loop.starts.path)
    node = source and _statement(source, loop.starts.line)
    if source is None or not isinstance(node, ast.Import | ast.ImportFrom):
        return []
    after = _last_needed(failure, source, loop)
    body = source.tree.body
    if after is None or body.index(after) <= body.index(node):
        return []
    between = body[body.index(node) + 1 : body.index(after) + 1]
    if _reads_before(source, between, node):
        return []
    text, last = _text(source, node), after.end_lineno or after.lineno
    edits = (Edit(source.path, node.lineno, text, ""), Edit(source.path, last + 1, "", text))
    return [Repair(f"in {_shown(failure, source)}, move line {node.lineno} below line {last}", edits=edits)]


def _reads_before(source: Source, between: list[ast.stmt], node: ast.Import | ast.ImportFrom) -> bool:
    """Whether something between needs what the import binds: by itself, or in a function that it may call."""
    names = frozenset(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    if "*" in names or any(use.when == "now" for use in uses(between, names)):
        return True
    return calls_now(between) and any(use.when == "later" for use in uses(source.tree.body, names))


def _last_needed(failure: Failure, source: Source, loop: Loop) -> ast.stmt | None:
    """Return the last statement that binds something the other modules of the loop ask for while they are imported."""
    wanted = {loop.name}
    for frame in loop.frames[1:]:
        for one in failure.files.imports(frame.path):
            if one.when == "import" and one.names and _target(one, frame) == loop.module:
                wanted.update(alias.name for alias in one.names)
    last = [_binding(source, failure, loop, name) for name in wanted]
    known = [node for node in last if node is not None]
    return max(known, key=lambda node: node.lineno) if len(known) == len(wanted) else None


def _binding(source: Source, failure: Failure, loop: Loop, name: str) -> ast.stmt | None:
    summary = failure.files.summary(source.path, loop.module, is_package="__path__" in loop.starts.names)
    for bound in summary.bounds if summary else ():
        if bound.name == name:
            return _around(source, bound.statement.line)
    return None


def _target(one: object, frame: Frame) -> str:
    try:
        return str(one.target(frame.package))  # type: ignore[attr-defined]
    except ValueError:
        return ""


def _needed_by_others(failure: Failure, frame: Frame, names: frozenset[str]) -> bool:
    """Whether another module takes one of the names from here: then it must stay where it is."""
    summary = failure.files.summary(frame.path, frame.module, is_package="__path__" in frame.names)
    if summary is None or names & set(summary.exports or ()):
        return True
    root = project_root(frame.path.rpartition("/")[0])
    tail = frame.module.rpartition(".")[2]
    for path in mentions(root, tail):
        for one in failure.files.imports(path):
            if (
                path != frame.path
                and one.module.rpartition(".")[2] == tail
                and (one.star or _names(one) & names)
            ):
                return True
    return False


def _names(one: object) -> set[str]:
    return {alias.name for alias in one.names}  # type: ignore[attr-defined]


def _statement(source: Source, line: int) -> ast.stmt | None:
    """Return the top-level statement at `line`, if it is alone on its lines."""
    found = [node for node in source.tree.body if node.lineno <= line <= (node.end_lineno or node.lineno)]
    return found[0] if len(found) == 1 and not isinstance(found[0], ast.If | ast.Try) else None


def _around(source: Source, line: int) -> ast.stmt | None:
    found = [node for node in source.tree.body if _start(node) <= line <= (node.end_lineno or node.lineno)]
    return found[0] if found else None


def _start(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _first_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
    body = function.body
    return body[1] if len(body) > 1 and ast.get_docstring(function) is not None else body[0]


def _first_line(source: Source) -> int:
    body = source.tree.body
    first = body[1] if len(body) > 1 and ast.get_docstring(source.tree) is not None else body[0]
    return _start(first)


def _is_bound(source: Source, name: str) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.alias) and (node.asname or node.name) == name)
        or (isinstance(node, ast.arg) and node.arg == name)
        for node in ast.walk(source.tree)
    )


def _text(source: Source, node: ast.stmt) -> str:
    return "\n".join(source.lines[node.lineno - 1 : node.end_lineno or node.lineno])


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + line for line in text.split("\n"))


def _shown(failure: Failure, source: Source) -> str:
    return relative_to(failure.state.folder, source.path)
