"""``loadstone fix``: what is written, what is shown, what is refused, and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from loadstone.testing import tree

STARS = {
    "pyproject.toml": "",
    "a.py": "import os\ndef f(): ...\ndef g(): ...\n",
    "b.py": "def f(): ...\n",
    "m.py": "from a import *  # all of it\nfrom b import *\n\nf(), g()\n",
}


def test_stars_are_made_explicit():
    """Each star becomes the names that are needed, the running winner's where two bring one name; comments stay."""
    with tree(STARS) as t:
        done = t.loadstone("fix")

        assert (t / "m.py").read_text() == "from a import g  # all of it\nfrom b import f\n\nf(), g()\n"
        assert done.returncode == 0
        assert done.stdout.splitlines() == [
            "m.py:1: name what is used of a: 1 of 3 names [star]",
            "m.py:2: name what is used of b: 1 of 1 name [star]",
            "2 repairs in 1 file written",
        ]


def test_nothing_to_fix():
    """Without findings nothing is written, and the exit code is 0; a second run finds nothing."""
    with tree(STARS) as t:
        t.loadstone("fix")
        done = t.loadstone("fix")

        assert (done.returncode, done.stdout, done.stderr) == (0, "nothing to fix\n", "")


def test_the_preferred_module_wins():
    """With --prefer the names of that module win, wherever they are passed on."""
    with tree({**STARS, "n.py": "import m\nm.f()\n"}) as t:
        done = t.loadstone("fix", "--prefer", "a")

        assert (t / "m.py").read_text() == "from a import f, g  # all of it\n\nf(), g()\n"
        assert done.returncode == 0


def test_all_names_are_kept_where_that_is_wanted():
    """With --keep all a star becomes all names that it brings."""
    with tree(STARS) as t:
        t.loadstone("fix", "--keep", "all")

        assert (t / "m.py").read_text().startswith("from a import g, os  # all of it\nfrom b import f\n")


def test_a_diff_is_a_patch():
    """--diff prints a patch on standard output and nothing else there, writes nothing, and is exit code 1."""
    with tree(STARS) as t:
        done = t.loadstone("fix", "--diff")

        assert done.returncode == 1
        assert done.stdout.splitlines() == [
            "--- a/m.py",
            "+++ b/m.py",
            "@@ -1,4 +1,4 @@",
            "-from a import *  # all of it",
            "-from b import *",
            "+from a import g  # all of it",
            "+from b import f",
            " ",
            " f(), g()",
        ]
        assert done.stderr == "2 repairs in 1 file would be written\n"
        assert (t / "m.py").read_text() == STARS["m.py"]


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_takes_the_patch():
    """The patch has the bytes of the files: other encodings, form feeds, and lines that end as on old systems."""
    star = b"from os.path import *\n"
    files = {
        "pyproject.toml": "",
        "latin.py": b"# -*- coding: latin-1 -*-\n" + star[:-1] + "  # é\njoin\n".encode("latin-1"),
        "feed.py": b"\x0c" + star + b"join\n",
        "old.py": star.replace(b"\n", b"\rjoin\r"),
        "windows.py": b"\xef\xbb\xbf" + star.replace(b"\n", b"\r\n") + b"join\r\n",
        "café.py": star + b"join",
    }
    with tree(files) as t, tree(files) as other:
        t.loadstone("fix")
        patch = t / "it.patch"
        with open(patch, "wb") as file:
            command = [sys.executable, "-m", "loadstone", "fix", "--diff"]
            subprocess.run(command, cwd=other.path, stdout=file, stderr=subprocess.DEVNULL, check=False)
        subprocess.run(["git", "apply", str(patch)], cwd=other.path, check=True)

        assert {name: (other / name).read_bytes() for name in files} == {
            name: (t / name).read_bytes() for name in files
        }
        assert b"import join" in (other / "latin.py").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_one_file_with_two_names():
    """A file that is two modules by a link is left alone, for each may need other names; so is one outside."""
    star = "from os.path import *\nprint(join('a'))\n"
    with tree({"far.py": star}) as elsewhere, tree({"a.py": star, "use.py": "from a import normcase\n"}) as t:
        (t / "b.py").symlink_to("a.py")
        (t / "far.py").symlink_to(elsewhere / "far.py")
        done = t.loadstone("fix")

        assert done.stdout.splitlines() == [
            "a.py:1: not fixed: a symbolic link makes it one file with b.py: two modules would change [star]",
            "b.py:1: not fixed: a symbolic link makes it one file with a.py: two modules would change [star]",
            f"far.py:1: not fixed: it is a link to {elsewhere / 'far.py'}, which is no part of the project [star]",
            "0 repairs in 0 files written; 3 not fixed, for the reasons above",
        ]
        assert (t / "a.py").read_text() == star


def test_an_import_that_others_live_on():
    """An import that is replaced at once may be what gives another module its submodule: then it stays."""
    files = {
        "shop/__init__.py": "",
        "shop/cart.py": "X = 1\n",
        "other.py": "shop = 2\n",
        "b.py": "import shop.cart\nfrom other import shop\nprint(shop)\n",
        "a.py": "import shop\nimport b\nprint(shop.cart.X)\n",
    }
    with tree(files) as t:
        done = t.loadstone("fix", "--rule", "double-import")

        assert done.stdout.splitlines()[0] == (
            "b.py:2: not fixed: a: `shop.cart` would be no attribute: nobody imports shop.cart any more [double-import]"
        )
        assert t.python("a.py").stdout == "2\n1\n"


