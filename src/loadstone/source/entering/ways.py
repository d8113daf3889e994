"""Ways into loops of imports: one module after the other is entered first, each as if in a fresh interpreter.

Importing ``shop.cart`` and ``shop.bill`` both begin with importing ``shop``: that is gone through once, and what it
left is put back before each of the modules in it is entered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.names import ModuleName
from loadstone.source.entering.machine import GaveUp, Machine
from loadstone.source.entering.state import Failing

if TYPE_CHECKING:
    from loadstone.source.entering.machine import Checkpoint
    from loadstone.source.entering.programs import Programs

__all__ = ["Ways"]


class Ways:
    """The ways in where only the `risky` modules are gone through; quickest when they are asked for in sorted order."""

    def __init__(self, programs: Programs, risky: frozenset[str]) -> None:
        self.programs = programs
        self._machine = Machine(programs, risky)
        # The packages around the module that was entered last, outermost first, and what importing each has left.
        self._around: list[tuple[str, Checkpoint]] = [("", self._machine.checkpoint())]
        # Module to how importing it fails: {"shop.cart": Failing(...)}; None where that could not be found out.
        self._failed: dict[str, Failing | None] = {}

    def enter(self, module: str) -> Failing | None:
        """Return the error with which importing `module` first fails; None where it works, or is too much to follow."""
        self._back_to_package_of(module)
        for package in ModuleName(module).lineage():
            name = str(package)
            if module in self._machine.modules:
                break
            if name not in self._failed and name not in self._machine.modules:
                self._import(name)
            if name in self._failed:
                return self._failed[name]
        return None

    def _back_to_package_of(self, module: str) -> None:
        while (name := self._around[-1][0]) and not f"{module}.".startswith(f"{name}."):
            self._around.pop()
        self._machine.restore(self._around[-1][1])

    def _import(self, name: str) -> None:
        try:
            self._machine.load(name)
        except Failing as failing:
            self._failed[name] = failing
        except (GaveUp, RecursionError):
            self._failed[name] = None
        else:
            if self.programs.is_package(name):
                self._around.append((name, self._machine.checkpoint()))
        finally:
            self.programs.library.notes.steps(self._machine.left)
