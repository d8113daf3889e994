"""Runs one row in this process: ``python -m benchmarks.compatible.trial NAME FOLDER...`` prints its outcome as JSON.

Each folder is one version. The program is run inside each space and from the host, in turn, twice; and then the
host is looked at for modules that are not its own.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from typing import Any

from benchmarks.compatible import programs
from benchmarks.compatible.rows import ROWS
from loadstone import Space

__all__ = ["main", "trial"]

ROUNDS = 2


def main(argv: list[str]) -> int:
    """Run the row that `argv` names and print its outcome; return 1 where anything went wrong."""
    name, *folders = argv
    outcome: dict[str, Any] = {"versions": [], "problem": None}
    try:
        outcome["versions"] = trial(name, folders)
    except BaseException as error:  # noqa: BLE001  # whatever a package does, the table says it
        outcome["problem"] = _described(error)
        traceback.print_exc()
    print(json.dumps(outcome))
    return int(outcome["problem"] is not None)


def trial(name: str, folders: list[str]) -> list[str]:
    """Return the version of each folder's package, once all of it worked; raise whatever did not."""
    row = next(row for row in ROWS if row.name == name)
    spaces = [Space(Path(folder).name, path=[folder]) for folder in folders]
    versions: list[list[str]] = []
    for _ in range(ROUNDS):
        inside = [_inside(space, name) for space in spaces]
        outside = [getattr(programs, name)(space.import_module) for space in spaces]
        versions += [inside, outside]
    assert all(found == versions[0] for found in versions), f"different answers: {versions}"
    assert len(set(versions[0])) == len(spaces), f"one version twice: {versions[0]}"
    foreign = [module for module in sys.modules if module.partition(".")[0] in row.packages]
    assert not foreign, f"the host has {foreign}"
    return versions[0]


def _inside(space: Space, name: str) -> str:
    own = space.load(programs.__file__, "programs")
    return str(getattr(own, name)(own.inside))


def _described(error: BaseException) -> str:
    where = traceback.extract_tb(error.__traceback__)
    at = f" ({Path(where[-1].filename).name}:{where[-1].lineno})" if where else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}{at}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
