"""A module whose distribution has another name, and a distribution whose module has another name."""

from __future__ import annotations

from loadstone.explain.commands import install, quoted
from loadstone.explain.explanation import Evidence, Explanation, Repair
from loadstone.explain.installed import Distribution, distributions, normalised
from loadstone.explain.tables.distributions import DISTRIBUTIONS, LEFT_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.explain.failure import Failure

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return what to install or what to import; None where the two names are not known to belong together."""
    missing, wanted = failure.missing_module, failure.wanted_module
    if not missing:
        return None
    return _named_otherwise(failure, wanted) or _is_distribution(failure, missing)


def _named_otherwise(failure: Failure, wanted: str) -> Explanation | None:
    """``import yaml``: nothing provides it here, and its distribution is PyYAML."""
    parts = wanted.split(".")
    names = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
    module = next((name for name in names if name in DISTRIBUTIONS), "")
    if not module or failure.modules.locate(module) is not None:
        return None
    name = DISTRIBUTIONS[module]
    there = _installed(failure, name)
    if module in LEFT_OUT:
        return _left_out(failure, module, there)
    if there is not None and module.partition(".")[0] in there.tops():
        return _incomplete(failure, module, there)
    summary = f"{module!r} is not installed; it comes with the distribution {name}"
    repairs = (Repair("install it", install(failure.state, quoted(name))),)
    return _explanation(failure, summary, repairs, {"module": module, "distribution": name})


def _left_out(failure: Failure, module: str, there: Distribution | None) -> Explanation:
    """``import pkg_resources``: the newest setuptools does not have it."""
    requirement = LEFT_OUT[module]
    summary = f"{module!r} comes with the distribution {requirement}, and later versions do not have it"
    if there is not None:
        summary += f"; {there} is installed"
    facts = {"module": module, "distribution": DISTRIBUTIONS[module]}
    way = Repair("install one that has it", install(failure.state, quoted(requirement)))
    return _explanation(failure, summary, (way,), facts, there.folder if there else "")


def _incomplete(failure: Failure, module: str, there: Distribution) -> Explanation:
    summary = f"{there} is recorded as installed, but its module {module!r} is not there"
    command = install(failure.state, f"--force-reinstall --no-deps {quoted(there.name)}")
    facts = {"module": module, "distribution": there.name, "metadata": there.folder}
    return _explanation(failure, summary, (Repair("install it again", command),), facts, there.folder)


def _is_distribution(failure: Failure, missing: str) -> Explanation | None:
    """``import beautifulsoup4``: that is what is installed; what is imported is bs4."""
    if "." in missing:
        return None
    there = _installed(failure, missing)
    if there is not None:
        modules = sorted(name for name in there.tops() if _public(failure, name))
        return _import_instead(failure, missing, str(there), modules, there.folder) if modules else None
    known = [module for module, name in DISTRIBUTIONS.items() if normalised(name) == normalised(missing)]
    if not known:
        return None
    module = min(known, key=len)
    name = DISTRIBUTIONS[module]
    if failure.modules.locate(module) is not None:
        return None
    summary = (
        f"{missing!r} is the name of a distribution ({name}); its module is {module!r}, and is not installed"
    )
    way = Repair(f"install it, and write `import {module}`", install(failure.state, quoted(name)))
    return _explanation(failure, summary, (way,), {"module": module, "distribution": name})


def _import_instead(
    failure: Failure, missing: str, name: str, modules: list[str], folder: str
) -> Explanation:
    shown = ", ".join([*modules[:3], *(["..."] if modules[3:] else [])])
    summary = (
        f"{missing!r} is the name of a distribution ({name}, installed); what is imported from it is {shown}"
    )
    statement = next((one.statement for one in failure.imports if one.module == missing), None)
    way = Repair(f"write `import {modules[0]}`")
    if len(modules) == 1 and statement is not None:
        new = statement.text.replace(missing, modules[0], 1)
        way = Repair(f"write `{new}`", edits=failure.files.rewritten(statement, new))
    return _explanation(failure, summary, (way,), {"distribution": name, "modules": modules}, folder)


def _installed(failure: Failure, name: str) -> Distribution | None:
    wanted = normalised(name)
    for entry in failure.state.path:
        if entry.endswith(("-packages", "-packages/")):
            for one in distributions(entry):
                if normalised(one.name) == wanted:
                    return one
    return None


def _public(failure: Failure, name: str) -> bool:
    return not name.startswith("_") and failure.modules.locate(name) is not None


def _explanation(
    failure: Failure,
    summary: str,
    repairs: tuple[Repair, ...],
    facts: Mapping[str, object],
    metadata: str = "",
) -> Explanation:
    evidence = []
    if failure.imports:
        statement = failure.imports[0].statement
        evidence.append(Evidence("", statement.path, statement.line, statement.text))
    if metadata:
        evidence.append(Evidence("says so", metadata))
    return Explanation("distribution-name", summary, tuple(evidence), repairs, facts, failure.state.folder)
