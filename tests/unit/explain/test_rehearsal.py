"""Imports gone through in thought come out as Python's do."""

from __future__ import annotations

import pytest

from loadstone.explain.files import Files
from loadstone.explain.modules import Modules
from loadstone.explain.rehearsal import Stumble, World
from loadstone.testing import tree


def stumbles(files: dict[str, str], main: str = "main.py") -> tuple[str, str, str, int] | None:
    """Return where the program stumbles in a rehearsal: (kind, module, name, line); None if it does not."""
    with tree(files) as t:
        try:
            World(Modules([str(t.path)]), Files()).start(str(t / main), "")
        except Stumble as place:
            return place.kind, place.module, place.name, place.line
        return None


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (
            {"main.py": "import a", "a.py": "from b import g\ndef f(): pass", "b.py": "from a import f"},
            ("ImportError", "a", "f", 1),
        ),
        (
            {"main.py": "import a", "a.py": "import b\ndef f(): pass", "b.py": "import a\na.f()"},
            ("AttributeError", "a", "f", 2),
        ),
        (
            {
                "main.py": "import p.a",
                "p/__init__.py": "",
                "p/a.py": "import p.b",
                "p/b.py": "import p.a\np.a",
            },
            ("AttributeError", "p", "a", 2),
        ),
        ({"main.py": "def f(): return x\nf()"}, ("NameError", "__main__", "x", 1)),
        (
            {"main.py": "class A:\n    def __init__(self): self.x = missing\nA()"},
            ("NameError", "__main__", "missing", 2),
        ),
        ({"main.py": "x = 1\ndel x\nprint(x)"}, ("NameError", "__main__", "x", 3)),
        ({"main.py": "from a import *\nprint(f)", "a.py": "_f = 1"}, ("NameError", "__main__", "f", 2)),
    ],
)
def test_where_python_fails(files, place):
    """A name that is asked for too early, of a module or of nobody."""
    assert stumbles(files) == place


@pytest.mark.parametrize(
    "files",
    [
        {"main.py": "import a", "a.py": "import b\ndef f(): pass", "b.py": "import a\ndef g(): return a.f()"},
        {
            "main.py": "import a",
            "a.py": "def f(): pass\nfrom b import g",
            "b.py": "from a import f\ndef g(): pass",
        },
        {
            "main.py": "import p.a",
            "p/__init__.py": "",
            "p/a.py": "from . import b",
            "p/b.py": "from . import a",
        },
        {"main.py": "from a import *\nprint(f)", "a.py": "f = 1"},
        {"main.py": "try:\n    import os\nexcept ImportError:\n    os = None\nos.path"},
        {"main.py": "def f(x):\n    y = x\n    return [z for z in y]\nf([1])"},
        {"main.py": "def f():\n    x = 1\n    def g(): return x\n    return g()\nf()"},
        {"main.py": "def f(): return g()\ndef g(): return f()\n"},
        {"main.py": "from __future__ import annotations\ndef f(x: Missing): pass"},
        {"main.py": "match [1]:\n    case [x]:\n        print(x)"},
        {"main.py": "with open(__file__) as f:\n    print(f)\nfor i, j in []:\n    print(i, j)"},
        {"main.py": "import a\na.made_up", "a.py": "def __getattr__(name): return 1"},
        {"main.py": "import a\na.x", "a.py": "globals()['x'] = 1"},
        {"main.py": "if __name__ == '__main__':\n    pass\nelse:\n    missing"},
        {"main.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from absent import x"},
    ],
)
def test_where_python_gets_through(files):
    """What Python runs, a rehearsal gets through."""
    with tree(files) as t:
        assert t.python("main.py").returncode == 0
    assert stumbles(files) is None
