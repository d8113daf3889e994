"""The imports of a program as JSON, for `loadstone run --trace`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loadstone.runtime.events import ImportEvent

__all__ = ["document"]


def document(events: Sequence[ImportEvent]) -> str:
    """Return one JSON object: the interpreter, the program's command line, and `events`, one on a line."""
    head = {"version": 1, "python": sys.version.split()[0], "command": sys.orig_argv}
    lines = ",\n".join(json.dumps(event.as_dict()) for event in events)
    return f'{json.dumps(head)[:-1]}, "events": [\n{lines}\n]}}\n'
