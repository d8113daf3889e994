"""Patches as git and diff print them are read, and applied to a copy."""

from __future__ import annotations

import re

import pytest

from loadstone.errors import BadPatch
from loadstone.fix.patch_text import read_patch
from loadstone.fix.patches import applied
from loadstone.source.tree import find_project
from loadstone.testing import tree

PATCH = b"""\
diff --git a/m.py b/m.py
--- a/m.py
+++ b/m.py
@@ -1,3 +1,3 @@
 a = 1
-b = 2
+b = 3
 c = 3
"""


def patched(t, text):
    with applied(find_project([str(t.path)], root=str(t.path)), read_patch(text)) as folder:
        found = {}
        for name in ("m.py", "new.py", "old.py"):
            try:
                with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
                    found[name] = file.read()
            except FileNotFoundError:
                continue
        return found


def test_a_change_of_lines():
    """Lines are replaced in the copy, and the file itself stays."""
    with tree({"m.py": "a = 1\nb = 2\nc = 3\n"}) as t:
        assert patched(t, PATCH) == {"m.py": "a = 1\nb = 3\nc = 3\n"}
        assert (t / "m.py").read_text() == "a = 1\nb = 2\nc = 3\n"


def test_lines_that_have_moved():
    """A hunk fits where its lines are, also when lines were put in above."""
    with tree({"m.py": "# one\n# two\na = 1\nb = 2\nc = 3\n"}) as t:
        assert patched(t, PATCH)["m.py"].endswith("b = 3\nc = 3\n")


def test_files_that_come_and_go():
    """A patch can make a file, and take one away."""
    text = b"--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+x = 1\n--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-y = 1\n"
    with tree({"m.py": "", "old.py": "y = 1\n"}) as t:
        assert patched(t, text) == {"m.py": "", "new.py": "x = 1\n"}


def test_absolute_paths():
    """What diff says of two absolute paths is made in the copy as well; the files themselves stay."""
    with tree({"m.py": "a = 1\nb = 2\nc = 3\n"}) as t:
        text = re.sub(
            rb"[ab]/m\.py", lambda _: bytes(t / "m.py"), PATCH
        )  # at once: the folder's name may end in b

        assert patched(t, text) == {"m.py": "a = 1\nb = 3\nc = 3\n"}
        assert (t / "m.py").read_text() == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize("path", [b"b/../outside.py", b"b/x/../../../outside.py"])
def test_a_patch_that_leads_out(path):
    """A path outside of the project is an error: nothing but the copy is written."""
    with tree({"m.py": "a = 1\n"}) as t:
        with pytest.raises(BadPatch, match="outside of the project"):
            patched(t, b"--- /dev/null\n+++ " + path + b"\n@@ -0,0 +1 @@\n+x = 1\n")


def test_a_last_line_without_an_end():
    """What git says about a missing line end is obeyed."""
    text = b"--- a/m.py\n+++ b/m.py\n@@ -1 +1 @@\n-a = 1\n\\ No newline at end of file\n+a = 2\n"
    with tree({"m.py": b"a = 1"}) as t:
        assert patched(t, text) == {"m.py": "a = 2\n"}


def test_lines_end_with_a_line_feed_alone():
    """A form feed and a carriage return are within a line, as for git."""
    text = b"--- a/m.py\n+++ b/m.py\n@@ -1,2 +1,2 @@\n \x0c# one\rtwo\n-a = 1\r\n+a = 2\r\n"
    with tree({"m.py": b"\x0c# one\rtwo\na = 1\r\n"}) as t:
        assert patched(t, text) == {"m.py": "\x0c# one\rtwo\na = 2\r\n"}


@pytest.mark.parametrize(
    ("header", "old", "new"),
    [
        (b"similarity index 100%\nrename from old.py\nrename to caf\xc3\xa9.py", "old.py", "café.py"),
        (b'rename from old.py\nrename to "caf\\303\\251.py"', "old.py", "café.py"),
        (b"new file mode 100644\nindex 0000000..e69de29", None, "b/shop/__init__.py"),
        (b"deleted file mode 100644\nindex e69de29..0000000", "b/shop/__init__.py", None),
    ],
)
def test_what_git_tells_without_lines(header, old, new):
    """A file under a new name, and an empty one that comes or goes, have no lines in a patch."""
    start = b"diff --git a/shop/__init__.py b/shop/__init__.py\n"
    more = PATCH.replace(b"m.py", b"n.py")

    assert read_patch(start + header + b"\n" + more)[0] == (old, new, ())
    assert len(read_patch(start + header + b"\n")) == 1
    assert len(read_patch(more + start + b"old mode 100644\nnew mode 100755\n")) == 1


def test_names_that_git_quotes():
    """Other letters than ASCII, and quotation marks, are written with backslashes."""
    text = PATCH.replace(b"a/m.py", b'"a/caf\\303\\251 \\"x\\".py"').replace(
        b"b/m.py", b'"b/caf\\303\\251 \\"x\\".py"'
    )

    assert read_patch(text)[0][:2] == ('a/café "x".py', 'b/café "x".py')


@pytest.mark.parametrize("text", [PATCH[:-8], PATCH.replace(b" a = 1\n", b"a = 1\n")])
def test_a_patch_that_breaks_off(text):
    """A patch without all of its lines is an error that names the line."""
    with pytest.raises(BadPatch, match=r"it breaks off in line \d"):
        read_patch(text)


def test_the_reverse():
    """A patch turned round takes back what it does."""
    with tree({"m.py": "a = 1\nb = 3\nc = 3\n"}) as t:
        (patch,) = read_patch(PATCH)
        with applied(find_project([str(t.path)], root=str(t.path)), [patch.reverse]) as folder:
            with open(f"{folder}/m.py", encoding="utf-8") as file:
                assert file.read() == "a = 1\nb = 2\nc = 3\n"


def test_what_does_not_fit():
    """Lines that are not there are an error, and so is a text without a patch."""
    with tree({"m.py": "z = 1\n"}) as t:
        with pytest.raises(BadPatch, match=r"does not fit a?/?m.py"):
            patched(t, PATCH)
    with pytest.raises(BadPatch, match="no change of a file"):
        read_patch(b"hello\n")
