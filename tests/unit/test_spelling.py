"""Which name is meant by one that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadstone.spelling import closest, distance, nearest

WORDS = st.text("abcd_", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("", "", 0),
        ("json", "json", 0),
        ("jsn", "json", 1),
        ("sjon", "json", 1),
        ("", "abc", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance(one, other, slips):
    """Letters added, left out, changed, and neighbours swapped."""
    assert distance(one, other) == slips


@given(WORDS, WORDS)
def test_distance_is_symmetric(one, other):
    """It does not matter which of two words is the wrong one."""
    assert distance(one, other) == distance(other, one)


@given(WORDS, WORDS, st.integers(0, 4))
def test_distance_up_to_a_bound(one, other, most):
    """With a bound, the distance is exact up to it, and above it otherwise."""
    exact, bounded = distance(one, other), distance(one, other, most)

    assert bounded == exact if exact <= most else bounded > most


@pytest.mark.parametrize(
    ("name", "names", "meant"),
    [
        ("Json", {"json", "jsn"}, "json"),  # another case is nearest
        ("data_base", {"database"}, "database"),
        ("requets", {"requests"}, "requests"),
        ("lib", {"zlib"}, ""),  # the first letters differ
        ("pytest", {"test"}, ""),
        ("total", {"totals", "total1"}, ""),  # two as near
        ("x", {"y"}, ""),  # too short
        ("shop", {"_shop"}, ""),  # private names are no guess
        ("name", {"name"}, ""),
        ("name", set(), ""),
        ("", {"a"}, ""),
    ],
)
def test_closest(name, names, meant):
    """The one name that is near, or none."""
    assert closest(name, names) == meant


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("totl", ["join", "total"], "total"),
        ("Total", ["totals", "total"], "total"),
        ("x", ["total"], ""),
        ("total", [], ""),
    ],
)
def test_the_nearest_name(name, known, near):
    """Of a few words it is the one that is spelled most alike, by other case before all; none where none is near."""
    assert nearest(name, known) == near
