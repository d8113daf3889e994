"""Whether two modules import one another: seen at once in most packages, without reading all that they import."""

from __future__ import annotations

import os

from loadstone.source.project import Library
from loadstone.testing import tree

PACKAGE = {
    "pack/__init__.py": "from pack.deep import x",
    "pack/deep/__init__.py": "from pack.deep.stars import *\nimport pack.far",
    "pack/deep/stars.py": "from . import other\nx = 1",
    "pack/deep/other.py": "import pack.far",
    "pack/far.py": "",
    "pack/alone.py": "import pack.far",
}


def ask(files, one, other):
    with tree(files) as t:
        library = Library([str(t.path)])
        together = library.world.rings.together(one, other)
        return together, {os.path.basename(path) for path in [*library.files.keys()]}


def test_a_loop_through_the_package_is_seen_at_once():
    """A module that takes a name through its package imports what the package imports: two files tell."""
    assert ask(PACKAGE, "pack.deep", "pack.deep.stars") == (True, {"__init__.py", "stars.py"})


def test_a_longer_loop_is_found():
    """Where two files do not tell, all that the other module imports is read."""
    files = {"a.py": "from b import *", "b.py": "import c", "c.py": "import d", "d.py": "import a"}

    assert ask(files, "a", "b") == (True, set(files))


def test_no_loop():
    """What is imported and imports nothing back is in no loop, and neither is a module with itself."""
    assert not ask({"a.py": "import b", "b.py": "import c", "c.py": ""}, "a", "b")[0]
    assert not ask(PACKAGE, "pack.deep", "pack.deep")[0]
