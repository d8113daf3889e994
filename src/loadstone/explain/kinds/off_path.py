"""A module of the user's own that stands near, in a folder that is not on the path."""

from __future__ import annotations

import os

from loadstone.explain.commands import inside, install, python, quoted, which, with_path
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.modules import Modules
from loadstone.explain.nearby import folders_with
from loadstone.explain.packages import home
from loadstone.explain.state import same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure
    from loadstone.explain.state import State

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return where the module is, why that folder is not searched, and what to run; None where it is not near."""
    missing, wanted = failure.missing_module, failure.wanted_module
    if not missing or "." in missing:
        return None
    for folder in folders_with(failure, wanted):
        found = Modules([folder]).locate(missing)
        if found is not None:
            return _explanation(failure, wanted, folder, found.path or found.search[0])
    return None


def _explanation(failure: Failure, wanted: str, folder: str, path: str) -> Explanation:
    state = failure.state
    near = relative_to(state.folder, path)
    root = _or_here(relative_to(state.folder, folder))
    summary = f"{wanted.partition('.')[0]!r} is {near}, but its folder, {root}, is not on the module path"
    evidence = [Evidence(_why(state))]
    if failure.at is not None and failure.imports:
        statement = failure.imports[0].statement
        evidence.insert(0, Evidence("", statement.path, statement.line, statement.text))
    repairs = tuple(
        way for way in (_run(failure, folder), _install(state, folder), _by_variable(state, folder)) if way
    )
    facts = {
        "module": wanted,
        "path": path,
        "folder": folder,
        "sys.path[0]": state.path[0] if state.path else None,
    }
    return Explanation("off-the-path", summary, tuple(evidence), repairs, facts, state.folder)


def _why(state: State) -> str:
    first = state.path[0] if state.path else ""
    shown = _or_here(relative_to(state.folder, first))
    if state.how == "script" and first and same_file(first, os.path.dirname(state.script)):
        return f"Python searches the script's own folder ({shown}), then the standard library and what is installed"
    if state.how == "module" and first and same_file(first, state.folder):
        return "with -m, Python searches the current folder, then the standard library and what is installed"
    return f"sys.path has {len(state.path)} entries, and none of them is that folder"


def _run(failure: Failure, folder: str) -> Repair | None:
    """Start the program as a module from that folder, where this puts the folder first on the path."""
    state = failure.state
    place = home(state.script, _depth(state.script, folder)) if state.script else None
    if state.how != "script" or place is None or not same_file(place.root, folder):
        return None
    # Another folder comes first then: what the program imports from its own must be found all the same.
    if any(Modules([place.root, *state.path[1:]]).locate(name) is None for name in _plain_imports(failure)):
        return None
    command = inside(state, place.root, f"{python(state)} -m {place.name}")
    return Repair("run the program as a module, from the folder that holds both", command)


def _plain_imports(failure: Failure) -> set[str]:
    script = failure.state.script
    return {one.module for one in failure.files.imports(script) if not one.level and one.when == "import"}


def _install(state: State, folder: str) -> Repair | None:
    """Install the project that the folder belongs to, where it can be installed."""
    project = folder if _is_project(folder) else os.path.dirname(folder)
    if not _is_project(project):
        return None
    shown = quoted(_or_here(relative_to(state.folder, project)))
    return Repair(
        "install the project in place, so that it is found from everywhere", install(state, f"-e {shown}")
    )


def _by_variable(state: State, folder: str) -> Repair | None:
    if state.how == "command" or not state.script:
        return None
    return Repair("put the folder on the path", with_path(state, folder, _command(state)))


def _command(state: State) -> str:
    """Return the command that started the program: `python -m pytest`, `pytest` or `python report.py`."""
    spec = getattr(state.modules.get("__main__"), "__spec__", None)
    if state.how == "module" and spec is not None:
        return f"{python(state)} -m {spec.name.removesuffix('.__main__')}"
    name = os.path.basename(state.script)
    if same_file(which(name), state.script):
        return quoted(name)
    return f"{python(state)} {quoted(relative_to(state.folder, state.script))}"


def _depth(script: str, folder: str) -> int:
    inner = os.path.relpath(os.path.dirname(script), folder)
    return 0 if inner in {os.curdir, ""} or inner.startswith(os.pardir) else len(inner.split(os.sep))


def _is_project(folder: str) -> bool:
    if os.path.isfile(os.path.join(folder, "setup.py")):
        return True
    try:
        with open(os.path.join(folder, "pyproject.toml"), encoding="utf-8") as file:
            text = file.read(200_000)
    except (OSError, ValueError):
        return False
    return any(line.strip() in {"[build-system]", "[project]"} for line in text.splitlines())


def _or_here(path: str) -> str:
    return path or os.curdir
