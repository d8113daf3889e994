"""Edits of files keep every byte that they do not name: line ends, encodings, marks, last lines."""

from __future__ import annotations

import pytest

from loadstone.fix.document import Document, NotLossless
from loadstone.fix.edits import Edit, apply, overlapping


def edited(content, start, end, text):
    document = Document("m.py", content)
    return apply(content, [document.replace(start, end, text)])


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_stay_and_new_lines_have_them(end):
    """Text that is put in has the line ends of the file."""
    content = end.join([b"from a import *", b"x = 1", b""])

    assert edited(content, (1, 15), (1, 16), "(\n    f,\n)") == end.join(
        [b"from a import (", b"    f,", b")", b"x = 1", b""]
    )


def test_a_byte_order_mark_stays():
    """Columns count from behind the mark."""
    assert edited(b"\xef\xbb\xbffrom a import *", (1, 15), (1, 16), "f") == b"\xef\xbb\xbffrom a import f"


def test_columns_are_characters_of_the_encoding():
    """In a Latin-1 file a letter is one byte, and new text is written in Latin-1."""
    content = "# coding: latin-1\nä = 1; from a import *\n".encode("latin-1")
    expected = "# coding: latin-1\nä = 1; from a import ö\n".encode("latin-1")

    assert edited(content, (2, 22), (2, 23), "ö") == expected


def test_a_letter_that_the_encoding_lacks_is_refused():
    """What cannot be written in the file's encoding is no edit."""
    with pytest.raises(NotLossless, match="has no way to write"):
        edited(b"# coding: latin-1\nfrom a import *\n", (2, 15), (2, 16), "ж")


def test_letters_of_more_than_one_byte():
    """In UTF-8, columns and offsets differ."""
    content = "größe = 1; from a import *\n".encode()

    assert edited(content, (1, 26), (1, 27), "f") == "größe = 1; from a import f\n".encode()


def test_a_last_line_without_an_end():
    """A line that is put behind it begins on a line of its own, and the file still has no end."""
    document = Document("m.py", b"a = 1")

    assert apply(b"a = 1", [document.replace_lines(2, 1, ("b = 2",))]) == b"a = 1\nb = 2"
    assert apply(b"a = 1", [document.replace_lines(1, 1, ("b = 2",))]) == b"b = 2"


def test_whole_lines():
    """Lines are put in, replaced and removed."""
    document = Document("m.py", b"a\r\nb\r\nc\r\n")

    assert apply(document.content, [document.replace_lines(2, 1, ("x",))]) == b"a\r\nx\r\nb\r\nc\r\n"
    assert apply(document.content, [document.replace_lines(2, 3, ("x",))]) == b"a\r\nx\r\n"
    assert apply(document.content, [document.replace_lines(2, 2, ())]) == b"a\r\nc\r\n"


def test_the_same_edit_twice_is_made_once():
    """Two rules may want one and the same line; edits that overlap otherwise are refused."""
    one = Edit("m.py", 0, 0, b"import a\n")

    assert apply(b"x", [one, one]) == b"import a\nx"
    assert not overlapping([one], [one])
    with pytest.raises(ValueError, match="overlaps"):
        apply(b"xyz", [Edit("m.py", 0, 2, b""), Edit("m.py", 1, 3, b"")])


def test_a_form_feed_is_no_line_end():
    """Only what Python takes for the end of a line counts as one."""
    assert Document("m.py", b"a\x0cb\x1c\nc").line(2) == "c"
