"""Rules that run in a copy of the process: what is found, and kept, is what one process finds and keeps."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest

from loadstone.testing import tree

FILES = {
    "pyproject.toml": "",
    **{f"src/pkg/m{number}.py": "import pkg.m1\n" for number in range(60)},
    "src/pkg/__init__.py": "",
    "src/pkg/left.py": "from pkg.right import one\nimport xml.dom\n\ndef two():\n    return one\n",
    "src/pkg/right.py": "from pkg.left import two\n\ntwo()\none = 1\n",
    "src/random.py": "import pkg.left",
    "run.py": "import random\nif __name__ == '__main__':\n    import pkg.left\n",
}
CHECK = """
import pickle, sys
from loadstone.check import beside
from loadstone.check.config.settings import Settings
from loadstone.check.keeping.answer import recall, recall_record
from loadstone.check.keeping.checking import check_again, check_all
from loadstone.source.inputs import changed
from loadstone.source.store import Store
from loadstone.source.tree import find_project

root, path, copies, added = sys.argv[1:]
if copies == "broken":
    beside.Beside.result = lambda self: None
with Store(path) as store:
    project = find_project([root], root=root, store=store)
    check_all(project, Settings(root=root), store, b"key", copies=copies != "none")
if added:
    with open(f"{root}/src/pkg/right.py", "a") as file:
        file.write(added)
    with Store(path) as store:
        answer = recall(store, b"key")
        assert check_again(store, b"key", answer, changed(answer.inputs), None, copies=copies != "none")
with Store(path) as store:
    answer = recall(store, b"key")
    record = recall_record(store, b"key", answer)
    kept = sorted(store._database._connection.execute("SELECT kind, key FROM kept"))
    sys.stdout.buffer.write(pickle.dumps((answer, record, kept)))
"""


def settled(inputs):
    """Return inputs without their times: a file may have been too young for its own to count."""
    return sorted((one.kind, one.path, one.size, one.content) for one in inputs)


def words(mentions):
    """Return who mentions each word."""
    names = dict(enumerate(mentions.modules))
    return {word: names.get(owner) for word, owner in zip(mentions.checksums, mentions.owners, strict=True)}


def plain(record):
    """Return a record with its mentions in a form that does not depend on the order of modules."""
    return record._replace(mentions=words(record.mentions), callables=words(record.callables))


def checked(t, copies, added=""):
    """Return the answer and the record of a check in a process of its own, and the keys of all rows.

    With an addition to right.py, they are those of the check after it.
    """
    root, path = str(t.path), str(t.path.parent / f"{t.path.name}.sqlite")
    try:
        words = [sys.executable, "-c", CHECK, root, path, copies, added]
        return pickle.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True, timeout=120).stdout)
    finally:
        os.remove(path)


@pytest.mark.parametrize("copies", ["made", "broken"])
def test_a_copy_changes_nothing(copies):
    """Findings, inputs, notes, questions and rows are the same with a copy, without one, and with one that fails."""
    with tree(FILES) as t:
        answer, record, rows = checked(t, "none")
        other_answer, other_record, other_rows = checked(t, copies)

        assert {one.rule for one in answer.found} >= {"crash-cycle", "hides-stdlib"}
        assert other_answer.found == answer.found
        assert settled(other_answer.inputs) == settled(answer.inputs)
        assert plain(other_record) == plain(record)
        assert str(other_rows) == str(rows)


@pytest.mark.parametrize("copies", ["made", "broken"])
def test_a_copy_after_an_edit(copies):
    """So they are where an edit is seen by others and goes into a loop of imports."""
    added = "from pkg.left import three\n"
    with tree(FILES) as t:
        answer, record, _ = checked(t, "none", added)
        t.write("src/pkg/right.py", FILES["src/pkg/right.py"])
        other_answer, other_record, _ = checked(t, copies, added)

        assert "three" in str(answer.found)
        assert other_answer.found == answer.found
        assert settled(other_answer.inputs) == settled(answer.inputs)
        assert plain(other_record) == plain(record)
