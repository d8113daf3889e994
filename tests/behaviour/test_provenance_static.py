"""Where names come from, read from the source alone."""

from __future__ import annotations

import sys

from loadstone.source.origins import chain, namespace
from loadstone.source.project import Library
from loadstone.testing import tree

SALES = {
    "sales.py": "def total(): pass\ndef join(): pass\n",
    "report.py": """
        # figures
        from matplotlib import pyplot as plt
        from sales import total
        from sales import *
        from os.path import *
        print(join(total()))
        """,
    "matplotlib/__init__.py": "",
    "matplotlib/pyplot.py": "",
}


def library(t):
    return Library([str(t.path), *sys.path[1:]])


def test_the_last_star_wins_and_says_what_it_hid():
    """A name that two stars bring belongs to the last one, which keeps the first among what it hides."""
    with tree(SALES) as t:
        names = namespace(library(t), "report")

        join = names["join"]
        assert str(join.origin) == "posixpath:join"
        assert join.kind == "function"
        assert [one.lost for one in join.hides] == ["sales:join  line 4  from sales import *"]


def test_a_star_that_repeats_an_import_does_not_take_its_place():
    """A star that brings the very thing an earlier statement bound leaves that statement's binding."""
    with tree(SALES) as t:
        total = namespace(library(t), "report")["total"]

        assert total.bound_by == "line 3  from sales import total"
        assert total.hides == ()


def test_an_alias_of_a_submodule_is_a_module():
    """``from package import submodule as alias`` binds the submodule."""
    with tree(SALES) as t:
        plt = namespace(library(t), "report")["plt"]

        assert (plt.kind, str(plt.origin), plt.alias) == ("module", "matplotlib.pyplot", "plt")


def test_a_conflict_says_how_to_settle_it():
    """Two stars with one name are a conflict, with the line that would settle it."""
    with tree(SALES) as t:
        (conflict,) = namespace(library(t), "report").conflicts

        assert str(conflict) == (
            "join is bound twice by star imports. Python uses posixpath:join. "
            "To settle it add, after line 5: from sales import join"
        )
        assert conflict.used


def test_a_chain_leads_to_the_origin():
    """The chain of a name ends at the statement that defines it."""
    with tree({"a.py": "def f(): pass", "b.py": "from a import *", "c.py": "from b import f as g"}) as t:
        links = chain(library(t), "c", "g")

        assert [one.bound_by for one in links] == [
            "line 1  from b import f as g",
            "line 1  from a import *  (0 of 1 used)",
            "line 1  def f()",
        ]


def test_submodule_of_an_installed_package_that_cannot_be_imported():
    """A from-import under try that brings a submodule fails where that submodule's own import does."""
    files = {
        "site-packages/tls/__init__.py": "",
        "site-packages/tls/extra.py": "import wholly_absent.x",
        "site-packages/tls/plain.py": "import json",
        "a.py": """
            try:
                from tls import extra
            except ImportError:
                extra = None
            try:
                from tls import plain
            except ImportError:
                plain = None
            """,
    }
    with tree(files) as t:
        names = namespace(Library([str(t.path), str(t / "site-packages"), *sys.path[1:]]), "a")

        assert str(names["extra"].origin) == "a:extra"
        assert str(names["plain"].origin) == "tls.plain"
