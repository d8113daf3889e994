"""What sync writes for type checkers."""

import importlib.util
import subprocess
import sys

import pytest

from loadstone.declared.sync.rewriting import rewritten

PREFIXES = {"pk": "loadstone.spaces.old", "other": "loadstone.spaces.old"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import pk", "from loadstone.spaces.old import pk"),
        ("import pk as p", "import loadstone.spaces.old.pk as p"),
        ("import pk.a.b as p", "import loadstone.spaces.old.pk.a.b as p"),
        ("import pk.a", "import loadstone.spaces.old.pk.a as _; from loadstone.spaces.old import pk"),
        ("import os, pk", "import os; from loadstone.spaces.old import pk"),
        ("from pk import x", "from loadstone.spaces.old.pk import x"),
        ("from pk.a import (x,\n  y as z)\nw = 1", "from loadstone.spaces.old.pk.a import x, y as z\n\nw = 1"),
        ("'é'; import pk; x = 1", "'é'; from loadstone.spaces.old import pk; x = 1"),
        ("from . import pk", "from . import pk"),
        ("import os\nfrom typing import pk", "import os\nfrom typing import pk"),
        ("x = 'import pk'  # import pk", "x = 'import pk'  # import pk"),
    ],
)  # fmt: skip
def test_imports_of_the_spaces_own_names_are_rewritten(before, after):
    """Each statement binds what it bound, and everything stays on its line."""
    assert rewritten(before, PREFIXES) == after


def test_typed_packages_are_written_out_under_the_long_name(project):
    """A typed package is copied with its imports rewritten; one without types is Any, submodules too."""
    p = project(pyproject='[tool.loadstone.spaces.old]\ndependencies = ["needy"]\n')
    p.sync()
    stubs = p / ".loadstone/stubs/loadstone/spaces/old"

    assert "from loadstone.spaces.old.pk.helper import WHO" in (stubs / "pk/typed.py").read_text()
    assert "def __getattr__(name: str) -> Any" in (stubs / "needy.pyi").read_text()


def test_stubs_that_are_missing_are_written_again(project):
    """A space that is up to date gets its stubs back."""
    p = project({"mine/own.py": ""}, pyproject='[tool.loadstone.spaces.here]\npath = ["mine"]\n')

    assert [p.sync()[0].act, p.sync()[0].act] == ["stubs", "nothing"]
    assert (p / ".loadstone/stubs/loadstone/spaces/here/own.pyi").exists()


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_mypy_tells_two_versions_apart(project):
    """Classes of one name from two spaces are two types, with the attributes that each version has."""
    p = project(
        {
            "app.py": """
            from loadstone.spaces.new.pk.typed import Thing as New
            from loadstone.spaces.old.pk.typed import Thing as Old
            from loadstone.spaces import old

            size: str = Old().size
            other: New = Old()
            """
        }
    )
    p.sync()
    p.write("mypy.ini", "[mypy]\nmypy_path = .loadstone/stubs\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "app.py"], cwd=p.path, capture_output=True, text=True, check=False
    )

    first, second, _ = done.stdout.splitlines()

    assert first.startswith("app.py:5: error:")
    assert 'has type "int"' in first
    assert second.startswith("app.py:6: error:")
    assert (
        '"loadstone.spaces.old.pk.typed.Thing", variable has type "loadstone.spaces.new.pk.typed.Thing"'
        in second
    )
