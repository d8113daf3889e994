"""Standard-library functions that act for their caller, called from a space."""

import dataclasses

from loadstone.testing import tree

ORDER = """
    from __future__ import annotations
    import dataclasses
    from typing import ClassVar

    @dataclasses.dataclass
    class Order:
        limit: ClassVar[int] = 5
        parts: dataclasses.InitVar[int]
        name: str = "none"
"""


def test_a_dataclass_reads_its_annotations_in_its_own_space():
    """A class variable and an init-only field are told apart from fields, though annotations are text."""
    with tree({"shop.py": ORDER}) as t:
        shop = t.space().import_module("shop")

        assert [field.name for field in dataclasses.fields(shop.Order)] == ["name"]


def test_dataclasses_of_a_space_are_dataclasses_in_the_host():
    """The host's functions work on a space's dataclass, and the other way round."""
    with tree({"shop.py": ORDER, "use.py": "from dataclasses import asdict, is_dataclass"}) as t:
        space = t.space()
        order = space.import_module("shop").Order(3)
        use = space.import_module("use")

        assert dataclasses.asdict(order) == use.asdict(order) == {"name": "none"}
        assert dataclasses.is_dataclass(order)


def test_a_graft_leaves_the_host_alone():
    """The host's module keeps its own functions, and they keep the host's `sys`."""
    with tree({"shop.py": ORDER}) as t:
        t.space().import_module("shop")

        assert dataclasses.dataclass.__globals__ is vars(dataclasses)
        assert dataclasses.Field is t.space().import_module("dataclasses").Field
