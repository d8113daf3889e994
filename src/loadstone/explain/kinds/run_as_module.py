"""``python -m``: a slip in the module's name, a package that is no program, a module that was imported already."""

from __future__ import annotations

import ast
import os
import sys

from loadstone.explain import leads
from loadstone.explain.commands import python
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.spelling import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.failure import Failure
    from loadstone.source.project import Location

__all__ = ["explain"]

_NO_MODULE = "No module named "
_NO_MAIN = ".__main__; "
_CANNOT = " is a package and cannot be directly executed"
_ALREADY = "' found in sys.modules after import of package '"
_MOST = 100  # modules that are read


def explain(failure: Failure) -> Explanation | None:
    """Return what can be run, or which import is to blame; None for another error."""
    error = failure.error
    text = str(error.code if isinstance(error, SystemExit) else error)
    if text.endswith(_CANNOT) and _NO_MAIN in text:
        return _no_main(failure, text.partition(_NO_MODULE)[2].partition(_NO_MAIN)[0])
    if isinstance(error, SystemExit) and text.startswith(f"{sys.executable}: {_NO_MODULE}"):
        return _absent(failure, text.partition(_NO_MODULE)[2])
    if isinstance(error, RuntimeWarning) and _ALREADY in text:
        return _already(failure, text.partition("'")[2].partition("'")[0])
    return None


def _no_main(failure: Failure, package: str) -> Explanation | None:
    found = failure.modules.locate(package)
    if found is None or not found.search or failure.modules.locate(f"{package}.__main__") is not None:
        return None
    folder = relative_to(failure.state.folder, found.search[0])
    summary = f"python -m {package} runs {os.path.join(folder, '__main__.py')}, and there is none"
    starts = _programs(failure, package)
    evidence = [
        Evidence(f"is a program: python -m {name}", *failure.files.place(path, line))
        for name, path, line in starts
    ]
    facts = {"package": package, "path": found.search[0], "programs": [name for name, _, _ in starts]}
    ways = _ways(failure, package, found, [name for name, _, _ in starts])
    return Explanation("not-executable", summary, tuple(evidence), ways, facts, failure.state.folder)


def _programs(failure: Failure, package: str) -> list[tuple[str, str, int]]:
    """Return the package's modules that do something when they are run: (name, file, line of the test)."""
    found = []
    for tail in sorted(failure.modules.submodules(package))[:_MOST]:
        path = failure.modules.file(f"{package}.{tail}")
        if failure.files.contains(path, "__main__"):
            source = failure.files.source(path)
            tests = [node for node in source.tree.body if isinstance(node, ast.If)] if source else []
            found += [(f"{package}.{tail}", path, node.lineno) for node in tests if _is_start(node.test)]
    return found


def _is_start(test: ast.expr) -> bool:
    return ast.unparse(test) in {"__name__ == '__main__'", "'__main__' == __name__"}


def _ways(failure: Failure, package: str, found: Location, programs: list[str]) -> tuple[Repair, ...]:
    command = f"{python(failure.state)} -m"
    near = os.path.join(relative_to(failure.state.folder, found.search[0]), "__main__.py")
    write = Repair(f"write {near}: what it does is what python -m {package} does")
    if len(programs) == 1:
        return (Repair("run the one module in it that is a program", f"{command} {programs[0]}"), write)
    return (write,)


def _absent(failure: Failure, module: str) -> Explanation | None:
    """Return the program that is nearly called so; None where there is none, or where it is a package without one."""
    parent, _, tail = module.rpartition(".")
    meant = closest(tail, failure.modules.beside(parent))
    full = f"{parent}.{meant}" if parent else meant
    found = failure.modules.locate(full) if meant else None
    if found is None or (found.is_package and failure.modules.locate(f"{full}.__main__") is None):
        return None
    whose = f"{parent} has" if parent else "there is"
    summary = f"there is no module {module!r}; {whose} {full!r}, which is nearly the same"
    evidence = (Evidence("is there", found.path),) if found.path else ()
    ways = (Repair("run that one", f"{python(failure.state)} -m {full}"),)
    facts = {"module": module, "meant": full, "path": found.path}
    return Explanation("misspelt", summary, evidence, ways, facts, failure.state.folder)


def _already(failure: Failure, module: str) -> Explanation | None:
    package = module.rpartition(".")[0]
    chain = leads.chain(failure.modules, package, module)
    if not chain:
        return None
    file = relative_to(failure.state.folder, failure.modules.file(module))
    summary = f"{file} runs twice: its package {package} imports it, then python -m runs it as __main__"
    evidence = tuple(Evidence("", one.path, one.line, one.text) for one in chain)
    last = chain[-1]
    where = f"{relative_to(failure.state.folder, last.path)}:{last.line}"
    ways = [Repair(f"take the import at {where} away, or move it into the function that needs it")]
    if failure.modules.locate(f"{package}.__main__") is None:
        near = os.path.join(os.path.dirname(failure.modules.file(package)), "__main__.py")
        shown = relative_to(failure.state.folder, near)
        ways.insert(0, Repair(f"start it from {shown}, which imports {module}, with python -m {package}"))
    facts = {"module": module, "package": package, "chain": [f"{one.path}:{one.line}" for one in chain]}
    return Explanation("module-run-twice", summary, evidence, tuple(ways), facts, failure.state.folder)
