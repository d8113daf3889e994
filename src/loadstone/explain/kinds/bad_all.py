"""An `__all__` that names what is not there: Python points at the star import, in another file."""

from __future__ import annotations

import ast
import io
import tokenize

from loadstone.explain.attributes import dotted
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair
from loadstone.explain.state import module_file
from loadstone.source.statements import statement_at
from loadstone.spelling import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from loadstone.explain.failure import Failure
    from loadstone.source.statements import Statement

__all__ = ["explain"]

_MAKES = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr


def explain(failure: Failure) -> Explanation | None:
    """Return which entry of `__all__` is at fault, and its line; None where no star import has failed."""
    if isinstance(failure.error, TypeError):
        return _no_text(failure, str(failure.error))
    module, name = failure.missing_attribute
    if module is None or not any(one.star for one in failure.imports):
        return None
    exports = module.__dict__.get("__all__")
    if isinstance(exports, str) and name in exports:
        return _is_text(failure, module, exports)
    if not isinstance(exports, list | tuple) or name not in exports:
        return None
    return _explanation(failure, module, name)


def _is_text(failure: Failure, module: ModuleType, exports: str) -> Explanation:
    where = _statements(failure, module)[-1:]
    known = exports in module.__dict__
    say = (
        f"`__all__` of {module.__name__} is the text {exports!r}, which a star import takes letter by letter"
    )
    edits = failure.files.rewritten(where[0], f"__all__ = [{exports!r}]".replace("'", '"')) if where else ()
    repairs = (Repair(f'write `__all__ = ["{exports}"]`', edits=edits),) if known else ()
    shown = [Evidence("", one.path, one.line, one.text) for one in where]
    return _made(failure, module, exports, say, shown, repairs)


def _no_text(failure: Failure, text: str) -> Explanation | None:
    """``__all__ = [total, rate]``: "Item in shop.__all__ must be str, not function"."""
    name, found, kind = text.removeprefix("Item in ").partition(".__all__ must be str, not ")
    module = failure.state.modules.get(name)
    if not found or module is None or not any(one.star for one in failure.imports):
        return None
    where = _statements(failure, module)[-1:]
    shown = [Evidence("", one.path, one.line, one.text) for one in where]
    say = f"`__all__` of {name} holds a {kind}: its entries are names, written as texts"
    return _made(failure, module, kind, say, shown, (Repair("put quotes around the names"),))


def _explanation(failure: Failure, module: ModuleType, name: str) -> Explanation:
    say = f"`__all__` of {module.__name__} names {name!r}, which {module.__name__} does not have"
    statements = _statements(failure, module)
    entries = _entries(failure, statements, name)
    if not entries:  # it comes from another module's `__all__`, or is put together by code
        shown = [Evidence("makes `__all__`", one.path, one.line, one.text) for one in statements]
        return _made(failure, module, name, say, shown, ())
    entry = entries[0]
    path = statements[0].path
    where = Evidence("names it", path, entry.lineno, failure.files.line(path, entry.lineno))
    return _made(failure, module, name, say, [where], _repairs(failure, path, entry, module.__dict__))


def _statements(failure: Failure, module: ModuleType) -> list[Statement]:
    """Return the statements that make up `__all__`: assignments, ``+=``, and calls such as ``__all__.extend``."""
    source = failure.files.source(module_file(module))
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, _MAKES)] if source else []
    return [statement_at(source, node) for node in nodes if source and "__all__" in _starts(node)]


def _starts(node: ast.stmt) -> set[str]:
    """Return the names that a statement assigns to, or whose method it calls."""
    if isinstance(node, ast.Expr):
        method = node.value.func if isinstance(node.value, ast.Call) else None
        return {dotted(method.value)} if isinstance(method, ast.Attribute) else set()
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {dotted(target) for target in targets}


def _entries(failure: Failure, statements: list[Statement], name: str) -> list[ast.Constant]:
    source = failure.files.source(statements[0].path) if statements else None
    lines = {line for one in statements for line in range(one.line, one.end_line + 1)}
    return [
        node
        for node in ast.walk(source.tree if source else ast.Module([], []))
        if isinstance(node, ast.Constant) and node.value == name and node.lineno in lines
    ]


def _repairs(
    failure: Failure, path: str, entry: ast.Constant, names: Mapping[str, object]
) -> tuple[Repair, ...]:
    """Return the comma that is missing, the name that was meant, and how to leave the entry out."""
    comma = _comma(failure, path, entry, names)
    if comma is not None:
        return (comma,)
    ways = []
    meant = closest(str(entry.value), (name for name in names if not name.startswith("__")))
    if meant:
        edits = failure.files.replaced(path, entry, f'"{meant}"')
        ways.append(Repair(f"write {meant!r}, which is there", edits=edits))
    return (*ways, Repair(f"take {entry.value!r} out of `__all__`", edits=_without(failure, path, entry)))


def _comma(failure: Failure, path: str, entry: ast.Constant, names: Mapping[str, object]) -> Repair | None:
    """Return the repair of two names that have become one: ``"total" "rate"``."""
    source = failure.files.source(path)
    parts = _strings(ast.get_source_segment(source.text, entry) or "") if source else []
    words = [ast.literal_eval(token.string) for token in parts]
    if source is None or len(words) < len(("one", "other")) or not all(word in names for word in words):
        return None
    say = f"put a comma between {words[0]!r} and {words[1]!r}"
    line = source.lines[entry.lineno - 1]
    if len(parts) > len(("one", "other")) or not line.isascii():
        return Repair(say)
    column = entry.col_offset + len(parts[0].string)
    return Repair(say, edits=(Edit(path, entry.lineno, line, f"{line[:column]},{line[column:]}"),))


def _strings(text: str) -> list[tokenize.TokenInfo]:
    """Return the string literals of an expression that may go over several lines."""
    tokens = tokenize.generate_tokens(io.StringIO(f"({text})").readline)
    return [token for token in tokens if token.type == tokenize.STRING]


def _without(failure: Failure, path: str, entry: ast.Constant) -> tuple[Edit, ...]:
    """Return the edit that takes the entry out, where it stands on one line as it is usually written."""
    source = failure.files.source(path)
    line = source.lines[entry.lineno - 1] if source else ""
    word = line[entry.col_offset : entry.end_col_offset]
    if entry.lineno != entry.end_lineno or not line.isascii():
        return ()
    if line.strip() in {word, word + ","}:
        return (Edit(path, entry.lineno, line, ""),)
    for text in (f"{word}, ", f", {word}", f"{word},", word):
        if line.count(text) == 1:
            return (Edit(path, entry.lineno, line, line.replace(text, "")),)
    return ()


def _made(
    failure: Failure,
    module: ModuleType,
    name: str,
    say: str,
    shown: list[Evidence],
    repairs: tuple[Repair, ...],
) -> Explanation:
    star = failure.imports[0].statement
    evidence = (*shown, Evidence("fails for that, and for all of its names", star.path, star.line, star.text))
    facts = {"module": module.__name__, "name": name, "path": module_file(module) or None}
    return Explanation("bad-all", say, evidence, repairs, facts, failure.state.folder)
