"""Names compared by what they stand for: how they came to it is left out, everything else is in."""

from __future__ import annotations

import pytest

from loadstone.fix.model import Model
from loadstone.source.tree import find_project
from loadstone.testing import tree

LIBRARY = {
    "a.py": "def f(): ...\nx = 1\n",
    "b.py": "def f(): ...\n",
    "face.py": "from a import f\nfrom a import x as y\n",
}


def sense(text, name="f", module="m"):
    """Return what a name of ``m.py`` with this text stands for."""
    with tree({**LIBRARY, "m.py": text}) as t:
        return Model(find_project([str(t.path)], root=str(t.path))).senses(module).get(name)


SAME = sense("from a import f")


@pytest.mark.parametrize(
    "text",
    [
        "from a import *",
        "from face import f",
        "from face import *",
        "from b import *\nfrom a import *",
        "from b import f\ndel f\nfrom a import f",
    ],
)
def test_the_same_thing(text):
    """By star, through another module, or after something that it hides: it is the same."""
    assert sense(text) == SAME


@pytest.mark.parametrize(
    "text",
    [
        "from b import f",
        "from a import *\nfrom b import *",
        "from a import x as f",
        "from face import y as f",
        "import a as f",
        "def f(): ...",
        "from a import f\ndef f(): ...",
        "from a import f\nf = 1",
    ],
)
def test_another_thing(text):
    """A thing of another module, another name of the same one, the module, or one of its own: it is another."""
    assert sense(text) != SAME


def test_a_name_that_only_one_branch_gives():
    """What either branch may give is not what one of them gives, whichever comes first in the text."""
    either = "import os\nif os.environ.get('X'):\n    from {} import f\nelse:\n    from {} import f\n"

    assert sense(either.format("a", "b")) != SAME
    assert sense(either.format("b", "a")) != SAME
    assert sense(either.format("a", "a")) == SAME


def test_a_name_that_is_not_there():
    """A name that its module has not got is missing, and not the same as one that is there."""
    assert sense("from a import nothing as f")[1]
    assert not SAME[1]


def test_no_name():
    """What was deleted, and what was never bound, stands for nothing; what Python binds is there."""
    assert sense("from a import f\ndel f") is None
    assert sense("") is None
    assert sense("", "__name__") is not None
