"""A whole check that is kept, and the check after an edit that is answered from what was kept."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from loadstone.check.engine import examine, settled
from loadstone.check.keeping.answer import Answer, recall_record, remember
from loadstone.check.keeping.findings import in_parts, spliced
from loadstone.check.keeping.recheck import recheck
from loadstone.check.keeping.record import recorded
from loadstone.check.keeping.renewing import renewed
from loadstone.check.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from loadstone.check.config.settings import Settings
    from loadstone.check.engine import Progress
    from loadstone.source.inputs import Input
    from loadstone.source.store import Store
    from loadstone.source.tree import Project

__all__ = ["check_again", "check_all"]


def check_all(
    project: Project,
    settings: Settings,
    store: Store,
    key: bytes,
    progress: Progress | None = None,
    *,
    copies: bool = False,
) -> Answer:
    """Return what the rules find in a project, and keep it under a key; `copies` as for `examine`."""
    whole = Whole(project, settings)
    found = examine(whole, progress, copies=copies)
    parts = in_parts(settled(whole, found.every(), project.owners))
    answer = Answer(parts, len(project.selected), project.library.inputs.every())
    if store.keeps:
        from loadstone.check.keeping.listings import keep_listings

        remember(store, key, answer, recorded(whole, found))
        keep_listings(store, key, project, answer.inputs)
    return answer


def check_again(
    store: Store,
    key: bytes,
    answer: Answer,
    changes: Sequence[Input],
    find: Callable[[], Project],
    *,
    copies: bool = False,
) -> Answer | None:
    """Return what is found after some inputs of a kept answer have changed; None where all has to be checked.

    `find` returns the project as it is now; it is called where files have come or gone.
    """
    record, listings = recall_record(store, key, answer), cache(partial(_listings, store, key))
    again = recheck(record, changes, store, listings, find) if record else None
    found = again.run(copies=copies) if again else None
    if again is None or found is None:
        return None
    project, paths = again.whole.project, again.paths(found)
    every = again.record.found.and_of(found, project.selected)
    parts = spliced(answer.parts, paths, settled(again.whole, every.in_files(paths), paths))
    inputs = _merged(answer.inputs, changes, project.library.inputs.every())
    after = Answer(parts, len(project.selected), inputs)
    remember(store, key, after, renewed(again, every))
    if any(one.kind == "folder" for one in changes):
        from loadstone.check.keeping.listings import keep_listings

        keep_listings(store, key, project, after.inputs, listings())
    return after


def _listings(store: Store, key: bytes) -> Mapping[str, list[str]]:
    from loadstone.check.keeping.listings import recall_listings

    return recall_listings(store, key)


def _merged(before: Iterable[Input], changes: Iterable[Input], new: Iterable[Input]) -> list[Input]:
    """Return the inputs of an answer with those that have changed, or are new, as they were read now.

    A file that changes while this check runs was read as it is now by some, and as it was by others: what was noted
    before stays, and the next check finds that it has changed.
    """
    old = {(one.kind, one.path): one for one in before}
    for one in changes:
        del old[one.kind, one.path]
    return list({**{(one.kind, one.path): one for one in new}, **old}.values())
