"""The ``loadstone`` command: it chooses the command and sees to the exit code.

`loadstone run` is a program's start-up time, so it is told apart before anything else is imported.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command in ``sys.argv``; return the exit code."""
    if sys.argv[1:2] == ["run"]:
        from loadstone.cli.commands import run

        return run.main(sys.argv[2:])
    print("loadstone: only the command run exists so far: loadstone run FILE", file=sys.stderr)
    return 2
