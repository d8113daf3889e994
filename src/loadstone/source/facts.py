"""What is known of one source file by itself, as it is kept: its summary and its small program."""

from __future__ import annotations

import marshal
import pickle
from typing import TYPE_CHECKING, NamedTuple

from loadstone.source.bindings import Summary, failed, summarise
from loadstone.source.digests import blake2b
from loadstone.source.entering.lowering.lowering import lowered
from loadstone.source.reading import parse

if TYPE_CHECKING:
    import ast

    from loadstone.source.entering.lowering.lowering import Block

__all__ = ["UNREAD", "Facts", "Job", "made", "program_of", "summary_of"]

UNREAD = "cannot be read"
"""With this begins the message of a file that the system does not let us read; other messages are Python's."""


class Job(NamedTuple):
    """A file to be read, and the module that it is."""

    name: str
    path: str
    is_package: bool

    def key(self, content: bytes) -> bytes:
        """Return the key under which facts are kept; statements know their path, so it is part of that."""
        seen = blake2b(content, digest_size=16)
        seen.update(f"{self.name}\0{self.path}\0{self.is_package}".encode("utf-8", "surrogateescape"))
        return seen.digest()


class Facts(NamedTuple):
    """The summary, pickled, and the program, marshalled, of one file."""

    summary: bytes
    program: bytes


def made(job: Job, content: bytes | str | OSError) -> Facts:
    """Return the facts of a file by its content, or by the error that reading it has raised."""
    if isinstance(content, OSError):
        return _failed(job, SyntaxError(f"{UNREAD}: {content.strerror}", (job.path, 1, 1, None)))
    try:
        source = parse(content, job.path)
        summary = summarise(source, job.name, job.is_package)
        return Facts(pickle.dumps(summary, 5), _program(source.tree))
    except SyntaxError as error:
        return _failed(job, error)
    except RecursionError:
        return _failed(job, SyntaxError("too deeply nested", (job.path, 1, 1, None)))


def _failed(job: Job, error: SyntaxError) -> Facts:
    summary = failed(job.path, job.name, job.is_package, error)
    return Facts(pickle.dumps(summary, 5), marshal.dumps(()))


def _program(tree: ast.Module) -> bytes:
    try:
        return marshal.dumps(lowered(tree))
    except (RecursionError, ValueError):  # a sum of five thousand terms: the file is not gone through
        return marshal.dumps(None)


def summary_of(facts: Facts) -> Summary:
    """Return the summary."""
    summary: Summary = pickle.loads(facts.summary)  # noqa: S301  # ours, from the user's own folder, as .pyc files are
    return summary


def program_of(facts: Facts) -> Block | None:
    """Return the program; empty for a file that cannot be compiled, None for one that is too deeply nested."""
    program: Block | None = marshal.loads(facts.program)  # noqa: S302  # as above
    return program
