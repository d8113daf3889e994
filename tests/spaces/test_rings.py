"""Rings among names."""

import pytest

from loadstone.declared.rings import ring


@pytest.mark.parametrize(
    ("neighbours", "rings"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["b"], "b": ["a"]}, [("b", ("a", "b", "a"))]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [("c", ("b", "c", "b"))]),
        ({"a": ["a"]}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
    ],
)
def test_each_ring_is_found_once(neighbours, rings):
    """A ring is reported at its last name, from wherever it is reached."""
    assert list(ring(neighbours)) == rings