def test_a_refusal_has_its_reason():
    """What cannot be proven is left, said with the reason, and exit code 1."""
    files = {"a.py": "globals()['f'] = 1\n", "m.py": "from a import *\nf\n"}
    with tree(files) as t:
        done = t.loadstone("fix")

        assert done.returncode == 1
        assert "m.py:1: not fixed: not all names of a can be read" in done.stdout
        assert done.stdout.endswith("0 repairs in 0 files written; 1 not fixed, for the reasons above\n")
        assert (t / "m.py").read_text() == files["m.py"]


def test_json():
    """--format json has repairs, refusals, and whether anything was written."""
    with tree(STARS) as t:
        found = json.loads(t.loadstone("fix", "--diff", "--format", "json").stdout)

        assert found["written"] is False
        assert found["files"] == [str(t / "m.py")]
        assert found["repairs"][0] == {
            "rule": "star",
            "path": str(t / "m.py"),
            "line": 1,
            "title": "name what is used of a: 1 of 3 names",
        }
        assert found["refused"] == []


def test_only_the_rules_that_were_asked_for():
    """--rule chooses; a conflict is then settled by a line behind the stars."""
    with tree(STARS) as t:
        t.loadstone("fix", "--rule", "star-conflict")

        assert (t / "m.py").read_text().splitlines()[:3] == [
            "from a import *  # all of it",
            "from b import *",
            "from b import f",
        ]


def test_only_what_was_named_is_repaired():
    """A file that is named is repaired; the proof is about the whole project all the same."""
    with tree({**STARS, "other.py": "from m import *\ng\n"}) as t:
        t.loadstone("fix", "other.py")

        assert (t / "m.py").read_text() == STARS["m.py"]
        assert (t / "other.py").read_text() == "from m import g\ng\n"


def test_an_ignored_finding_is_left():
    """A comment that silences a rule keeps its finding from being repaired."""
    with tree({**STARS, "m.py": "from a import *  # loadstone: ignore[star]\ng()\n"}) as t:
        assert t.loadstone("fix").stdout == "nothing to fix\n"


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"m.py": "import xml\n\nxml.etree.ElementTree\n"}, "import xml.etree"),
        ({"m.py": "import os, datetime\nfrom datetime import datetime\n\ndatetime.now, os\n"}, "import os"),
        ({"m.py": '__all__ = ["f" "g"]\ndef f(): ...\ndef g(): ...\n'}, '__all__ = ["f", "g"]'),
        ({"m.py": '__all__ = ["f", "zebra"]\ndef f(): ...\n'}, '__all__ = ["f"]'),
        ({"numpy.py": "", "m.py": "import numpy as n\n\nn.array\n"}, "import numpy as np"),
        ({"m.py": "import os  # loadstone: ignore[star]\nos\n"}, "import os"),
    ],
    ids=["missing-submodule", "double-import", "comma", "entry", "alias", "unused-ignore"],
)
def test_other_rules(files, line):
    """Every rule that has a repair makes it."""
    with tree(files) as t:
        done = t.loadstone("fix")

        assert done.returncode == 0, done.stdout
        assert line in (t / "m.py").read_text().splitlines()


def test_a_double_import_of_one_line():
    """An import that is replaced at once goes, with its line."""
    with tree({"m.py": "import datetime\nfrom datetime import datetime\n\ndatetime.now\n"}) as t:
        t.loadstone("fix")

        assert (t / "m.py").read_text() == "from datetime import datetime\n\ndatetime.now\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rule", "stra"], "unknown rule 'stra': did you mean 'star'?"),
        (["--rule", "crash-cycle"], "rule 'crash-cycle' has no repair"),
        (["--prefer", "nowhere"], "--prefer nowhere: there is no such module"),
        (["nowhere.py"], "there is no file"),
    ],
)
def test_wrong_use(words, said):
    """A mistake on the command line is exit code 2 and a sentence."""
    with tree({"m.py": ""}) as t:
        done = t.loadstone("fix", *words)

        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_a_killed_run_is_finished():
    """What an earlier run had decided to write, and had no time for, is written first, and said."""
    import hashlib

    old, new = b"x = 1\n", b"x = 2\n"
    digests = {"old": hashlib.sha256(old).hexdigest(), "new": hashlib.sha256(new).hexdigest()}
    with tree({"m.py": old, ".loadstone-fix/0.old": old, ".loadstone-fix/0.new": new}) as t:
        t.write(".loadstone-fix/files.json", json.dumps([{"path": str(t / "m.py"), **digests}]))
        done = t.loadstone("fix", ".")

        assert (
            done.stderr
            == "loadstone fix: an earlier run was killed while it wrote: its work is finished now (1 file)\n"
        )
        assert (t / "m.py").read_bytes() == new


@pytest.mark.parametrize("words", [("check",), ("graph",), ("check", "pk/m.py"), ("verify", "--git", "HEAD")])
def test_a_killed_run_is_mentioned(words):
    """Commands that read a project say that it is half written, and finish nothing themselves."""
    with tree({"pk/m.py": "x = 1\n", ".loadstone-fix/files.json": "[]", "pyproject.toml": ""}) as t:
        done = t.loadstone(*words)

        assert f"in {t.path} loadstone fix was killed while it wrote, or is at work: " in done.stderr
        assert (t / ".loadstone-fix/files.json").read_text(encoding="utf-8") == "[]"


def test_a_star_of_a_module_under_another_name():
    """The star of os.path, which os puts into sys.modules, is one repair."""
    with tree({"main.py": "from os.path import *\nprint(join('a', 'b'))\n"}) as t:
        done = t.loadstone("fix", ".")
        text = (t / "main.py").read_text(encoding="utf-8")

    assert "1 repair in 1 file" in done.stdout + done.stderr
    assert text.startswith("from os.path import join\n")
