"""The kinds of explanation, and which is asked before which."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from loadstone.explain.chain import subjects
from loadstone.explain.failure import Failure
from loadstone.explain.files import Files
from loadstone.explain.kinds import (
    bad_all,
    broken_extension,
    circular,
    circular_submodule,
    deeper,
    distribution,
    elsewhere,
    file_name,
    file_suffix,
    foreign_extension,
    forgotten,
    hidden,
    leftover,
    loaded_twice,
    misspelt,
    moved,
    name_hides,
    not_a_package,
    off_path,
    portion,
    relative,
    renamed,
    run_as_module,
    submodule,
    swallowed,
    taken_for,
    test_file,
    type_checking,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from loadstone.explain.explanation import Explanation
    from loadstone.explain.state import State

    Kind = Callable[[Failure], Explanation | None]

__all__ = ["ORDER", "explained", "explanation"]

# What is certain from the message comes first; then what is on the disk under the very name that was asked
# for, near before far; then what a table knows; and likeness, the weakest evidence, last.
ORDER: tuple[Kind, ...] = (
    relative.explain,
    run_as_module.explain,
    test_file.explain,
    broken_extension.explain,
    foreign_extension.explain,
    file_name.explain,
    off_path.explain,
    renamed.explain,
    not_a_package.explain,
    circular.explain,
    circular_submodule.explain,
    loaded_twice.explain,
    bad_all.explain,
    type_checking.explain,
    file_suffix.explain,
    swallowed.explain,
    hidden.explain,
    portion.explain,
    submodule.explain,
    name_hides.explain,
    leftover.explain,
    taken_for.explain,
    moved.explain,
    elsewhere.explain,
    distribution.explain,
    forgotten.explain,
    deeper.explain,
    misspelt.explain,
)


# What they say is about how the program was started and what its environment holds, which is not what a space sees.
_HOST_ONLY = (run_as_module.explain, test_file.explain, off_path.explain, elsewhere.explain)


def explanation(error: BaseException, state: State) -> Explanation | None:
    """Return the first explanation of `error`, or of an error that it only passes on; None for none."""
    files = Files()
    for subject in subjects(error, files):
        found = explained(Failure.of(subject, state, files))
        if found is not None:
            return _without_commands(found) if state.in_space else found
    return None


def explained(failure: Failure) -> Explanation | None:
    """Return what the first kind that knows this failure says of it; None for none."""
    for explain in ORDER:
        if failure.state.in_space and explain in _HOST_ONLY:
            continue
        found = _tried(explain, failure)
        if found is not None:
            return found
    return None


def _without_commands(found: Explanation) -> Explanation:
    """Return the explanation without the commands: they act on the host, and a space has a path of its own."""
    return replace(found, repairs=tuple(repair for repair in found.repairs if not repair.run))


def _tried(explain: Kind, failure: Failure) -> Explanation | None:
    """Ask one kind; a fault in it must not cost the others their turn."""
    try:
        return explain(failure)
    except Exception:  # noqa: BLE001 - whatever it is, the others may still know
        if os.environ.get("LOADSTONE_DEBUG") == "1":
            sys.__excepthook__(*sys.exc_info())
        return None
