"""A space's lock file: exact versions with hashes, in the standard form (PEP 751), to be committed.

uv writes it; behind what uv wrote stands a table of ours, ``[tool.loadstone]``: the requirements that it answers,
and a digest of all above, by which an edit by hand is noticed. uv would install an edited version as if it had
resolved it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loadstone.errors import LockUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loadstone.declared.declaration import Declaration

__all__ = ["Lock", "read_lock", "signed"]

_MARK = "\n[tool.loadstone]\n"


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file: the requirements that it answers, and the digest of all that it says."""

    requirements: tuple[str, ...]
    digest: str


def read_lock(space: Declaration, path: str = "") -> Lock | None:
    """Return the lock of a space, at its place or at `path`; None where there is none yet.

    Raises LockUnusable for one that is not as sync wrote it.
    """
    try:
        with open(path or space.lock, encoding="utf-8", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise _unusable(space, f"it is no UTF-8 text: {error}") from error
    # A checkout may have changed the ends of its lines.
    return _parsed(space, text.replace("\r\n", "\n"))


def signed(text: str, requirements: Iterable[str]) -> str:
    """Return what uv wrote with our table behind it."""
    listing = ", ".join(json.dumps(one, ensure_ascii=False) for one in requirements)
    ours = f'{_MARK}requirements = [{listing}]\ndigest = "{_digest(text, listing)}"\n'
    return text + ours


def _parsed(space: Declaration, text: str) -> Lock:
    """Return the lock; only our own table is parsed, since that of a large space takes longer than its digest."""
    head, _, tail = text.partition(_MARK)
    try:
        ours = tomllib.loads(tail)
        requirements = tuple(ours["requirements"])
        if signed(head, requirements) == text:
            return Lock(requirements, ours["digest"])
    except (KeyError, TypeError, ValueError):
        pass
    raise _unusable(space, _fault(text))


def _unusable(space: Declaration, reason: str) -> LockUnusable:
    return LockUnusable(space=space.name, path=space.lock, reason=reason, command=space.command)


def _fault(text: str) -> str:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return f"it is no TOML: {error}"
    return "it was edited after sync wrote it"


def _digest(text: str, listing: str) -> str:
    return "sha256:" + hashlib.sha256(f"{text}\0{listing}".encode()).hexdigest()
