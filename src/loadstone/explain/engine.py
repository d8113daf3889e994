"""The kinds of explanation, and which is asked before which."""

from __future__ import annotations

import os
import sys

from loadstone.explain.chain import subjects
from loadstone.explain.failure import Failure
from loadstone.explain.files import Files
from loadstone.explain.kinds import (
    broken_extension,
    circular,
    circular_submodule,
    distribution,
    elsewhere,
    foreign_extension,
    forgotten,
    hidden,
    misspelt,
    moved,
    not_a_package,
    off_path,
    relative,
    renamed,
    submodule,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.explain.explanation import Explanation
    from loadstone.explain.state import State

    Kind = Callable[[Failure], Explanation | None]

__all__ = ["ORDER", "explanation"]

# What is certain from the message comes first; then what is on the disk under the very name that was asked
# for, near before far; then what a table knows; and likeness, the weakest evidence, last.
ORDER: tuple[Kind, ...] = (
    relative.explain,
    broken_extension.explain,
    foreign_extension.explain,
    off_path.explain,
    renamed.explain,
    not_a_package.explain,
    circular.explain,
    circular_submodule.explain,
    hidden.explain,
    submodule.explain,
    moved.explain,
    elsewhere.explain,
    distribution.explain,
    forgotten.explain,
    misspelt.explain,
)


def explanation(error: BaseException, state: State) -> Explanation | None:
    """Return the first explanation of `error`, or of an error that it only passes on; None for none."""
    files = Files()
    for subject in subjects(error, files):
        failure = Failure.of(subject, state, files)
        for explain in ORDER:
            found = _tried(explain, failure)
            if found is not None:
                return found
    return None


def _tried(explain: Kind, failure: Failure) -> Explanation | None:
    """Ask one kind; a fault in it must not cost the others their turn."""
    try:
        return explain(failure)
    except Exception:  # noqa: BLE001 - whatever it is, the others may still know
        if os.environ.get("LOADSTONE_DEBUG") == "1":
            sys.__excepthook__(*sys.exc_info())
        return None
