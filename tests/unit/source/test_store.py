"""The cache on disk: what is kept comes back, and no state of the file is fatal."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from loadstone.source.store import Store, default_path
from loadstone.testing import tree

WRITE = """
import sys
from loadstone.source.store import Store
for number in range(30):
    with Store(sys.argv[1]) as store:
        store.put("summary", sys.argv[2].encode() + bytes([number]), b"x" * 10_000)
"""


def filled(path):
    with Store(path) as store:
        store.put("summary", b"k", b"value")
    return path


def test_what_is_put_comes_back():
    """A value is there for the next Store of the same file, under its kind and key only."""
    with tree({}) as t, Store(filled(str(t.path / "deep" / "c.sqlite"))) as store:
        assert store.get("summary", b"k") == b"value"
        assert store.get("program", b"k") is None
        assert store.get_all("summary", [b"k", b"other"]) == {b"k": b"value"}


def test_without_a_path_nothing_is_kept():
    """A Store of nothing takes everything and has nothing."""
    with Store() as store:
        store.put("summary", b"k", b"value")

        assert store.get("summary", b"k") is None


@pytest.mark.parametrize(
    "content",
    [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000],
    ids=["empty", "text", "damaged"],
)
def test_a_file_that_is_no_cache_is_replaced(content):
    """A damaged file is made anew, and keeps again."""
    with tree({"c.sqlite": content}) as t:
        path = filled(str(t.path / "c.sqlite"))

        with Store(path) as store:
            assert store.get("summary", b"k") == b"value"


def test_damage_in_the_middle():
    """Pages that are overwritten cost what they held, and nothing else."""
    with tree({}) as t:
        path = str(t.path / "c.sqlite")
        with Store(path) as store:
            for number in range(200):
                store.put("summary", bytes([number]), os.urandom(2000))
        with open(path, "r+b") as file:
            file.seek(20_000)
            file.write(b"\xff" * 200_000)

        with Store(path) as store:
            found = store.get_all("summary", [bytes([number]) for number in range(200)])
            store.put("summary", b"k", b"value")
            assert len(found) < 200
        with Store(path) as store:
            assert store.get("summary", b"k") in {b"value", None}


def test_a_changed_value_does_not_count():
    """A value that is not what was written is no value."""
    with tree({}) as t:
        path = filled(str(t.path / "c.sqlite"))
        with sqlite3.connect(path) as database:
            database.execute("UPDATE kept SET value = ?", (b"valve",))
        database.close()

        with Store(path) as store:
            assert store.get("summary", b"k") is None


def test_another_table_is_replaced():
    """A table of other columns under the same name is of another time."""
    with tree({}) as t:
        path = str(t.path / "c.sqlite")
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE kept (name TEXT)")
        database.close()

        with Store(filled(path)) as store:
            assert store.get("summary", b"k") == b"value"


def test_a_locked_file_is_passed_over(monkeypatch):
    """While somebody holds the file for long, there is no cache."""
    with tree({}) as t:
        path = filled(str(t.path / "c.sqlite"))
        monkeypatch.setattr("loadstone.source.database._WAIT", 0.01)
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("BEGIN EXCLUSIVE")
        with Store(path) as store:
            store.put("summary", b"new", b"value")
            assert store.get("summary", b"k") is None
        database.execute("ROLLBACK")
        database.close()

        with Store(path) as store:
            assert store.get("summary", b"k") == b"value"


@pytest.mark.parametrize("place", ["file.txt/c.sqlite", "/proc/nowhere/c.sqlite", "folder"])
def test_a_place_that_takes_no_file(place):
    """Where nothing can be written, nothing is kept and nothing raised."""
    with tree({"file.txt": "", "folder/": ""}) as t, Store(os.path.join(t.path, place)) as store:
        store.put("summary", b"k", b"value")

        assert store.get("summary", b"other") is None


def test_two_processes_at_once():
    """Two processes that write at the same time lose nothing."""
    with tree({}) as t:
        path = str(t.path / "c.sqlite")
        both = [subprocess.Popen([sys.executable, "-c", WRITE, path, name]) for name in "ab"]
        assert [one.wait() for one in both] == [0, 0]

        with Store(path) as store:
            keys = [name + bytes([number]) for name in (b"a", b"b") for number in range(30)]
            assert len(store.get_all("summary", keys)) == 60


def test_what_nobody_uses_dies(monkeypatch):
    """A row that was not used for 30 days is taken out by the first who writes on a day."""
    with tree({}) as t:
        path = filled(str(t.path / "c.sqlite"))
        with sqlite3.connect(path) as database:
            database.execute("UPDATE kept SET used = used - 31")
            database.execute("PRAGMA user_version = 0")
        database.close()
        with Store(path) as store:
            store.put("summary", b"new", b"value")

        with Store(path) as store:
            assert store.get_all("summary", [b"k", b"new"]) == {b"new": b"value"}


def test_the_folder_can_be_chosen(monkeypatch):
    """LOADSTONE_CACHE names the folder; the file's name tells the version of Python."""
    monkeypatch.setenv("LOADSTONE_CACHE", "/somewhere")

    assert (default_path() or "").startswith(os.path.join("/somewhere", sys.implementation.cache_tag))
