"""Errors that only pass on an import error, and errors that merely happen near one."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

HANDLED = (
    "def load():\n    raise ValueError('other')\ntry:\n    import jsn\nexcept ImportError as error:\n    {}"
)


@pytest.mark.parametrize(
    "handler",
    [
        "raise RuntimeError('needs jsn') from error",
        "raise RuntimeError('needs jsn')",
        "raise ImportError('install jsn') from error",
        "raise ExceptionGroup('all', [ValueError(), error])",
    ],
)
def test_wrapped(explained, handler):
    """An error that is raised in place of the import error: the import error is explained."""
    with tree({"main.py": HANDLED.format(handler)}) as t:
        done = explained(t, "main.py")

        assert "'json', which is nearly the same" in done.text
        assert done.kind == "misspelt"


@pytest.mark.parametrize(
    "handler",
    [
        "raise RuntimeError('needs jsn') from None",
        "load()",
        "{}['absent']",
        "pass\n1 / 0",
        "raise SystemExit('jsn is needed')",
    ],
)
def test_merely_near(explained, handler):
    """An error of its own in or after the handler is another matter."""
    with tree({"main.py": HANDLED.format(handler)}) as t:
        assert explained(t, "main.py").kind is None


def test_fallback_that_fails_itself(explained):
    """Of an import and its fallback, the one that was not caught is explained."""
    with tree({"main.py": "try:\n    import absent_one\nexcept ImportError:\n    import jsn"}) as t:
        done = explained(t, "main.py")

        assert (done.kind, done.value["facts"]["module"]) == ("misspelt", "jsn")


def test_chain_that_bites_its_tail(explained):
    """A chain of causes that leads back to its start comes to an end."""
    program = "a, b = KeyError(), ValueError()\na.__cause__, b.__cause__ = b, a\nraise a"
    with tree({"main.py": program}) as t:
        assert explained(t, "main.py").kind is None
