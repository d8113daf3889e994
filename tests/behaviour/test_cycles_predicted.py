"""Some forty loops of imports: what the simulation says of each entry point, and what Python does."""

from __future__ import annotations

import json

import pytest

from loadstone.source.simulation import enter
from loadstone.source.tree import find_project
from loadstone.testing import tree

RUN = """
import importlib, json, re, sys, traceback
try:
    importlib.import_module(sys.argv[1])
except (ImportError, AttributeError, NameError) as error:
    place = traceback.extract_tb(error.__traceback__)[-1]
    while "importlib" in place.filename:
        raise SystemExit(f"import machinery: {error}")
    name = re.search("name '(.+?)'|attribute '(.+?)'|submodule '(.+?)'", str(error))
    name = next(group for group in name.groups() if group)
    print(json.dumps([type(error).__name__, name, place.filename, place.lineno]))
else:
    print("null")
"""

CYCLES = {
    "a name bound below the import": (
        {"a.py": "from b import g\ndef f(): ...", "b.py": "from a import f\ndef g(): ..."},
        ["a", "b"],
    ),
    "names bound above the imports": (
        {"a.py": "def f(): ...\nfrom b import g", "b.py": "def g(): ...\nfrom a import f"},
        [],
    ),
    "crashes at one entry only": (
        {"a.py": "def f(): ...\nfrom b import g", "b.py": "from a import f\ndef g(): ..."},
        ["b"],
    ),
    "whole modules, used inside functions": (
        {"a.py": "import b\ndef f(): return b.g()", "b.py": "import a\ndef g(): return a.f()"},
        [],
    ),
    "an attribute at module level": (
        {"a.py": "import b\nX = 1", "b.py": "import a\nY = a.X"},
        ["a"],
    ),
    "an attribute at module level, bound in time": (
        {"a.py": "X = 1\nimport b", "b.py": "import a\nY = a.X"},
        [],
    ),
    "an import inside a function": (
        {"a.py": "from b import g\ndef f(): ...", "b.py": "def g():\n    from a import f\n    return f()"},
        [],
    ),
    "an import inside a function that is called at once": (
        {
            "a.py": "from b import g\ndef f(): ...",
            "b.py": "def g():\n    from a import f\n    return f()\ng()",
        },
        ["a"],
    ),
    "a function called at once that reads a name of its module": (
        {"a.py": "def f(): return X\nimport b\nX = 1", "b.py": "import a\na.f()"},
        ["a"],
    ),
    "a base class": (
        {"a.py": "import b\nclass A: ...", "b.py": "import a\nclass B(a.A): ..."},
        ["a"],
    ),
    "a decorator": (
        {"a.py": "from b import B\ndef mark(x): return x", "b.py": "import a\n@a.mark\nclass B: ..."},
        ["a", "b"],
    ),
    "a default value": (
        {"a.py": "import b\nLIMIT = 3", "b.py": "import a\ndef f(n=a.LIMIT): ..."},
        ["a"],
    ),
    "an annotation that is text": (
        {
            "a.py": "import b\nclass A: ...",
            "b.py": "from __future__ import annotations\nimport a\ndef f(x: a.A) -> a.A: ...\nB: a.A = None",
        },
        [],
    ),
    "only for type checkers": (
        {
            "a.py": "from b import g\nclass A: ...",
            "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import A\ndef g(x: 'A'): ...",
        },
        [],
    ),
    "a package whose __init__ collects names": (
        {"p/__init__.py": "from p.a import f\nV = 1", "p/a.py": "from p import V\ndef f(): ..."},
        ["p", "p.a"],
    ),
    "a package whose __init__ collects names, bound in time": (
        {"p/__init__.py": "V = 1\nfrom p.a import f", "p/a.py": "from p import V\ndef f(): ..."},
        [],
    ),
    "a sibling by from-import of the package": (
        {"p/__init__.py": "from p import a", "p/a.py": "from p import b", "p/b.py": "from p import a"},
        [],
    ),
    "a sibling by attribute of the package": (
        {"p/__init__.py": "", "p/a.py": "import p.b\nX = 1", "p/b.py": "import p.a\nY = p.a.X"},
        ["p.a"],
    ),
    "import as of a submodule that is still running": (
        {
            "p/__init__.py": "",
            "p/a.py": "import p.b as b\nX = 1",
            "p/b.py": "import p.a as a\ndef f(): return a.X",
        },
        [],
    ),
    "a name of a submodule that is still running": (
        {"p/__init__.py": "", "p/a.py": "from .b import Y\nX = 1", "p/b.py": "from .a import X\nY = 1"},
        ["p.a", "p.b"],
    ),
    "a star over a half-made module": (
        {"a.py": "from b import *\nX = 1", "b.py": "from a import *\nY = X"},
        ["a"],
    ),
    "a star over a half-made module, with what is needed": (
        {"a.py": "X = 1\nfrom b import *", "b.py": "from a import *\nY = X"},
        [],
    ),
    "a star with an __all__ that is ahead of its names": (
        {"a.py": "__all__ = ['f']\nimport b\ndef f(): ...", "b.py": "from a import *"},
        ["a"],
    ),
    "three modules": (
        {
            "a.py": "from b import g\nX = 1",
            "b.py": "from c import h\ng = 1",
            "c.py": "from a import X\nh = 1",
        },
        ["a", "b", "c"],
    ),
    "three modules, one of them late": (
        {
            "a.py": "import b\nX = 1",
            "b.py": "import c\ng = 1",
            "c.py": "def h():\n    from a import X\n    return X",
        },
        [],
    ),
    "four modules": (
        {
            "a.py": "import b\nX = 1",
            "b.py": "import c\nY = 2",
            "c.py": "import d\nZ = 3",
            "d.py": "import a, b\nW = b.Y",
        },
        ["a", "b"],
    ),
    "four modules, entered from outside": (
        {
            "main.py": "import c",
            "a.py": "from b import Y\nX = 1",
            "b.py": "from c import Z\nY = 2",
            "c.py": "from a import X\nZ = 3",
        },
        ["main", "a", "b", "c"],
    ),
    "guarded by except ImportError": (
        {
            "a.py": "from b import g\nX = 1",
            "b.py": "try:\n    from a import X\nexcept ImportError:\n    X = 0\ng = X",
        },
        [],
    ),
    "a class body that makes an object": (
        {
            "a.py": "from b import Field\nclass Model:\n    name = Field()\nDEFAULT = 1",
            "b.py": "import a\nclass Field:\n    def __init__(self):\n        self.default = a.DEFAULT",
        },
        ["a", "b"],
    ),
    "getattr of a name that is text": (
        {"a.py": "import b\nX = 1", "b.py": "import a\nY = getattr(a, 'X')"},
        ["a"],
    ),
    "getattr with a default": (
        {"a.py": "import b\nX = 1", "b.py": "import a\nY = getattr(a, 'X', 2)"},
        [],
    ),
    "getattr with a default that is another name of it": (
        {"a.py": "import b\nX = 1\nZ = 2", "b.py": "import a\nY = getattr(a, 'X', a.Z)"},
        ["a"],
    ),
    "setattr of the name that is needed": (
        {"a.py": "import b\nX = 1", "b.py": "import a\nsetattr(a, 'X', 0)\nY = a.X"},
        [],
    ),
    "a module with __getattr__": (
        {
            "a.py": "def __getattr__(name): return 1\nimport b\nX = 2",
            "b.py": "from a import X\nimport a\nY = a.Z",
        },
        [],
    ),
    "a registry that base classes fill": (
        {
            "a.py": "class Base:\n    def __init_subclass__(cls):\n        import b\n        b.seen(cls)\nimport b",
            "b.py": "import a\nclass One(a.Base): ...\ndef seen(cls): ...",
        },
        ["a", "b"],
    ),
    "a generator over nothing": (
        {
            "a.py": "import b\nX = 1",
            "b.py": "import a\nY = list(a.X for one in ())\nZ = any(a.X for one in [])",
        },
        [],
    ),
    "a generator over something": (
        {"a.py": "import b\nX = 1", "b.py": "import a\nY = tuple(a.X for one in (1, 2))"},
        ["a"],
    ),
    "a default value that calls a function": (
        {"a.py": "import b\ndef f(n=b.g()): ...\nX = 1", "b.py": "import a\ndef g():\n    return a.X"},
        ["a", "b"],
    ),
    "an import in a class body": (
        {"a.py": "class A:\n    from b import Y\nX = 1", "b.py": "import a\nclass B:\n    Z = a.X\nY = 2"},
        ["a", "b"],
    ),
    "conditional imports on both sides": (
        {
            "a.py": "import sys\nif sys.version_info >= (3, 8):\n    from b import Y\nelse:\n    Y = 1\nX = 1",
            "b.py": "try:\n    Y = 2\nfinally:\n    from a import X",
        },
        ["a"],
    ),
    "caught in the middle, and asked for again": (
        {
            "a.py": "try:\n    from b import Y\nexcept ImportError:\n    Y = 0\nX = 1\nimport b",
            "b.py": "from a import X\nY = 2",
        },
        [],
    ),
    "an error that nobody catches": (
        {"a.py": "try:\n    import b\nexcept ImportError:\n    pass\nX = 1", "b.py": "import a\nY = a.X"},
        ["a"],
    ),
    "suppressed": (
        {
            "a.py": "import contextlib\nwith contextlib.suppress(ImportError):\n    from b import Y\nX = 1",
            "b.py": "from a import X\nY = 2",
        },
        [],
    ),
    "import as of a package that is still running": (
        {"p/__init__.py": "import p.a\nX = 1", "p/a.py": "import p as whole\nY = whole.X"},
        ["p", "p.a"],
    ),
    "a package that collects stars of its submodules": (
        {
            "p/__init__.py": "from .a import *\nfrom .b import *",
            "p/a.py": "__all__ = ['f']\nfrom . import b\ndef f(): ...",
            "p/b.py": "from . import f\ndef g(): ...",
        },
        ["p", "p.a", "p.b"],
    ),
    "a package that imports its submodules when asked": (
        {
            "p/__init__.py": "def __getattr__(name):\n    import importlib\n"
            "    return importlib.import_module('p.' + name)",
            "p/a.py": "from p import b\nX = 1",
            "p/b.py": "import p\nfrom p import a\ndef f(): return p.a.X",
        },
        [],
    ),
    "a decorator that imports": (
        {
            "a.py": "from b import mark\n@mark\ndef f(): ...\nX = 1",
            "b.py": "def mark(f):\n    from a import X\n    return f",
        },
        ["a"],
    ),
    "a module that is not reached": (
        {"a.py": "import sys\nif sys.version_info < (3, 0):\n    import b\nX = 1", "b.py": "from a import X"},
        [],
    ),
}


def entries(files):
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in files]
    return sorted(names)


def predicted(t, entry):
    """Return what the simulation says, in the form in which RUN prints what happened."""
    crash = enter(find_project([str(t.path)]), entry)
    if crash is None:
        return None
    return [crash.error, crash.name, crash.loop[-1].path, crash.loop[-1].line]


@pytest.mark.parametrize("title", CYCLES)
def test_every_entry_as_python_has_it(title):
    """Whether an entry crashes, with which error, for which name, and at which line, is what Python does."""
    files, crashing = CYCLES[title]
    with tree(files) as t:
        happened = {one: json.loads(t.python("-c", RUN, one).stdout) for one in entries(files)}
        said = {one: predicted(t, one) for one in entries(files)}

        assert said == happened
        assert [one for one in happened if happened[one]] == sorted(crashing)
