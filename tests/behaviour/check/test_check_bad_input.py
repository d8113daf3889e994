"""Files that are broken, huge, strange or not there: each is met, and the rest is checked."""

from __future__ import annotations

import importlib.machinery
import os
import sys

import pytest

from loadstone.testing import tree

NOWHERE = (
    "m.py:1:8: warning[missing-module] there is no module nowhere in this project, and none is installed"
)


def test_a_file_that_does_not_parse(printed):
    """A syntax error is a finding with its place."""
    with tree({"bad.py": "def f(\n"}) as t:
        text = printed(t, "unreadable")

        assert text.startswith(
            "error[unreadable]: this file cannot be compiled: '(' was never closed\n --> bad.py:1:6\n"
        )


def test_the_rest_is_checked(found):
    """Beside a broken file the others are checked, and names from it are unknown, not missing."""
    files = {"bad.py": "def f(", "m.py": "import nowhere\nfrom bad import f\nfrom bad import *"}
    with tree(files) as t:
        lines = found(t, "unreadable", "missing-module", "missing-name", "star-conflict")
        assert [line.split(":")[0] for line in lines] == ["bad.py", "m.py"]
        assert lines[1] == NOWHERE


@pytest.mark.parametrize(
    "code",
    [
        b"\xff\xfe\x00bad",
        b"# -*- coding: no-such-codec -*-\nx = 1\n",
        b"x = '\xe9'\n",
        b"x = 1\x00\n",
        b"if x:\n\ty\n        z\n",
        b"x = " + b"(" * 5000 + b")" * 5000,
    ],
)
def test_bytes_that_are_no_source(found, code):
    """Whatever Python cannot compile is one finding, and no crash of ours."""
    with tree({"bad.py": code, "m.py": "import nowhere"}) as t:
        lines = found(t, "unreadable", "missing-module")
        assert [line.partition(":")[0] for line in lines] == ["bad.py", "m.py"]
        assert "error[unreadable] this file cannot be compiled" in lines[0]


def test_deep_nesting(found):
    """Deeply nested code that Python compiles is checked."""
    deep = "".join(f"{' ' * depth}if x{depth}:\n" for depth in range(90)) + " " * 90 + "import nowhere\n"
    chain = "if a:\n    pass\n" + "elif a:\n    pass\n" * 3000
    sums = "x = " + " + ".join(["1"] * 5000)
    with tree({"m.py": deep, "chain.py": chain, "sums.py": sums}) as t:
        assert len(found(t, "missing-module", "unreadable")) >= 1


def test_a_very_large_file(found):
    """A file of several megabytes is checked like any other."""
    lines = "\n".join(
        f"value_{number} = {number!r} * 'some text that makes the line longer'" for number in range(60_000)
    )
    with tree({"big.py": lines, "m.py": "import nowhere\nfrom big import value_59999, value_60000"}) as t:
        assert found(t, "missing-module", "missing-name") == [
            NOWHERE,
            "m.py:2:30: error[missing-name] big has no name `value_60000`",
        ]


def test_one_very_long_line(printed):
    """Of a very long line the part around the place is shown."""
    line = "x = 1; " * 5000 + "import nowhere"
    with tree({"m.py": line}) as t:
        text = printed(t, "missing-module")
        shown, marks = text.splitlines()[3:5]

        assert len(shown) < 200
        assert shown.index("nowhere") == marks.index("^")


def test_five_thousand_names_in_one_star(found):
    """A star of five thousand names is one note."""
    names = "\n".join(f"name_{number} = {number}" for number in range(5000))
    with tree({"a.py": names, "m.py": "from a import *\nname_7"}) as t:
        assert found(t) == ["m.py:1:1: note[star] this star brings 5000 names from a; 1 of them is used"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_lead_round(found):
    """Symbolic links in a circle, and links to nowhere, are passed over."""
    with tree({"m.py": "import nowhere", "p/__init__.py": ""}) as t:
        (t / "p" / "again").symlink_to(t.path)
        (t / "loop.py").symlink_to(t / "loop.py")
        (t / "gone.py").symlink_to(t / "nothing.py")

        assert [line for line in found(t, "missing-module") if line.startswith("m.py")] == [NOWHERE]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads any file")
def test_a_file_that_cannot_be_read(found):
    """A file without permission to read is a finding."""
    with tree({"secret.py": "x = 1", "m.py": "import nowhere"}) as t:
        (t / "secret.py").chmod(0)
        lines = found(t, "unreadable", "missing-module")

        assert lines == [
            NOWHERE,
            "secret.py:1:1: error[unreadable] this file cannot be read: Permission denied",
        ]


def test_names_that_are_not_ascii(printed):
    """Carets stand below characters that are wide, combined, or behind tabs."""
    with tree({"größe.py": "ü = 1\n", "m.py": "if 1:\n\tx = '漢字'; from größe import nö\n"}) as t:
        shown, marks = printed(t, "missing-name").splitlines()[3:5]

        assert marks.index("^") == shown.index("nö") + 2  # two characters that are two columns wide


def test_control_characters_do_not_reach_the_terminal(printed):
    """What a source line holds cannot move the cursor or change its colour."""
    with tree({"m.py": "import nowhere  # \x1b[31m red \x07\n"}) as t:
        assert "\x1b" not in printed(t, "missing-module")


def test_windows_line_ends(printed):
    """A file with carriage returns is shown without them."""
    with tree({"m.py": b"import os\r\nimport nowhere\r\n"}) as t:
        assert "\r" not in printed(t, "missing-module")
        assert "2 | import nowhere\n" in printed(t, "missing-module")


def test_modules_that_are_machine_code(found):
    """Names of extension modules are asked for, not guessed."""
    with tree({"m.py": "from math import sqrt, nothing\nfrom _json import scanstring"}) as t:
        assert found(t, "missing-name", "missing-module") == [
            "m.py:1:24: error[missing-name] math has no name `nothing`"
        ]


def test_an_extension_that_makes_modules(found):
    """An extension can put modules below its own name where no finder looks: nothing is said of those."""
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    with tree({f"fast{suffix}": b"", "m.py": "from fast.inner.deep import f\nimport fast.inner"}) as t:
        assert found(t, "missing-name", "missing-module") == []


def test_the_tree_is_never_imported(found):
    """Nothing of what is checked runs."""
    with tree(
        {"m.py": "import sys\nsys.stdout.write('ran')\nraise SystemExit(3)", "json.py": "raise SystemExit"}
    ) as t:
        found(t)
        assert "m" not in sys.modules
