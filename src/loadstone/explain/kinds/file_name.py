"""A file whose name no import statement can spell, and an import that spells out the suffix."""

from __future__ import annotations

import os
import re
from keyword import iskeyword

from loadstone.explain.commands import move
from loadstone.explain.explanation import Edit, Evidence, Explanation, Repair, relative_to
from loadstone.explain.installed import distributions, normalised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["explain"]

_IMPORT = re.compile(r"^\s*(?P<head>import|from)\s+(?P<name>[\w.-]+)(?P<rest>.*)$")


def explain(failure: Failure) -> Explanation | None:
    """Return the file that is meant, and how to import it; None where there is no such file."""
    if isinstance(failure.error, SyntaxError):
        return _not_a_name(failure, failure.error)
    return _suffix(failure) or _underscores(failure)


def _not_a_name(failure: Failure, error: SyntaxError) -> Explanation | None:
    """``import my-report``, ``import 2fast``, ``import class``: Python says `invalid syntax`."""
    match = _IMPORT.match(error.text or "") if isinstance(error.text, str) else None
    if match is None or not error.filename or not error.lineno:
        return None
    name = match["name"]
    if all(part.isidentifier() and not iskeyword(part) for part in name.split(".")):
        return None
    path = error.filename if error.filename.startswith("<") else os.path.abspath(error.filename)
    shown = Evidence("", path, error.lineno, (error.text or "").strip())
    return _file(failure, name, shown, _text(match, name)) or _distribution(failure, match, shown)


def _text(match: re.Match[str], name: str) -> str:
    """Return the statement with a name that can be written."""
    return f"{match['head']} {_free(name)}{match['rest'].rstrip()}"


def _free(name: str) -> str:
    new = name.replace("-", "_")
    return f"m_{new}" if new[:1].isdigit() else f"{new}_" if iskeyword(new) else new


def _file(failure: Failure, name: str, shown: Evidence, text: str) -> Explanation | None:
    path = _beside(failure, os.path.dirname(shown.path), name)
    if not path:
        return None
    near = relative_to(failure.state.folder, path)
    new = os.path.join(os.path.dirname(path), os.path.basename(path).replace(name, _free(name), 1))
    summary = f"{name!r} is no name that an import statement can spell; the file is {near}"
    rename = Repair(f"rename the file, and write `{text}`", move(failure.state, path, new))
    keep = Repair(f'keep its name, and write `importlib.import_module("{name}")`')
    ways = (rename, keep) if not os.path.exists(new) else (keep,)
    return _made(failure, name, summary, [shown, Evidence("is there", path)], ways)


def _beside(failure: Failure, folder: str, name: str) -> str:
    """Return the file or package of that name in the importing file's folder, or on the path."""
    for entry in [folder, *failure.state.path]:
        for path in (os.path.join(entry, name + ".py"), os.path.join(entry, name, "__init__.py")):
            if os.path.isfile(path):
                return path if path.endswith(name + ".py") else os.path.dirname(path)
    return ""


def _distribution(failure: Failure, match: re.Match[str], shown: Evidence) -> Explanation | None:
    """``import scikit-learn``: that is what is installed; what is imported is sklearn."""
    name = match["name"]
    for entry in failure.state.path:
        for one in distributions(entry) if entry.endswith("-packages") else ():
            tops = sorted(
                top for top in one.tops() if failure.modules.locate(top) and not top.startswith("_")
            )
            if normalised(one.name) == normalised(name) and len(tops) == 1:
                summary = (
                    f"{name!r} is the name of a distribution ({one}); what is imported from it is {tops[0]}"
                )
                text = f"{match['head']} {tops[0]}{match['rest'].rstrip()}"
                edits = _rewritten(shown, text)
                way = Repair(f"write `{text}`", edits=edits)
                return _made(failure, name, summary, [shown, Evidence("says so", one.folder)], (way,))
    return None


def _rewritten(shown: Evidence, text: str) -> tuple[Edit, ...]:
    try:
        with open(shown.path, encoding="utf-8") as file:
            old = file.read().split("\n")[shown.line - 1]
    except (OSError, ValueError, IndexError):
        return ()
    return (Edit(shown.path, shown.line, old, old[: len(old) - len(old.lstrip())] + text),)


def _suffix(failure: Failure) -> Explanation | None:
    """``import report.py``: Python imports `report`, and looks for a module `py` inside it."""
    missing = failure.missing_module
    name = missing.removesuffix(".py")
    found = failure.modules.locate(name) if missing.endswith(".py") and name else None
    if found is None or found.path is None:
        return None
    near = relative_to(failure.state.folder, found.path)
    summary = f"the suffix is no part of a module's name: {near} is the module {name!r}"
    shown = []
    way = Repair(f"write {name!r} for {missing!r}")
    for one in failure.imports:
        statement = one.statement
        shown = [Evidence("", statement.path, statement.line, statement.text)]
        if one.module == missing and statement.text.count(missing) == 1:
            text = statement.text.replace(missing, name)
            way = Repair(f"write `{text}`", edits=failure.files.rewritten(statement, text))
    return _made(failure, name, summary, shown, (way,))


def _underscores(failure: Failure) -> Explanation | None:
    """``import my_report``, where the file is my-report.py."""
    missing = failure.missing_module
    folder = os.path.dirname(failure.at.path) if failure.at else ""
    parent, _, tail = missing.rpartition(".")
    for name in {tail.replace("_", "-")} - {tail, ""}:
        above = failure.modules.locate(parent) if parent else None
        entries = (above.search if above else ()) if parent else (folder, *failure.state.path)
        for path in (os.path.join(entry, name + ".py") for entry in entries):
            if os.path.isfile(path):
                near = relative_to(failure.state.folder, path)
                new = os.path.join(os.path.dirname(path), f"{tail}.py")
                summary = f"there is no module {missing!r}; there is a file {near}, with a hyphen in its name"
                shown = [
                    Evidence("", one.statement.path, one.statement.line, one.statement.text)
                    for one in failure.imports[:1]
                ]
                way = Repair("rename the file", move(failure.state, path, new))
                return _made(failure, missing, summary, [*shown, Evidence("is there", path)], (way,))
    return None


def _made(
    failure: Failure, name: str, summary: str, evidence: list[Evidence], repairs: tuple[Repair, ...]
) -> Explanation:
    facts = {"module": name, "path": evidence[-1].path if evidence else None}
    return Explanation("file-name", summary, tuple(evidence), repairs, facts, failure.state.folder)
