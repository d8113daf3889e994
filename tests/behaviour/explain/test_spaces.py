"""Failures inside a space: its modules and its path count, not the host's."""

from __future__ import annotations

import pytest

import loadstone
from loadstone.testing import tree

FILES = {
    "red/plugin.py": "from helper import COLOUR",
    "red/helpers.py": "COLOUR = 'red'",
    "helped.py": "COLOUR = 'blue'",
    "main.py": "from loadstone import Space\nSpace('red', path=['red']).import_module('plugin')",
}
MEANT = "loadstone: there is no module 'helper'; there is 'helpers', which is nearly the same\n"


def test_below_the_traceback():
    """What is near in the space's folder is meant; what is near in the host's is not seen from there."""
    with tree(FILES) as t:
        done = t.loadstone("run", "main.py")

        assert f"ModuleNotFoundError: No module named 'helper'\n{MEANT}" in done.stderr
        assert "  red/plugin.py:1  from helper import COLOUR\n" in done.stderr


@pytest.mark.parametrize("module", ["helped", "yaml"])
def test_nothing_that_would_not_help(module):
    """What is near the program, or could be installed for it, would not be found from the space even then."""
    with tree({**FILES, "red/plugin.py": f"import {module}"}) as t:
        done = t.loadstone("run", "main.py")

        assert f"ModuleNotFoundError: No module named '{module}'\n" in done.stderr
        assert "PYTHONPATH" not in done.stderr
        assert "pip install" not in done.stderr


def test_an_error_that_was_caught():
    """The code that raised the error tells the space; for an import that the host asks for, `space` does."""
    with tree(FILES) as t:
        space = loadstone.Space("red", path=[t / "red"])
        with pytest.raises(ImportError) as inside:
            space.import_module("plugin")
        with pytest.raises(ImportError) as outside:
            space.import_module("helper")

        assert str(loadstone.explain(inside.value)).startswith(MEANT)
        assert loadstone.explain(outside.value) is None
        assert loadstone.explain(outside.value, space=space).kind == loadstone.explain(inside.value).kind


def test_a_program_s_own_import_is_not_called():
    """An `__import__` of the program's is its own affair, and is not asked for anything."""
    calls = []

    def importing(name, *_):
        calls.append(name)
        raise ImportError(name)

    with pytest.raises(ImportError) as raised:
        exec("import shop", {"__builtins__": {"__import__": importing, "ImportError": ImportError}})
    loadstone.explain(raised.value)

    assert calls == ["shop"]
