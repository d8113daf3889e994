"""Loops of imports: those that crash, with the way in, and those that do not."""

from __future__ import annotations

from textwrap import dedent

from loadstone.testing import tree

PAIR = {
    "cart.py": "from bill import total\n\ndef price(): ...\n",
    "bill.py": "from cart import price\n\ndef total(): ...\n",
}


def test_a_loop_that_a_program_enters_where_it_crashes(printed):
    """The error shows the loop with its lines and state, who enters there, and where it would work."""
    files = {
        "cart.py": "from bill import total\n\ndef price(): ...\n",
        "bill.py": "import cart\n\ndef total(): return cart.price()\n",
        "main.py": "import bill\n",
    }
    with tree(files) as t:
        assert printed(t, "crash-cycle") == dedent("""\
            error[crash-cycle]: this loop of imports crashes when `bill` is imported first: bill.total is not there yet
             --> cart.py:1:18
              |
            1 | from bill import total
              |                  ^^^^^ needs bill.total
              |
             ::: bill.py:1:1
              |
            1 | import cart
              | ----------- 1. runs cart
             ...
            3 | def total(): return cart.price()
              |     ----- binds `total`, and has not run yet
              |
              = note: entering at `bill`: ImportError
              = note: entering at `cart` works
              = note: `main` enters there
            """)


def test_a_loop_that_is_entered_where_it_works(found):
    """A loop that crashes from one side is a note where the project enters from the other."""
    files = {
        "cart.py": "from bill import total\n\ndef price(): ...\n",
        "bill.py": "import cart\n\ndef total(): return cart.price()\n",
        "main.py": "import cart\n",
    }
    with tree(files) as t:
        (finding,) = found(t, "crash-cycle")
        assert finding.startswith(
            "cart.py:1:18: note[crash-cycle] this loop of imports crashes when `bill` is imported"
        )


def test_a_loop_that_nobody_imports(found):
    """Where nothing outside imports the loop, each of its modules is a way in."""
    with tree(PAIR) as t:
        assert [line.split(" this")[0] for line in found(t, "crash-cycle")] == [
            "bill.py:1:18: error[crash-cycle]",
            "cart.py:1:18: error[crash-cycle]",
        ]


def test_a_loop_that_works_is_a_note(found):
    """Modules that import one another and read nothing too early are a note."""
    with tree({"a.py": "import b\ndef f(): return b.g()", "b.py": "import a\ndef g(): return a.f"}) as t:
        assert found(t, "crash-cycle") == [
            "a.py:1:1: note[crash-cycle] 2 modules import one another; it works, whichever is imported first"
        ]


def test_no_loop_at_import_time(found):
    """Imports inside functions and for type checkers close no loop."""
    files = {
        "a.py": "def f():\n    from b import g\n    return g",
        "b.py": "from typing import TYPE_CHECKING\nfrom a import f\nif TYPE_CHECKING:\n    from c import C\ng = f",
        "c.py": "import b\nclass C: ...",
    }
    with tree(files) as t:
        assert found(t, "crash-cycle") == []
