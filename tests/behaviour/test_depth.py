"""A chain of modules that import each other can be as long as in Python, before the recursion limit is met."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

LENGTH = 200
CHAIN = {f"m{number}.py": f"import m{number + 1}" for number in range(LENGTH)} | {f"m{LENGTH}.py": ""}

# Prints the longest chain that can be imported, by a statement that stands in a module of its own.
MEASURE = """
    import sys
    way, length = sys.argv[1], int(sys.argv[2])
    names, modules = {}, sys.modules
    if way == "host":
        import builtins
        from loadstone.runtime.importlib_bootstrap.importer import Importer
        from loadstone.runtime.importlib_bootstrap.locks import host_lock
        from loadstone.runtime.importlib_bootstrap.statement import import_function
        builtins.__import__ = import_function(Importer(sys, host_lock))
    if way in {"space", "watched"}:
        import loadstone
        space = loadstone.Space("s", path=[sys.path[0]])
        if way == "watched":
            space.on_import(print)
        names, modules = {"__builtins__": space.import_module("builtins")}, space.modules

    def can(depth):
        for name in [name for name in modules if name[0] == "m" and name[1:].isdigit()]:
            del modules[name]
        try:
            exec(f"import m{length - depth}", names)
        except RecursionError:
            return False
        return True

    shortest, longest = 1, length
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        shortest, longest = (middle, longest) if can(middle) else (shortest, middle - 1)
    print(shortest, file=sys.stderr)
"""


def longest(t, way):
    return int(t.python("-X", "utf8", "measure.py", way, str(LENGTH)).stderr)


@pytest.mark.parametrize("way", ["host", "space", "watched"])
def test_as_deep_as_python(way):
    """Neither Loadstone's import in the host, nor a space, nor one that is watched shortens the longest chain."""
    with tree({**CHAIN, "measure.py": MEASURE}) as t:
        native = longest(t, "native")

        assert 50 < native < LENGTH
        assert longest(t, way) >= native


def test_after_the_limit():
    """A chain that is too long is a RecursionError, keeps no half-made module, and a shorter one works afterwards."""
    with tree({f"m{number}.py": f"import m{number + 1}" for number in range(999)} | {"m999.py": ""}) as t:
        space = t.space()
        with pytest.raises(RecursionError):
            space.import_module("m0")
        left = [name for name in space.modules if name.startswith("m")]

        assert left == []
        assert space.import_module("m990").m991 is space.modules["m991"]


def test_a_module_that_recurses():
    """Endless recursion in a module's own code is its RecursionError, and the module is not kept."""
    with tree({"m.py": "def f(): return f()\nf()"}) as t:
        space = t.space()

        with pytest.raises(RecursionError):
            space.import_module("m")
        assert "m" not in space.modules
