"""The findings of a whole check, kept with all that it has read: given again while nothing of that has changed."""

from __future__ import annotations

import marshal
import os
import pickle
import sys
from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.keeping.findings import unpack
from loadstone.source.inputs import Input, digest
from loadstone.source.layout.environment import surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.keeping.record import Record
    from loadstone.source.store import Store

__all__ = ["Answer", "question", "recall", "recall_record", "remember"]


class Answer(NamedTuple):
    """What a check has found in so many files, and what it has read for that.

    `parts` are the findings, packed and in order, by the path at which a part begins. `record` is the digest of what
    was kept besides, for a check after an edit.
    """

    parts: Mapping[str, bytes]
    files: int
    inputs: list[Input]
    record: bytes = b""

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """The findings."""
        return tuple(one for part in self.parts.values() for one in unpack(part))


def question(*asked: object) -> bytes:
    """Return the key of a check: what was asked, and all of the environment that is not a file."""
    around = (
        os.getcwd(),
        os.path.expanduser("~"),
        surroundings(),
        sys.version,
        sys.path,
    )
    return digest(repr((asked, around)).encode("utf-8", "backslashreplace"))


def recall(store: Store, key: bytes) -> Answer | None:
    """Return the answer that was given before; None if there is none. Its inputs may have changed since."""
    value = store.get("findings", key)
    if value is None:
        return None
    parts, files, inputs, record = marshal.loads(value)  # noqa: S302  # ours, as .pyc files are
    return Answer(parts, files, [Input(*one) for one in inputs], record)


def recall_record(store: Store, key: bytes, answer: Answer) -> Record | None:
    """Return what was kept with an answer; None where it is another check's."""
    value = store.get("record", key)
    if value is None or digest(value) != answer.record:
        return None
    record: Record = pickle.loads(value)  # noqa: S301  # as above
    return record


def remember(store: Store, key: bytes, answer: Answer, record: Record) -> None:
    """Keep an answer, and what the check after an edit will need."""
    value = pickle.dumps(record, 5)
    store.put("record", key, value)
    inputs = [tuple(one) for one in answer.inputs]
    kept = dict(answer.parts), answer.files, inputs, digest(value)
    store.put("findings", key, marshal.dumps(kept))
