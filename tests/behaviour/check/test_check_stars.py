"""Star imports: what they bring, what they hide, and what hides theirs."""

from __future__ import annotations

from textwrap import dedent

from loadstone.testing import tree

TWO = {"a.py": "def f(): ...\nX = 1", "b.py": "def f(): ...\nY = 2"}


def test_a_star_is_a_note_that_counts_its_names(found):
    """A star says how many names it brings and how many of them are used."""
    with tree({"a.py": "f = g = h = 1", "m.py": "from a import *\nprint(f, h)"}) as t:
        assert found(t, "star") == [
            "m.py:1:1: note[star] this star brings 3 names from a; 2 of them are used"
        ]


def test_a_star_that_is_used_can_be_written_out(printed):
    """The edit of a star names what is used, in the star's order."""
    with tree({"a.py": "f = g = h = 1", "m.py": "from a import *\nprint(h, f)"}) as t:
        assert printed(t, "star") == dedent("""\
            note[star]: this star brings 3 names from a; 2 of them are used
             --> m.py:1:1
              |
            1 | from a import *
              | ^^^^^^^^^^^^^^^
              |
            help: name what is used
              |
            1 - from a import *
            1 + from a import f, h
              |
            """)


def test_a_name_that_another_module_takes_is_used(found):
    """A name that passes through a facade to another module counts as used."""
    with tree({"a.py": "f = g = 1", "facade.py": "from a import *", "m.py": "from facade import g"}) as t:
        assert found(t, "star") == [
            "facade.py:1:1: note[star] this star brings 2 names from a; 1 of them is used"
        ]


def test_a_star_of_names_that_cannot_be_read_says_so(found):
    """A module that binds names dynamically brings at least those that can be read."""
    with tree({"a.py": "f = 1\nglobals()['g'] = 2", "m.py": "from a import *\nf"}) as t:
        assert found(t, "star") == [
            "m.py:1:1: note[star] this star brings at least 1 name from a; it is used"
        ]


def test_a_star_of_an_empty_module_brings_nothing(found):
    """Nothing is said of the use of no names."""
    with tree({"a.py": "", "m.py": "from a import *"}) as t:
        assert found(t, "star") == ["m.py:1:1: note[star] this star brings no names from a"]


def test_a_star_of_a_missing_module_is_left_to_another_rule(found):
    """A star of a module that is not there brings nothing to talk of."""
    with tree({"m.py": "from nowhere import *"}) as t:
        assert found(t, "star") == []


def test_two_stars_that_disagree_on_a_used_name(printed):
    """Two stars with one name are an error with both lines, both definitions, and the line that settles it."""
    with tree({**TWO, "m.py": "from a import *\nfrom b import *\n\nf()"}) as t:
        assert printed(t, "star-conflict") == dedent("""\
            error[star-conflict]: `f` comes from two star imports that mean different things
             --> m.py:2:1
              |
            1 | from a import *
              | --------------- hidden: a:f
            2 | from b import *
              | ^^^^^^^^^^^^^^^ Python uses this one: b:f
              |
             ::: a.py:1:5
              |
            1 | def f(): ...
              |     - a:f
              |
             ::: b.py:1:5
              |
            1 | def f(): ...
              |     - b:f
              |
              = note: `f` is used in line 4
              = note: to have a:f instead: from a import f
            help: say that b:f is meant
              |
            2 | from b import *
            3 + from b import f
              |
            """)


def test_two_stars_that_disagree_on_an_unused_name(found):
    """A conflict over a name that nobody uses is a note."""
    with tree({**TWO, "m.py": "from a import *\nfrom b import *"}) as t:
        assert found(t, "star-conflict") == [
            "m.py:2:1: note[star-conflict] `f` comes from two star imports that mean different things"
        ]


def test_a_conflict_that_another_module_takes(found):
    """A name that only another module takes is used: its conflict is an error."""
    with tree({**TWO, "m.py": "from a import *\nfrom b import *", "n.py": "import m\nm.f()"}) as t:
        (finding,) = found(t, "star-conflict")
        assert finding.startswith("m.py:2:1: error")


def test_many_names_of_two_stars_are_one_finding(found):
    """The same two stars are one finding, however many names they share."""
    names = "\n".join(f"n{number} = object()" for number in range(5000))
    with tree({"a.py": names, "b.py": names, "m.py": "from a import *\nfrom b import *"}) as t:
        assert found(t, "star-conflict") == [
            (
                "m.py:2:1: note[star-conflict] `n0`, `n1`, `n2` and 4997 more come from two star imports that mean "
                "different things"
            )
        ]


def test_one_thing_by_two_stars_is_no_conflict(found):
    """What two stars bring from one origin is the same thing."""
    files = {"a.py": "f = 1", "b.py": "from a import f", "m.py": "from a import *\nfrom b import *\nf"}
    with tree(files) as t:
        assert found(t, "star-conflict", "star-hides") == []


def test_stars_in_exclusive_branches_do_not_conflict(found):
    """Of two stars in branches that exclude each other only one runs."""
    files = {
        **TWO,
        "m.py": """
            import sys
            if sys.platform == "win32":
                from a import *
            else:
                from b import *
            f()
            """,
        "n.py": """
            import os
            if os.environ.get("FAST"):
                from a import *
            else:
                from b import *
            f()
            """,
    }
    with tree(files) as t:
        assert found(t, "star-conflict", "star-hides") == []


