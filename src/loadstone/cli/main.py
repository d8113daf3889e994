"""The ``loadstone`` command: it finds the command asked for, and sees to exit codes and errors.

`loadstone run` is a program's start-up time, so it is told apart before anything else is imported. The other
commands read the user's files and must never import them: an ``ast.py`` beside a script is not what ours want.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command in ``sys.argv``; return the exit code: 0 fine, 1 findings, 2 wrong use."""
    if sys.argv[1:2] == ["run"]:
        from loadstone.cli.commands import run

        return run.main(sys.argv[2:])
    path = _own_path()
    from loadstone.cli.dispatch import dispatch

    return dispatch(sys.argv[1:], path)


def _own_path() -> list[str]:
    """Take everything but the standard library from ``sys.path``; return the path as a program would find it.

    What is returned lacks the first entry, which Python made for this command and not for the user's program.
    """
    import os

    home = os.path.dirname(os.__file__)
    path = sys.path[:] if sys.flags.safe_path else sys.path[1:]
    sys.path[:] = [
        entry for entry in path if entry == home or os.path.dirname(entry) in (home, sys.base_prefix)
    ]
    sys.path[:] = [entry for entry in sys.path if not entry.endswith("-packages")]
    return path
