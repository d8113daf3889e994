"""Several files are written as one: all or none, also when the process is killed at any step."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from loadstone.errors import FilesChanged, WriteInProgress
from loadstone.fix.journal import recover, write
from loadstone.fix.unfinished import FOLDER
from loadstone.testing import tree

OLD = {"a.py": "a = 1\n", "b.py": "b = 1\n", "pack/c.py": "c = 1\n"}

# Writes three files, and dies without a word at the step that its argument counts: a rename or a flush to the disk.
DYING = """
import os, sys
from loadstone.fix import journal

left = [int(sys.argv[1])]
def counted(act):
    def step(*args):
        if not left[0]:
            os._exit(9)
        left[0] -= 1
        return act(*args)
    return step
os.replace, os.rename, os.fsync = map(counted, (os.replace, os.rename, os.fsync))
paths = [os.path.join(os.getcwd(), name) for name in ("a.py", "b.py", "pack/c.py")]
before = {path: open(path, "rb").read() for path in paths}
journal.write(os.getcwd(), before, {path: text.replace(b"1", b"2") for path, text in before.items()})
"""


def contents(t):
    return {(t / name).read_text() for name in OLD}


def change(t, text="2"):
    before = {str(t / name): (t / name).read_bytes() for name in OLD}
    return before, {path: content.replace(b"1", text.encode()) for path, content in before.items()}


def test_all_files_are_written():
    """All files have their new content, with the permissions they had, and nothing else is left."""
    with tree(OLD) as t:
        os.chmod(t / "a.py", 0o755)
        write(str(t.path), *change(t))

        assert contents(t) == {"a = 2\n", "b = 2\n", "c = 2\n"}
        assert stat.S_IMODE(os.stat(t / "a.py").st_mode) == 0o755
        assert sorted(os.listdir(t.path)) == ["a.py", "b.py", "pack"]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be flushed there")
def test_killed_at_any_step():
    """Wherever the process dies, the next run makes all files old or all files new."""
    outcomes = set()
    for steps in range(40):
        with tree(OLD) as t:
            done = t.python("-c", DYING, str(steps))
            recover(str(t.path))
            outcomes.add(frozenset(contents(t)))
            assert sorted(name for name in os.listdir(t.path) if name.startswith(FOLDER + os.sep)) == []
            assert not (t / FOLDER).exists()
            if done.returncode == 0:
                break
            assert done.returncode == 9

    assert outcomes == {
        frozenset({"a = 1\n", "b = 1\n", "c = 1\n"}),
        frozenset({"a = 2\n", "b = 2\n", "c = 2\n"}),
    }


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be flushed there")
def test_a_file_that_was_edited_after_the_kill():
    """Where somebody has edited one of the files since, the others are old again, and the edit stays."""
    for steps in range(40):
        with tree(OLD) as t:
            t.python("-c", DYING, str(steps))
            if (t / FOLDER / "files.json").exists():
                t.write("b.py", "b = 3\n")
                found = recover(str(t.path))

                assert contents(t) == {"a = 1\n", "b = 3\n", "c = 1\n"}
                assert found.edited == (str(t / "b.py"),)
                assert "taken back" in str(found)
                return


def test_a_file_that_changed_before():
    """A file that is not what the plan was made from keeps everything as it is."""
    with tree(OLD) as t:
        before, after = change(t)
        t.write("b.py", "b = 7\n")
        with pytest.raises(FilesChanged, match=r"b\.py"):
            write(str(t.path), before, after)

        assert contents(t) == {"a = 1\n", "b = 7\n", "c = 1\n"}
        assert not (t / FOLDER).exists()


def test_an_error_half_way(monkeypatch):
    """A file that cannot be replaced takes the others back with it."""
    with tree(OLD) as t:
        before, after = change(t)
        real = os.replace

        def replace(old, new):
            if new.endswith("c.py") and b"2" in Path(old).read_bytes():
                raise PermissionError(13, "no", new)
            return real(old, new)

        monkeypatch.setattr(os, "replace", replace)
        with pytest.raises(PermissionError):
            write(str(t.path), before, after)
        monkeypatch.undo()

        assert contents(t) == {"a = 1\n", "b = 1\n", "c = 1\n"}


def test_another_process_is_writing():
    """While another process writes in a project, nobody else does."""
    with tree({**OLD, f"{FOLDER}/process": str(os.getppid())}) as t:
        with pytest.raises(WriteInProgress):
            write(str(t.path), *change(t))

        assert contents(t) == {"a = 1\n", "b = 1\n", "c = 1\n"}


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link():
    """A file that is a symbolic link is written where it really is."""
    with tree({"real/a.py": "a = 1\n"}) as t:
        link = str(t / "a.py")
        os.symlink(t / "real/a.py", link)
        write(str(t.path), {link: b"a = 1\n"}, {link: b"a = 2\n"})

        assert os.path.islink(link)
        assert (t / "real/a.py").read_text() == "a = 2\n"
