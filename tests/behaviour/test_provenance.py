"""Where each name of a live module came from, and what it hid."""

import pytest

from loadstone import Space
from loadstone.testing import tree


def names(files):
    """Return the namespace of the module m of these files, imported in a fresh space."""
    with tree(files) as t:
        return t.space().namespace("m")


def test_every_kind_is_told_apart():
    """A binding knows whether its name is a module, function, class, variable, Python's own, or dynamic."""
    found = names({"m.py": "import json\ndef f(): pass\nclass C: pass\nx = 1\nglobals()['g'] = 2\n"})

    assert [(name, found[name].kind) for name in ("json", "f", "C", "x", "g", "__name__")] == [
        ("json", "module"), ("f", "function"), ("C", "class"), ("x", "variable"), ("g", "dynamic"),
        ("__name__", "implicit"),
    ]  # fmt: skip


def test_the_statement_and_the_alias_are_kept():
    """A binding has the statement that made it, with path, line, column and text, how, and under which alias."""
    with tree(
        {"m.py": "import sys\nif True:\n    from lib import f as g\n", "lib.py": "def f(): pass\n"}
    ) as t:
        binding = t.space().namespace("m")["g"]

        statement = binding.statement
        assert (statement.path, statement.line, statement.column) == (str(t / "m.py"), 3, 5)
        assert statement.text == "from lib import f as g"
        assert (binding.how, binding.alias) == ("from-import", "g")


def test_an_origin_is_followed_through_any_chain():
    """From-imports, stars, re-exports and aliases lead to the definition."""
    found = names({
        "m.py": "from facade import *\nfrom facade import first as uno\n",
        "facade.py": "from middle import thing as first\n",
        "middle.py": "from base import *\n",
        "base.py": "def thing(): pass\n",
    })  # fmt: skip

    assert str(found["first"].origin) == str(found["uno"].origin) == "base:thing"
    assert (found["first"].origin.module, found["first"].origin.name) == ("base", "thing")


def test_a_star_over_each_thing_is_recorded():
    """A star that overwrites a definition, an import, another star's name or a builtin hides it."""
    found = names({
        "m.py": "from one import *\nimport json as tool\ndef made(): pass\nfrom two import *\n",
        "one.py": "def shared(): pass\n",
        "two.py": "def shared(): pass\ndef made(): pass\ntool = 1\ndef open(): pass\n",
    })  # fmt: skip

    assert [str(lost.origin) for lost in found["shared"].hides] == ["one:shared"]
    assert [str(lost.origin) for lost in found["made"].hides] == ["m:made"]
    assert [str(lost.origin) for lost in found["tool"].hides] == ["json"]
    assert [lost.lost for lost in found["open"].hides] == ["builtins:open"]


def test_a_definition_after_a_star_hides_the_stars_name():
    """The other way round: what a definition takes from a star is recorded too."""
    found = names({"m.py": "from one import *\ndef shared(): pass\n", "one.py": "def shared(): pass\n"})

    assert str(found["shared"].origin) == "m:shared"
    assert [lost.how for lost in found["shared"].hides] == ["star"]


def test_one_origin_by_two_ways_hides_nothing():
    """The same thing imported twice is the same thing."""
    found = names(
        {"m.py": "from a import *\nfrom b import *\n", "a.py": "def f(): pass\n", "b.py": "from a import f\n"}
    )

    assert found["f"].hides == ()
    assert found.conflicts == ()


def test_the_live_branch_counts():
    """Where the source leaves a branch open, identity tells which one ran."""
    files = {
        "m.py": "import os\nif os.environ.get('NEVER_SET'):\n    from a import f\nelse:\n    from b import f\n",
        "a.py": "def f(): pass\n",
        "b.py": "def f(): pass\n",
    }

    assert str(names(files)["f"].origin) == "b:f"


def test_a_patched_name_is_dynamic():
    """A value that no statement put there is called dynamic, whatever the source says."""
    with tree({"m.py": "from lib import f\n", "lib.py": "def f(): pass\n"}) as t:
        space = t.space()
        space.import_module("m").f = lambda: None

        assert space.namespace("m")["f"].kind == "dynamic"


def test_a_rebound_origin_does_not_confuse():
    """When the origin is bound anew later, what was imported before still comes from there."""
    with tree({"m.py": "from lib import f\n", "lib.py": "def f(): pass\n"}) as t:
        space = t.space()
        space.import_module("m")
        space.modules["lib"].f = None

        assert str(space.namespace("m")["f"].origin) == "lib:f"


def test_a_submodule_that_others_import_is_no_mystery():
    """A submodule bound by the import system comes from itself."""
    with tree({"m.py": "import pkg.sub", "pkg/__init__.py": "", "pkg/sub.py": ""}) as t:
        space = t.space()
        space.import_module("m")
        sub = space.namespace("pkg")["sub"]

        assert (sub.kind, str(sub.origin)) == ("module", "pkg.sub")


def test_the_host_is_read_too():
    """The standard library, built-in modules included, can be asked in the host."""
    host = Space.host()

    assert str(host.namespace("json")["JSONDecoder"].origin) == "json.decoder:JSONDecoder"
    assert host.namespace("math")["sqrt"].kind == "function"
    assert str(host.namespace("os.path")["join"].origin).endswith("path:join")


def test_a_defined_text_has_provenance():
    """A module made from text is read like any other."""
    with tree({"lib.py": "def f(): pass\n"}) as t:
        space = t.space()
        space.define("notes", "from lib import f as g\nx = 1\n")
        found = space.namespace("notes")

        assert (str(found["g"].origin), found["x"].statement.line) == ("lib:f", 2)


def test_a_conflict_says_how_to_settle_it():
    """Two stars that disagree are a conflict with a winner, all candidates, and the line to add."""
    found = names({
        "m.py": "from one import *\nfrom two import *\nprint(f)\n",
        "one.py": "def f(): pass\n",
        "two.py": "def f(): pass\n",
    })  # fmt: skip

    (conflict,) = found.conflicts
    assert (str(conflict.winner.origin), conflict.after_line, conflict.settle) == (
        "two:f",
        2,
        "from one import f",
    )
    assert [str(candidate.origin) for candidate in conflict.candidates] == ["one:f", "two:f"]


def test_asking_imports_the_module_first():
    """namespace() of a module that is not there raises what importing it raises."""
    with pytest.raises(ModuleNotFoundError, match="No module named 'absent'"):
        Space("s").namespace("absent")
