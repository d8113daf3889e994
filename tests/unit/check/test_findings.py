"""Findings in parts: new ones take the place of the old."""

from __future__ import annotations

import pytest

from loadstone.check.diagnostic import Diagnostic, Place
from loadstone.check.engine import Found
from loadstone.check.keeping.findings import Packed, in_parts, mentions, pack, spliced, unpack


def finding(path, line, message="this is a star"):
    return Diagnostic("star", "note", Place(path, line, 1, 2), message)


def every(parts):
    return [one for part in parts.values() for one in unpack(part)]


OLD = [finding(f"/app/m{number:03}.py", line) for number in range(0, 300, 2) for line in (1, 2)]


@pytest.mark.parametrize("path", ["/app/a.py", "/app/m000.py", "/app/m100.py", "/app/m101.py", "/app/z.py"])
@pytest.mark.parametrize("old", [OLD, []])
def test_new_findings_come_where_they_belong(path, old):
    """The findings of a file are replaced, wherever it lies among the others, and also where it had none."""
    new = [finding(path, 7)]
    after = sorted([*(one for one in old if one.path != path), *new], key=lambda one: one.path)

    assert every(spliced(in_parts(old), [path], new)) == after


def test_findings_of_a_file_go():
    """A file in which nothing is found any more has nothing left."""
    after = every(spliced(in_parts(OLD), ["/app/m100.py", "/app/m298.py"], []))

    assert after == [one for one in OLD if one.path not in {"/app/m100.py", "/app/m298.py"}]


def test_findings_of_many_files_come_in_order():
    """Also where nothing was found before."""
    new = [finding(f"/app/{name}.py", 1) for name in "abcdef"]

    assert every(spliced({}, [one.path for one in reversed(new)], new)) == new


def test_what_findings_mention_is_what_they_say():
    """A file or module is mentioned where a text of a finding has it; how findings are packed does not count."""
    part = pack((finding("/app/cart.py", 1, "shop.money has no VAT"),))

    assert mentions(part, "/app/cart.py")
    assert mentions(part, "shop.db", "shop.money")
    assert not mentions(part, "loadstone.check")
    assert not mentions(b"", "shop")


def test_a_module_that_is_checked_again_loses_what_it_had():
    """Others keep what they have; a rule has findings beside those of modules."""
    packed = Packed.of(Found({"a": (finding("/a.py", 1),), "b": (finding("/b.py", 1),)}, {"crash-cycle": ()}))
    after = packed.and_of(Found({"a": ()}, {"crash-cycle": (finding("/b.py", 9),)}), ["a", "b"])

    assert [*after.modules] == ["b"]
    assert not packed.and_of(Found({}, {}), ["a"]).modules.keys() - {"a"}
    assert [one.line for one in after.in_files(["/a.py", "/b.py"])] == [1, 9]
