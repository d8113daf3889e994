"""The text of a statement, folded to one line."""

from __future__ import annotations

import pytest

from loadstone.source.reading import parse
from loadstone.source.statements import statement_at


def folded(text):
    source = parse(text, "m.py")
    return statement_at(source, source.tree.body[0]).text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("from a import (\n    b,\n    c as d,  # a comment\n)\n", "from a import (b, c as d)"),
        ("from a import b, \\\n    c\n", "from a import b, c"),
        ("def f(\n    a,\n    b=(1,),\n) -> int:\n    pass\n", "def f(a, b=(1,)) -> int"),
        ("x = (\n    1,\n)\n", "x = (1,)"),
        ("x = f(\n    {\n        'a': [\n            1\n        ]\n    }\n)\n", "x = f({'a': [1]})"),
        ("import   a ;  import b", "import a"),
    ],
)
def test_folding(text, line):
    """A statement of several lines reads as if it were written on one; a tuple of one item keeps its comma."""
    assert folded(text) == line
