"""Strict spaces: star imports that conflict are an error, with every candidate and the line that settles it."""

import pickle

import pytest

from loadstone import NameConflict, Space
from loadstone.testing import tree

SALES = {
    "sales.py": "def join(): pass\ndef total(): pass\n",
    "tools.py": "def join(): pass\ndef cut(): pass\n",
}


def conflicts(source, **files):
    """Return the conflicts of a module with this source, or none."""
    with tree({**SALES, "report.py": source, **files}) as t:
        space = t.space(strict=True)
        try:
            space.import_module("report")
        except NameConflict as error:
            assert "report" not in space.modules
            return error.conflicts
        return ()


def test_two_stars_with_one_name_conflict():
    """Two stars that bind a name to different objects raise, and name both with their lines."""
    (conflict,) = conflicts("from sales import *\nfrom tools import *\n")

    assert conflict.name == "join"
    assert [(c.module, c.statement.line) for c in conflict.candidates] == [("sales", 1), ("tools", 2)]
    assert [c.settle for c in conflict.candidates] == ["from sales import join", "from tools import join"]


def test_the_error_says_all_at_once():
    """The message holds every conflict, every candidate with its statement, and what to add where."""
    with tree(
        {
            "a.py": "f = 'a1'\ng = 'a2'",
            "b.py": "f = 'b1'\ng = 'b2'",
            "m.py": "from a import *\nfrom b import *\n",
        }
    ) as t:
        with pytest.raises(NameConflict) as caught:
            t.space(strict=True).import_module("m")

        m = t / "m.py"
        assert str(caught.value) == (
            "2 star import conflicts in module 'm' (its statements have run; the module is not kept):\n"
            "  f means 2 things; Python takes the last:\n"
            f"    a:f  {m}:1  from a import *\n"
            f"    b:f  {m}:2  from b import *\n"
            "    to settle it add, after line 2: from a import f  or  from b import f\n"
            "  g means 2 things; Python takes the last:\n"
            f"    a:g  {m}:1  from a import *\n"
            f"    b:g  {m}:2  from b import *\n"
            "    to settle it add, after line 2: from a import g  or  from b import g"
        )
        assert pickle.loads(pickle.dumps(caught.value)).conflicts == caught.value.conflicts


def test_a_star_over_a_definition_conflicts():
    """A star that overwrites what the module itself bound before is a conflict too."""
    (conflict,) = conflicts("def cut(): pass\nfrom tools import *\n")

    assert [(c.module, c.statement.line) for c in conflict.candidates] == [("report", 1), ("tools", 2)]
    assert conflict.settle == "add, after line 2: from tools import cut; or move line 1 below line 2"


@pytest.mark.parametrize(
    "line", ["from sales import join", "from tools import join", "def join(): pass", "join = 3"]
)
def test_a_later_statement_settles_it(line):
    """Whoever binds the name after the stars has chosen."""
    assert conflicts(f"from sales import *\nfrom tools import *\n{line}\n") == ()


def test_one_object_by_two_ways_is_no_conflict():
    """Stars that bring the same object agree."""
    assert (
        conflicts("from sales import *\nfrom facade import *\n", **{"facade.py": "from sales import *\n"})
        == ()
    )


def test_only_what_runs_conflicts():
    """Of two exclusive branches one runs, so nothing conflicts."""
    assert (
        conflicts(
            "import sys\nif sys.platform == 'never':\n    from sales import *\nelse:\n    from tools import *\n"
        )
        == ()
    )


def test_by_default_the_last_wins():
    """Without strictness the last star wins, as in Python."""
    with tree({**SALES, "report.py": "from sales import *\nfrom tools import *\n"}) as t:
        assert t.space().import_module("report").join.__module__ == "tools"


def test_main_is_strict_too():
    """A program run in a strict space is held to it when its file ends."""
    with tree({**SALES, "report.py": "from sales import *\nfrom tools import *\nran = True\n"}) as t:
        with pytest.raises(NameConflict, match="in module '__main__'"):
            t.space(strict=True).run(t / "report.py")


def test_strictness_is_one_spaces_own():
    """A strict space does not make another strict."""
    with tree({**SALES, "report.py": "from sales import *\nfrom tools import *\n"}) as t:
        strict = t.space(strict=True)
        with pytest.raises(NameConflict):
            strict.import_module("report")

        assert Space("loose", path=[t.path]).import_module("report").cut
