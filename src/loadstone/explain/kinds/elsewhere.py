"""A module that is installed, but for another environment or interpreter."""

from __future__ import annotations

import sys

from loadstone.explain.commands import environment_python, install, program, quoted
from loadstone.explain.environments import others
from loadstone.explain.explanation import Evidence, Explanation, Repair, relative_to
from loadstone.explain.installed import distribution_of
from loadstone.explain.modules import Modules
from loadstone.explain.tables.distributions import LEFT_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.environments import Environment
    from loadstone.explain.failure import Failure

__all__ = ["explain"]


def explain(failure: Failure) -> Explanation | None:
    """Return where it is installed, and how to use that or install it here; None where it is nowhere near."""
    missing, wanted = failure.missing_module, failure.wanted_module
    if not missing or "." in missing:
        return None
    for environment in others(failure.state):
        modules = Modules([environment.site])
        found = modules.locate(wanted)
        if found is not None and found.kind != "namespace":
            return _explanation(failure, wanted, environment, found.path or "")
    return None


def _explanation(failure: Failure, wanted: str, there: Environment, path: str) -> Explanation:
    state = failure.state
    distribution, version = distribution_of(there.site, wanted)
    what = f"{distribution} {version}".strip() or wanted
    prefix = relative_to(state.folder, there.prefix)
    summary = (
        f"{wanted.partition('.')[0]!r} is not installed for this Python, but for another: {what} in {prefix}"
    )
    requirement = LEFT_OUT.get(wanted.partition(".")[0], distribution or wanted)
    here = Repair("install it for this one", install(state, quoted(requirement)))
    facts = {
        "module": wanted,
        "path": path,
        "distribution": distribution or None,
        "version": version or None,
        "environment": there.prefix,
        "interpreter": sys.executable,
    }
    evidence = _evidence(there, path)
    return Explanation(
        "other-environment", summary, evidence, (*_use_it(failure, there), here), facts, state.folder
    )


def _evidence(there: Environment, path: str) -> tuple[Evidence, ...]:
    mine = f"{sys.version_info[0]}.{sys.version_info[1]}"
    other = f"{there.kind}, Python {there.version}" if there.version else there.kind
    return Evidence(f"{sys.executable} runs this program (Python {mine})"), Evidence(
        f"has it ({other})", path
    )


def _use_it(failure: Failure, there: Environment) -> tuple[Repair, ...]:
    interpreter = environment_python(there.prefix)
    state = failure.state
    if there.kind == "user site" or not interpreter or not state.script or state.how != "script":
        return ()
    shown = program(state, interpreter)
    command = f"{shown} {quoted(relative_to(state.folder, state.script))}"
    return (
        Repair(f"run the program with that {'environment' if 'env' in there.kind else there.kind}", command),
    )