def test_stars_that_may_not_both_run(found):
    """Whether a star in a branch runs is not certain, so the conflict is a warning; in one branch, an error."""
    pair = {"a.py": "def f(): ...", "b.py": "def f(): ...", "c.py": "def f(): ..."}
    files = {
        **pair,
        "first.py": "import os\nif os.environ:\n    from a import *\nfrom b import *\nf()\n",
        "last.py": "import os\nfrom a import *\nif os.environ:\n    from b import *\nf()\n",
        "inside.py": "import os\nif os.environ:\n    from a import *\n    from b import *\nf()\n",
        "system.py": "import sys\nfrom a import *\nif sys.version_info > (3,):\n    from b import *\nf()\n",
        "three.py": "import os\nif os.environ:\n    from a import *\n    from b import *\nfrom c import *\nf()\n",
        "defined.py": "import os\nif os.environ:\n    def f(): ...\nfrom b import *\nf()\n",
    }
    with tree(files) as t:
        assert [line.partition("]")[0] for line in found(t, "star-conflict", "star-hides")] == [
            "defined.py:4:1: warning[star-hides",
            "first.py:4:1: warning[star-conflict",
            "inside.py:4:5: error[star-conflict",
            "last.py:4:5: warning[star-conflict",
            "system.py:4:5: error[star-conflict",
            "three.py:5:1: warning[star-conflict",
        ]


def test_a_conflict_that_is_settled_is_none(found):
    """An import by name after the stars settles their conflict."""
    with tree({**TWO, "m.py": "from a import *\nfrom b import *\nfrom a import f\nf()"}) as t:
        assert found(t, "star-conflict") == []


def test_a_name_that_may_be_the_same_is_no_conflict(found):
    """What comes from a module that cannot be read may be one and the same thing."""
    with tree(
        {"a.py": "f = 1", "b.py": "from nowhere import f", "m.py": "from a import *\nfrom b import *\nf"}
    ) as t:
        assert found(t, "star-conflict", "star-hides") == []


def test_a_star_that_hides_a_definition(printed):
    """A star that takes the name of a function is an error where the function's name is used."""
    with tree({"a.py": "def f(): ...", "m.py": "def f(): ...\n\nfrom a import *\n\nf()"}) as t:
        assert printed(t, "star-hides") == dedent("""\
            error[star-hides]: this star hides a function: `f`
             --> m.py:3:1
              |
            1 | def f(): ...
              |     - hidden: m:f
             ...
            3 | from a import *
              | ^^^^^^^^^^^^^^^ Python uses this one: a:f
              |
             ::: a.py:1:5
              |
            1 | def f(): ...
              |     - a:f
              |
              = note: `f` is used in line 5
            help: say that a:f is meant
              |
            3 | from a import *
            4 + from a import f
              |
            """)


def test_a_star_that_hides_an_import(found):
    """A star that takes the name of an import is an error where that name is used."""
    files = {"a.py": "def join(): ...", "m.py": "from os.path import join\nfrom a import *\njoin()"}
    with tree(files) as t:
        assert found(t, "star-hides") == ["m.py:2:1: error[star-hides] this star hides an import: `join`"]


def test_a_star_that_hides_a_builtin(found):
    """A star that takes the name of a builtin which the module uses is a warning, otherwise a note."""
    files = {
        "a.py": "def open(path): ...\ndef id(path): ...",
        "m.py": "from a import *\nopen('x')",
    }
    with tree(files) as t:
        assert found(t, "star-hides") == [
            "m.py:1:1: warning[star-hides] this star hides the builtin `open`",
            "m.py:1:1: note[star-hides] this star hides the builtin `id`",
        ]


def test_a_star_of_the_builtin_itself_hides_nothing(found):
    """A star that brings the builtin itself changes nothing."""
    with tree({"a.py": "from builtins import open", "m.py": "from a import *\nopen('x')"}) as t:
        assert found(t, "star-hides") == []


def test_a_faster_version_replaces_on_purpose(found):
    """A star under `except ImportError` that replaces definitions is a note."""
    files = {
        "fast.py": "def f(): ...",
        "m.py": """
            def f(): ...
            try:
                from fast import *
            except ImportError:
                pass
            f()
            """,
    }
    with tree(files) as t:
        assert found(t, "star-hides") == ["m.py:3:5: note[star-hides] this star hides a function: `f`"]


def test_a_function_after_a_star_takes_its_name(printed):
    """A function that takes a star's name, and is used, is a warning that shows the star."""
    with tree({"a.py": "def log(x): ...", "m.py": "from a import *\n\ndef log(x): ...\n\nlog(1)"}) as t:
        assert printed(t, "star-hidden") == dedent("""\
            warning[star-hidden]: `log` takes a name that a star import has brought: a:log is hidden
             --> m.py:3:5
              |
            1 | from a import *
              | --------------- brings a:log
             ...
            3 | def log(x): ...
              |     ^^^ takes the name: m:log
              |
             ::: a.py:1:5
              |
            1 | def log(x): ...
              |     --- a:log
              |
              = note: `log` is used in line 5
            """)


def test_a_setting_after_a_star_is_a_note(found):
    """An assignment that overrides what a star brought is a note, as in settings that start from others."""
    with tree({"base.py": "DEBUG = False", "m.py": "from base import *\nDEBUG = True"}) as t:
        assert found(t, "star-hidden") == [
            "m.py:2:1: note[star-hidden] `DEBUG` takes a name that a star import has brought: base:DEBUG is hidden"
        ]


def test_an_import_of_the_same_thing_after_a_star_hides_nothing(found):
    """Importing by name what a star has brought changes nothing."""
    with tree({"a.py": "f = 1", "m.py": "from a import *\nfrom a import f\nf"}) as t:
        assert found(t, "star-hidden") == []
