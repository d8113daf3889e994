"""Names whose meaning hangs on the order of statements: two imports, half way, and sorted."""

from __future__ import annotations

from textwrap import dedent

from loadstone.testing import tree

ZOO = {"zoo.py": "def feed(): ...\nlions = 1", "aviary.py": "def feed(): ..."}


def test_two_imports_of_different_things(printed):
    """Two imports of one name with different origins are a warning, and say what sorting would do."""
    files = {"b.py": "f = 1", "a.py": "f = 2", "m.py": "from b import f\nfrom a import f\n\nprint(f)\n"}
    with tree(files) as t:
        assert printed(t, "double-import") == dedent("""\
            warning[double-import]: `f` is imported twice, and means different things
             --> m.py:2:15
              |
            1 | from b import f
              |               - replaced: b:f
            2 | from a import f
              |               ^ Python uses this one: a:f
              |
              = note: `f` is used in line 4
              = note: sorting the imports would turn them round: `f` would be b:f
            """)


def test_a_module_and_its_class(found):
    """`import datetime` and `from datetime import datetime` mean different things."""
    with tree({"m.py": "import datetime\nfrom datetime import datetime\ndatetime.now()"}) as t:
        (finding,) = found(t, "double-import")
        assert finding.startswith("m.py:2:22: warning[double-import] `datetime` is imported twice")


def test_double_imports_that_nobody_uses_are_notes(found):
    """Where nobody uses the name it is a note."""
    with tree({"a.py": "f = 1", "b.py": "f = 2", "m.py": "from a import f\nfrom b import f"}) as t:
        (finding,) = found(t, "double-import")
        assert finding.startswith("m.py:2:15: note")


def test_a_submodule_that_another_module_binds_is_no_import_of_the_package(found):
    """`d` imports `pkg.y`, and Python binds it on `pkg`: there is one import of the name in `pkg`, and none in `d`."""
    files = {"pkg/__init__.py": "import a as y\nimport d", "pkg/y.py": "", "a.py": "", "d.py": "import pkg.y"}
    with tree(files) as t:
        assert found(t, "double-import") == []


def test_imports_that_may_stand_twice(found):
    """The same thing twice, exclusive branches, fallbacks, and submodules of one package are no double imports."""
    files = {
        "a.py": "f = g = 1",
        "b.py": "from a import f",
        "c.py": "g = 2",
        "p/__init__.py": "from p.till import till\nfrom .till import other",
        "p/till.py": "till = other = 1",
        "m.py": """
            import sys
            import os.path
            import os
            from a import f
            from b import f
            if sys.argv:
                from a import g
            else:
                from c import g
            try:
                import simplejson as json
            except ImportError:
                import json
            from a import g as h
            try:
                from c import g as h
            except ImportError:
                pass
            print(f, g, h, os, json)
            """,
    }
    with tree(files) as t:
        assert found(t, "double-import") == []


def test_a_name_that_changes_half_way(printed):
    """A name that is read before and after a star takes it means two things."""
    files = {**ZOO, "m.py": "from aviary import feed\nmorning = feed\nfrom zoo import *\nevening = feed\n"}
    with tree(files) as t:
        assert printed(t, "order-decides") == dedent("""\
            warning[order-decides]: `feed` means two things in this module: aviary:feed, then zoo:feed
             --> m.py:3:1
              |
            1 | from aviary import feed
              |                    ---- up to there aviary:feed
            2 | morning = feed
              |           ---- means aviary:feed
            3 | from zoo import *
              | ^^^^^^^^^^^^^^^^^ from here on zoo:feed
              |
            """)


def test_what_sorting_would_change(printed):
    """An import after a star that a sorter would put before it is a warning."""
    with tree({**ZOO, "m.py": "from zoo import *\nfrom aviary import feed\n\nfeed()\n"}) as t:
        assert printed(t, "order-decides") == dedent("""\
            warning[order-decides]: sorting these imports would change what `feed` is, to zoo:feed
             --> m.py:2:20
              |
            1 | from zoo import *
              | ----------------- brings zoo:feed
            2 | from aviary import feed
              |                    ^^^^ decides: aviary:feed
              |
              = note: `feed` is used in line 4
            """)


def test_an_order_that_sorting_keeps_is_silent(found):
    """Nothing is said where sorting would leave the two as they are, or does not see them as one block."""
    files = {
        **ZOO,
        "m.py": "from aviary import *\nfrom zoo import feed\nfeed()",
        "n.py": "from zoo import *\nlions\nfrom aviary import feed\nfeed()",
        "o.py": "from zoo import *\nfeed = print(feed)\nfeed",
    }
    with tree(files) as t:
        assert found(t, "order-decides") == []


def test_a_star_that_leaks_a_used_import(printed):
    """A name that a star brings only because its module imports it, and that is used, is a warning."""
    files = {
        "tools.py": "import os\nimport json\n\ndef clean(): ...\n",
        "m.py": "from tools import *\n\nos.getcwd()\n",
    }
    with tree(files) as t:
        assert printed(t, "star-leaks") == dedent("""\
            warning[star-leaks]: `os` comes with this star only because tools imports it
             --> m.py:1:1
              |
            1 | from tools import *
              | ^^^^^^^^^^^^^^^^^^^ tools has no __all__
              |
             ::: tools.py:1:8
              |
            1 | import os
              |        -- imported for its own use
              |
              = note: `os` is used in line 3
              = note: import what is used: import os
            """)


def test_a_leak_that_nobody_uses_is_a_note(found):
    """What leaks and is not used is a note."""
    with tree(
        {"tools.py": "import os\nimport json\ndef clean(): ...", "m.py": "from tools import *\nclean()"}
    ) as t:
        assert found(t, "star-leaks") == [
            "m.py:1:1: note[star-leaks] tools has no __all__: this star also brings its imports `os` and `json`"
        ]


def test_stars_that_do_not_leak(found):
    """With __all__, or with names of the same package only, nothing leaks."""
    files = {
        "a.py": "import os\n__all__ = ['f']\nf = 1",
        "p/__init__.py": "from p.core import *",
        "p/core.py": "from p.impl import g",
        "p/impl.py": "def g(): ...",
        "m.py": "from a import *\nfrom p import *\nf, g",
    }
    with tree(files) as t:
        assert found(t, "star-leaks") == []
