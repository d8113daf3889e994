"""The findings of a whole check, kept with all that it has read: given again while nothing of that has changed."""

from __future__ import annotations

import os
import pickle
import sys
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.inputs import unchanged

if TYPE_CHECKING:
    from loadstone.check.diagnostic import Diagnostic
    from loadstone.source.inputs import Input
    from loadstone.source.store import Store

__all__ = ["Answer", "question", "recall", "remember"]


class Answer(NamedTuple):
    """What a check has found in so many files, and what it has read for that."""

    found: tuple[Diagnostic, ...]
    files: int
    inputs: list[Input]


def question(*asked: object) -> bytes:
    """Return the key of a check: what was asked, and all of the environment that is not a file."""
    around = (
        os.getcwd(),
        os.environ.get("VIRTUAL_ENV"),
        os.path.expanduser("~"),
        sys.executable,
        sys.version,
        sys.path,
    )
    return blake2b(repr((asked, around)).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def recall(store: Store, key: bytes) -> Answer | None:
    """Return the answer that was given before; None if there is none, or any of its inputs has changed."""
    value = store.get("findings", key)
    if value is None:
        return None
    answer = Answer(*pickle.loads(value))  # noqa: S301  # ours, from the user's own folder, as .pyc files are
    return answer if unchanged(answer.inputs) else None


def remember(store: Store, key: bytes, answer: Answer) -> None:
    """Keep an answer."""
    store.put("findings", key, pickle.dumps(tuple(answer), 5))
