"""The source files of a library: each read once, and summarised only where its content is new."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from loadstone.source.facts import Facts, Job, made, program_of, summary_of
from loadstone.source.inputs import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from loadstone.source.bindings import Summary
    from loadstone.source.entering.lowering.lowering import Block
    from loadstone.source.inputs import Inputs
    from loadstone.source.store import Store

__all__ = ["Files"]


class Files:
    """Facts of files, from the `store` or made; `texts` holds the source of paths that are no files."""

    def __init__(self, store: Store, texts: Mapping[str, str], inputs: Inputs) -> None:
        self.store = store
        self.texts = texts
        self.inputs = inputs
        # What is known of each file so far, by the job that it was.
        self._facts: dict[Job, Facts] = {}
        self._keys: dict[Job, bytes] = {}

    def summary(self, job: Job) -> Summary:
        """Return what a file binds."""
        return summary_of(self._of(job))

    def program(self, job: Job) -> Block | None:
        """Return the small program of a file; None where it is too deeply nested."""
        return program_of(self._of(job))

    def prepare(
        self, waves: Iterable[Iterable[Job]], progress: Callable[[int, int, str], None] | None = None
    ) -> None:
        """Read many files, those that are new by two processes; later waves only where there are two."""
        from loadstone.source.together import Together

        with Together() as together:
            for jobs in waves:
                new = self._not_kept(jobs)
                for job, facts in together.make_all([*new], progress).items():
                    self._keep(job, new[job], facts)
                if not together.helped:
                    break

    def _not_kept(self, jobs: Iterable[Job]) -> dict[Job, bytes]:
        """Return the files of which nothing is known, the largest first, with their keys."""
        sizes: dict[Job, int] = {}
        keys: dict[Job, bytes] = {}
        for job in jobs:
            if job not in self._facts and isinstance(content := self._content(job.path), bytes):
                sizes[job], keys[job] = len(content), job.key(content)
        self._keys.update(keys)
        summaries = self.store.get_all("summary", keys.values())
        programs = self.store.get_all("program", keys.values())
        for job, key in keys.items():
            if key in summaries and key in programs:
                self._facts[job] = Facts(summaries[key], programs[key])
        new = (job for job in keys if job not in self._facts)
        return {job: keys[job] for job in sorted(new, key=sizes.__getitem__, reverse=True)}

    def share(self, other: Files) -> None:
        """Take over what another one knows of the files whose text is the same for both."""
        changed = {path for path, text in self.texts.items() if other.texts.get(path) != text}
        self._facts.update((job, facts) for job, facts in other._facts.items() if job.path not in changed)

    def keys(self) -> dict[str, bytes]:
        """Return the keys in the store of the files that were read, by path; empty for one that is two modules."""
        found: dict[str, bytes] = {}
        for job, key in self._keys.items():
            found[job.path] = b"" if job.path in found else key
        return found

    def _of(self, job: Job) -> Facts:
        if job not in self._facts:
            content = self._content(job.path)
            if not isinstance(content, bytes):
                self._facts[job] = made(job, content)
                return self._facts[job]
            key = self._keys[job] = job.key(content)
            summary, program = self.store.get("summary", key), self.store.get("program", key)
            if summary is not None and program is not None:
                self._facts[job] = Facts(summary, program)
            else:
                self._keep(job, key, made(job, content))
        return self._facts[job]

    def _keep(self, job: Job, key: bytes, facts: Facts) -> None:
        self._facts[job] = facts
        self.store.put("summary", key, facts.summary)
        self.store.put("program", key, facts.program)

    def _content(self, path: str) -> bytes | str | OSError:
        if path in self.texts:
            return self.texts[path]
        try:
            found = os.stat(path)
            with open(path, "rb") as file:
                content = file.read()
        except OSError as error:
            return error
        self.inputs.file(path, found, digest(content))
        return content
