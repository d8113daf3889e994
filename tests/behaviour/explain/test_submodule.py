"""Submodules that nothing has imported, and names that nothing has imported."""

from __future__ import annotations

import os
import xml

import pytest

from loadstone.testing import tree


def test_submodule_that_nothing_imported(explained, repaired):
    """A package does not have its submodules by itself: where it is, and the line to add."""
    with tree({"main.py": "import xml\nxml.etree.ElementTree.XML('<a/>')\nprint('fine')"}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == "AttributeError: module 'xml' has no attribute 'etree'"
        assert done.text == (
            "loadstone: xml.etree is a module of its own, and nothing has imported it: `import xml` does not\n"
            "  main.py:2  xml.etree.ElementTree.XML('<a/>')  needs xml.etree\n"
            f"  {os.path.join(os.path.dirname(xml.__file__), 'etree', '__init__.py')}  is there\n"
            "  repair: add `import xml.etree.ElementTree` after line 1"
        )
        assert t.python("main.py").stdout == "fine\n"


def test_who_makes_it_work_elsewhere(explained):
    """The module of the project that imports it, by accident for all the others, is named."""
    files = {
        "main.py": "import xml\nxml.etree",
        "shop/feed.py": "import json\nfrom xml.etree import ElementTree",
    }
    with tree(files) as t:
        done = explained(t, "main.py")

        line = (
            "shop/feed.py:2  from xml.etree import ElementTree  imports it: where that runs first, it works"
        )
        assert line in done.text.replace(" " * 20, "  ")


def test_own_package(explained, repaired):
    """The same for a package of one's own, with an alias for it."""
    with tree(
        {"shop/__init__.py": "", "shop/db.py": "X = 1", "main.py": "import shop\nprint(shop.db.X)"}
    ) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.value["repair"]["say"] == "add `import shop.db` after line 1"
        assert t.python("main.py").stdout == "1\n"


def test_import_that_explaining_needs_itself(explained):
    """What the explainer imports for itself does not count as imported by the program."""
    with tree({"main.py": "import importlib\nimportlib.util.find_spec"}) as t:
        assert explained(t, "main.py").value["facts"]["import"] == "importlib.util"


def test_submodule_that_was_taken_away(explained):
    """A submodule that was imported, and deleted from its package, is not brought back by an import."""
    with tree({"main.py": "import xml.etree\ndel xml.etree\nxml.etree"}) as t:
        assert explained(t, "main.py").kind is None


def test_package_that_has_no_such_submodule(explained):
    """An attribute that is no submodule is not explained so."""
    with tree({"main.py": "import xml\nxml.wholly_absent"}) as t:
        assert explained(t, "main.py").kind is None


def test_folder_of_data(explained):
    """A folder without Python in it is no submodule that anybody meant."""
    with tree(
        {"shop/__init__.py": "", "shop/templates/a.html": "", "main.py": "import shop\nshop.templates"}
    ) as t:
        assert explained(t, "main.py").kind is None


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("print(json.dumps([1]))", "import json"),
        ('"""Doc."""\nfrom __future__ import annotations\nprint(json.dumps([1]))', "import json"),
        ("def f():\n    return ET.XML('<a/>')\nf()", "import xml.etree.ElementTree as ET"),
        ("print(reduce(max, [1]))", "from functools import reduce"),
        ("print(defaultdict(int))", "from collections import defaultdict"),
        ("print(Path('x'))", "from pathlib import Path"),
    ],
)
def test_name_that_an_import_would_bring(explained, repaired, program, line):
    """A name that nothing imports, and that is used as an importable thing is: the line to add."""
    with tree({"main.py": program}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last.startswith("NameError: name ")
        assert (done.kind, done.value["facts"]["import"]) == ("forgotten-import", line)
        assert t.python("main.py").stderr == ""


def test_name_that_another_file_imports(explained, repaired):
    """How the rest of the project imports that name is the best guess."""
    files = {"main.py": "print(cfg.X)", "config.py": "X = 1", "other.py": "import json\nimport config as cfg"}
    with tree(files) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert "other.py:2  import config as cfg  has the import" in done.text
        assert t.python("main.py").stdout == "1\n"


@pytest.mark.parametrize(
    "program",
    [
        "print(token)",  # a word that happens to be a module's name, and is not used as one
        "print(json.wholly_absent)",
        "def f():\n    import json\n    return json\njson.dumps(1)",
        "if len('') > 1:\n    import json\njson.dumps(1)",
        "print(np.array([1]))",  # not installed here
        "def f():\n    print(x)\n    x = 1\nf()",
        "undefined_name",
    ],
)
def test_name_of_another_kind(explained, program):
    """A name that the file binds itself, or that is not used as what could be imported, is not explained."""
    with tree({"main.py": program}) as t:
        assert explained(t, "main.py").kind is None
