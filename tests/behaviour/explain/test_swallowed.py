"""Imports whose failure was passed over, and what is missing later."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

QONFY = "try:\n    import qonfy\nexcept ImportError:\n    qonfy = None\n"


def test_module_that_is_absent(explained):
    """The import that failed, where that was passed over, and why it failed."""
    with tree({"main.py": QONFY + "\ndef f():\n    return qonfy.load('x')\nf()"}) as t:
        done = explained(t, "main.py")

        assert done.last == "AttributeError: 'NoneType' object has no attribute 'load'"
        assert done.text.startswith(
            "loadstone: qonfy is None, because `import qonfy` failed at main.py:2, and the failure was passed over: "
            "there is no module 'qonfy'\n"
            "  main.py:7  return qonfy.load('x')  needs qonfy\n"
            "  main.py:2  import qonfy            fails\n"
            "  main.py:3  except ImportError:     passes that over\n"
            "  repair: install what provides 'qonfy', for "
        )


def test_import_in_a_function(explained):
    """An import in a function binds a name of the function."""
    program = "def f():\n    " + QONFY.replace("\n", "\n    ") + "return qonfy.load('x')\nf()"
    with tree({"main.py": program}) as t:
        assert "qonfy is None, because `import qonfy` failed at main.py:3" in explained(t, "main.py").text


def test_module_that_is_broken(explained):
    """Broken is told from absent: what the module itself needs, and has not."""
    files = {"qonfy.py": "import os\nfrom inner import x", "inner.py": "import sys, wholly_absent"}
    with tree({**files, "main.py": QONFY + "qonfy.load('x')"}) as t:
        done = explained(t, "main.py")

        assert done.value["facts"]["cause"] == "absent"
        assert "there is no module 'wholly_absent'" in done.text
        steps = [(one["note"], one["source"]) for one in done.value["evidence"][-2:]]
        assert steps == [
            ("fails in turn", "from inner import x"),
            ("fails in turn", "import sys, wholly_absent"),
        ]


def test_module_whose_own_code_fails(explained):
    """Where no import is at fault, the command that shows the error."""
    files = {"qonfy.py": "raise ImportError('too old')"}
    with tree({**files, "main.py": QONFY.replace("qonfy = None", "pass") + "qonfy.load('x')"}) as t:
        done = explained(t, "main.py")

        assert done.last.startswith("NameError: name 'qonfy' is not defined")
        assert "'qonfy' is there, and its own code fails" in done.text
        assert done.value["repair"]["run"].endswith('-c "import qonfy"')


@pytest.mark.parametrize("program", ["from compat import lod\nlod('x')", "import compat\ncompat.lod('x')"])
def test_through_another_module(explained, repaired, program):
    """The name is taken from a module that passes the failure over; the other explanations say why it failed."""
    compat = "try:\n    from json import lod\nexcept ImportError:\n    lod = None"
    with tree({"compat.py": compat, "main.py": program}) as t:
        done = explained(t, "main.py")

        assert done.last == "TypeError: 'NoneType' object is not callable"
        assert "json has no 'lod'; it has 'load', which is nearly the same" in done.text
        assert done.value["repair"]["say"] == "write `from json import load`"


@pytest.mark.parametrize(
    "program",
    [
        "qonfy = None\nqonfy.load('x')",  # no import
        QONFY + "x = None\nx.load('x')",  # another name
        "try:\n    import json\nexcept ImportError:\n    json = None\njson = None\njson.load('x')",  # it went well
        "try:\n    import qonfy\nexcept ValueError:\n    qonfy = None\nexcept ImportError:\n    raise",
        QONFY + "qonfy = dict(a=None)\nqonfy.get('a').load",  # the name is not None
        "def f():\n    return None\nf().load('x')",
        QONFY + "def f(qonfy=None):\n    return qonfy.load('x')\nf()",  # a name of the function's own
        "def g():\n    " + QONFY.replace("\n", "\n    ") + "return qonfy\nqonfy = g()\nqonfy.load('x')",
    ],
)
def test_none_of_another_origin(explained, program):
    """What is None for another reason is not explained so."""
    with tree({"main.py": program}) as t:
        assert explained(t, "main.py").kind != "swallowed-import"
