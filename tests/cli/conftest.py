"""What the tests of the command line share."""

from __future__ import annotations

import pytest


@pytest.fixture
def same():
    """Run one command line under ``python`` and under ``loadstone run``, and demand the same outcome.

    Compared are the exit code (a signal's too), standard output and standard error, to the byte. With
    `explained`, standard error of `loadstone run` may go on after what Python printed.
    """

    def compare(t, *args, explained=False, **options):
        options.setdefault("timeout", 600)  # a machine may be busy: nothing here is about time
        plain = t.python(*args, **options)
        ours = t.loadstone("run", *args, **options)
        assert (ours.returncode, ours.stdout) == (plain.returncode, plain.stdout)
        if explained:
            assert ours.stderr.startswith(plain.stderr)
        else:
            assert ours.stderr == plain.stderr
        return ours

    return compare
