"""Tables and styles."""

from __future__ import annotations

import io

from loadstone.report.text import PLAIN, Style, relative, style_for, table


def test_columns_are_as_wide_as_their_widest_cell():
    """Cells are padded, lines have no white space at their end, and empty columns are left out."""
    text = table(("a", "b", "c"), [("one", "", "x"), ("three", "", "")], PLAIN)

    assert text == "  a      c\n  one    x\n  three"


def test_a_very_long_cell_stands_out_of_its_column():
    """One long cell does not push all the others to the right."""
    text = table(("a", "b"), [("x" * 70, "y"), ("short", "z")], PLAIN)

    assert text.splitlines()[1:] == [f"  {'x' * 70}  y", "  short  z"]


def test_tables_fit_a_width():
    """The widest columns are cut, with an ellipsis; narrow ones are left alone."""
    text = table(("name", "text"), [("n", "word " * 30)], Style(width=40))

    assert max(map(len, text.splitlines())) == 40
    assert text.endswith("…")


def test_a_hopeless_width_cuts_nothing():
    """Where the columns cannot have twenty characters each, lines run on rather than say nothing."""
    text = table(("name", "text"), [("n" * 20, "word " * 10)], Style(width=20))

    assert "…" not in text


def test_colours():
    """A style without colours returns its text unchanged, and no style colours nothing."""
    assert PLAIN.bold("x") == "x"
    assert Style(colour=True).bold("x") == "\x1b[1mx\x1b[0m"
    assert Style(colour=True).dim("") == ""


def test_a_file_is_no_terminal():
    """Text for a file has no colour and any width."""
    assert style_for(io.StringIO()) is PLAIN


def test_paths_inside_a_folder_are_shortened(tmp_path):
    """Only what lies inside is; the folder itself and its neighbours keep their names."""
    folder = str(tmp_path)

    assert relative(f"{folder}/a/b.py", folder) == "a/b.py"
    assert relative(folder, folder) == folder
    assert relative(f"{folder}x/b.py", folder) == f"{folder}x/b.py"
