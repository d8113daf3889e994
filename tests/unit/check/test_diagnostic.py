"""Findings as values, and as they print."""

from __future__ import annotations

import pickle

from loadstone.check.diagnostic import Diagnostic, Edit, Place, at_least
from loadstone.check.lines import Lines
from loadstone.check.words import in_words, quoted, wrapped_import
from loadstone.report.diagnostics import as_text, statistics, summary
from loadstone.report.diagnostics_data import as_github
from loadstone.report.text import Style
from loadstone.source.reading import parse
from loadstone.source.statements import statement_at
from loadstone.testing import tree


def finding(level="error", path="/p/m.py", line=1, **more):
    return Diagnostic("star", level, Place(path, line, 1, 5), "a message", **more)


def test_a_finding_prints_its_place():
    """A finding prints as editors understand it, and has its place's parts."""
    one = finding()

    assert str(one) == "/p/m.py:1:1: error[star] a message"
    assert (one.path, one.line, one.column, one.end_column) == ("/p/m.py", 1, 1, 5)
    assert pickle.loads(pickle.dumps(one)) == one


def test_levels_have_an_order():
    """A note is less than a warning, a warning less than an error."""
    assert at_least("error", "warning")
    assert at_least("note", "note")
    assert not at_least("note", "warning")


def test_an_edit_prints_where_it_goes():
    """An edit says what it puts where."""
    assert str(Edit.insert("/m.py", 3, ("import x",), "add it")) == "add it, after line 3: import x"
    assert str(Edit("/m.py", 3, 3, ("import x",), "replace it")) == "replace it, in line 3: import x"


def test_a_finding_in_a_file_that_is_gone():
    """A finding whose file cannot be read any more is printed without its text."""
    assert as_text(finding(), Lines()).splitlines()[:2] == ["error[star]: a message", " --> /p/m.py:1:1"]


def test_several_places_on_one_line():
    """Marks of one line stand below one another, the finding's own first."""
    with tree({"m.py": "from a import f, g\n"}) as t:
        path = str(t / "m.py")
        one = Diagnostic("star", "note", Place(path, 1, 18, 19, "g"), "x", (Place(path, 1, 15, 16, "f"),))

        assert as_text(one, Lines()).splitlines()[3:6] == [
            "1 | from a import f, g",
            "  |                  ^ g",
            "  |               - f",
        ]


def test_colours_only_where_wanted():
    """A style with colour marks levels; the plain style has no escape sequences."""
    assert "\x1b[1;31merror[star]" in as_text(finding(), Lines(), Style(colour=True))
    assert "\x1b" not in as_text(finding(), Lines())


def test_the_summary_counts():
    """The summary names the levels that were found, and says that notes do not fail."""
    assert summary([], 0) == "0 files: nothing found"
    assert summary([finding("note")], 1) == "1 file: 1 note (notes do not fail a check)"
    assert summary([finding("note"), finding("error"), finding("error")], 9) == "9 files: 2 errors, 1 note"


def test_statistics_put_the_most_frequent_first():
    """The table of rules is sorted by how often they found something."""
    assert statistics([finding("note"), finding(), finding()]) == "2  error star\n1  note star"
    assert statistics([]) == ""


def test_github_text_is_escaped():
    """Percent signs, line ends, commas and colons cannot break the command."""
    one = finding("note", path="/p/a,b:c.py", notes=("100%",))

    assert as_github(one) == (
        "::notice file=/p/a%2Cb%3Ac.py,line=1,endLine=1,col=1,endColumn=5,title=loadstone star::a message%0A100%25"
    )


def test_places_of_names_in_statements():
    """The place of a name is where the statement binds it, not where the module of the same name stands."""
    text = "from f import (\n    e, f as g,  # f\n    f,\n)\nclass f(f): ...\nimport f.f, x as f  # f\n"
    with tree({"m.py": text}) as t:
        path = str(t / "m.py")
        body = [statement_at(parse(text, path), node) for node in parse(text, path).tree.body]
        lines = Lines()

        assert str(lines.name(body[0], "g")) == f"{path}:2:13"
        assert str(lines.name(body[0], "f")) == f"{path}:3:5"
        assert str(lines.name(body[1], "f")) == f"{path}:5:7"
        assert str(lines.name(body[2], "f")) == f"{path}:6:18"
        assert str(lines.name(body[2], "nothing")) == f"{path}:6:1"


def test_words():
    """Lists and numbers read as sentences have them."""
    assert quoted(["a"]) == "`a`"
    assert quoted(["a", "b"]) == "`a` and `b`"
    assert quoted(["a", "b", "c", "d", "e"]) == "`a`, `b`, `c` and 2 more"
    assert (in_words(2), in_words(12)) == ("two", "12")
    assert wrapped_import("m", ["a" * 50, "b" * 50]) == (
        "from m import (",
        f"    {'a' * 50},",
        f"    {'b' * 50},",
        ")",
    )
