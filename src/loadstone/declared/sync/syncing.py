"""Bringing a space to what its declaration says: first a plan, then one function that carries it out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.declared.installation import state_of
from loadstone.declared.lock import read_lock
from loadstone.errors import SyncFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.declared.declaration import Declaration

__all__ = ["Plan", "plan", "sync"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What sync is going to do for one space.

    The acts: ``nothing``; ``stubs``, which type checkers read; ``install`` what the lock says; ``resolve`` first.
    """

    space: Declaration
    act: str
    reason: str

    def __str__(self) -> str:
        return f"{self.space.name}: {self.act} ({self.reason})"


def plan(space: Declaration, *, upgrade: bool = False) -> Plan:
    """Return what is to be done; nothing is changed. Raises LockUnusable, unless with `upgrade`."""
    if not space.dependencies:
        return _stubs(space, "it requires nothing")
    if upgrade:
        return Plan(space, "resolve", "an upgrade was asked for")
    lock = read_lock(space)
    if lock is None:
        return Plan(space, "resolve", "there is no lock yet")
    if lock.requirements != space.dependencies:
        return Plan(space, "resolve", "its requirements have changed")
    state = state_of(space, closely=True)
    return _stubs(space, "up to date") if state.ready else Plan(space, "install", str(state))


def _stubs(space: Declaration, reason: str) -> Plan:
    written = bool(space.plugins) or os.path.isdir(space.stubs)
    return Plan(space, "nothing", reason) if written else Plan(space, "stubs", "its stubs are missing")


def sync(
    space: Declaration,
    tick: Callable[[str], None] = lambda _: None,
    *,
    upgrade: bool = False,
    locked: bool = False,
) -> Plan:
    """Carry out the plan for a space and return it; `tick` hears what is going on.

    Another process that syncs the same space is waited for. Raises NoUv, SyncFailed, LockUnusable and OSError;
    what was installed before is then as it was. With `locked`, a lock that would have to change is an error.
    """
    wanted = plan(space, upgrade=upgrade)
    if wanted.act == "nothing":
        return wanted
    from loadstone.declared.sync.swap import recover
    from loadstone.declared.sync.turn import turn

    _prepare(space.base)
    with turn(f"{space.folder}.lock", lambda: tick("waiting for another sync")):
        recover(space.folder)
        wanted = plan(space, upgrade=upgrade)  # the other process may have done it
        if wanted.act == "resolve" and locked:
            raise SyncFailed(space=space.name, act="installed as it is locked", said=f"  {wanted.reason}")
        _carry_out(wanted, tick, upgrade=upgrade)
    return wanted


def _carry_out(wanted: Plan, tick: Callable[[str], None], *, upgrade: bool) -> None:
    """Do what is to be done; what it takes is imported only now."""
    if wanted.act in ("resolve", "install"):
        from loadstone.declared.sync.installing import install

        install(wanted, tick, upgrade=upgrade)
    if wanted.act != "nothing" and not wanted.space.plugins:
        from loadstone.declared.sync.stubs import write_stubs

        tick("writing stubs")
        write_stubs(wanted.space)


def _prepare(base: str) -> None:
    """Make the folder for installations, which version control is to leave alone."""
    os.makedirs(base, exist_ok=True)
    ignore = os.path.join(base, ".gitignore")
    if not os.path.exists(ignore):
        with open(ignore, "w", encoding="utf-8") as file:
            file.write("*\n")
