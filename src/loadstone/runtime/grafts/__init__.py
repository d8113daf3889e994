"""Standard-library modules as a space needs them: those that act for their caller on imports, modules or pickles.

`dataclasses.dataclass` reads the namespace of the class's module to understand annotations that are text;
`shelve` unpickles; `timeit` executes a text. In a space all that must happen in the space, and the host's
functions look at the host. `criterion` says what counts as acting, `scan` follows it through the standard library,
`table` keeps which modules it found, `plan` decides what to do with one, and `copies` does it. All other modules
of the standard library are the host's own.
"""

from __future__ import annotations

from loadstone.runtime.grafts.table import ACTING, GRAFTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["graft"]


def graft(importer: PrivateImporter, name: str) -> ModuleType | None:
    """Return the form of the standard-library module `name` that this space needs; None where the host's serves.

    The host's module is imported first. Raises what its import raises.
    """
    if name not in GRAFTED:
        return None
    from loadstone.runtime.grafts.copies import executed_anew, grafted
    from loadstone.runtime.grafts.plan import plan_of
    from loadstone.runtime.grafts.shells import shell

    host = __import__(name, fromlist=["__name__"])
    if not ACTING[name]:
        return shell(importer, host)
    plan = plan_of(host)
    return executed_anew(importer, host, plan) if plan.anew else grafted(importer, host, plan)
