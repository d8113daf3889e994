"""pytest's "import file mismatch": two test files that are one module to Python."""

from __future__ import annotations

import os

from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.packages import home
from loadstone.explain.state import origin_of, same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return why the two have one name, and the cheapest way to two; None for another error."""
    error = failure.error
    if type(error).__name__ != "ImportPathMismatchError" or len(error.args) != 3:  # noqa: PLR2004 - see pytest
        return None
    module, first, second = error.args[0], str(error.args[1]), str(error.args[2])
    if not os.path.isfile(second) or same_file(first, second):
        return None
    if not os.path.isfile(first):
        return _gone(failure, module, first, second)
    if origin_of(first) == "installed":
        return _installed(failure, module, first, second)
    return _two(failure, module, first, second)


def _two(failure: Failure, module: str, first: str, second: str) -> Explanation:
    summary = f"two test files are the module {module!r} to Python, and there can be one of a name"
    evidence = [Evidence("was imported first", first), Evidence("is another file", second)]
    repairs = [*_packages(failure, first, second), _rename(failure, second), _by_path()]
    return _made(failure, module, summary, evidence, repairs)


def _packages(failure: Failure, first: str, second: str) -> list[Repair]:
    """Put an ``__init__.py`` beside both, where they have different names then."""
    folders = [os.path.dirname(path) for path in (first, second)]
    bare = [folder for folder in folders if not os.path.isfile(os.path.join(folder, "__init__.py"))]
    names = [place.name if (place := home(path, 1)) else "" for path in (first, second)]
    if not bare or names[0] == names[1] or not all(names):
        return []
    files = " and ".join(relative_to(failure.state.folder, os.path.join(one, "__init__.py")) for one in bare)
    return [Repair(f"add {files}, which may be empty: then they are {names[0]} and {names[1]}")]


def _rename(failure: Failure, second: str) -> Repair:
    folder, file = os.path.split(second)
    new = f"{file.removesuffix('.py')}_{os.path.basename(folder)}.py"
    return Repair(f"rename {relative_to(failure.state.folder, second)}, for instance to {new}")


def _by_path() -> Repair:
    return Repair("import test files by their path: --import-mode=importlib in pytest's addopts")


def _installed(failure: Failure, module: str, first: str, second: str) -> Explanation:
    summary = f"{module!r} is imported from the installed copy, and pytest collects it from a checkout"
    evidence = [Evidence("is imported", first), Evidence("is collected", second)]
    repairs = [Repair("install the checkout in its place, so that there is one copy: pip install -e .")]
    return _made(failure, module, summary, evidence, repairs)


def _gone(failure: Failure, module: str, first: str, second: str) -> Explanation:
    summary = f"{module!r} was imported from a file that is no longer there"
    evidence = [Evidence("is gone", first), Evidence("is collected", second)]
    repairs = [Repair("remove the __pycache__ folders: they were compiled where the files stood before")]
    return _made(failure, module, summary, evidence, repairs)


def _made(
    failure: Failure, module: str, summary: str, evidence: list[Evidence], repairs: list[Repair]
) -> Explanation:
    facts = {"module": module, "path": evidence[0].path, "collected": evidence[1].path}
    return Explanation(
        "test-file-mismatch", summary, tuple(evidence), tuple(repairs), facts, failure.state.folder
    )
