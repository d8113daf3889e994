"""dataclasses, typing, enum and functools: what they find out about a class of a space, by the name of its module."""

from __future__ import annotations

import dataclasses
import enum
import sys
import typing

import pytest

from loadstone.testing import tree


def test_dataclass_with_annotations_as_text(same):
    """Class variables and init-only fields are told from fields, though their annotations are text."""
    assert same(
        program="""
            from __future__ import annotations
            import dataclasses
            import typing as t
            @dataclasses.dataclass
            class Order:
                limit: t.ClassVar[int] = 5
                parts: dataclasses.InitVar[int]
                name: str = "none"
            def run():
                return [field.name for field in dataclasses.fields(Order)], Order(1)
        """
    ).startswith("(['name'], Order(")


def test_dataclass_made_by_a_call(same):
    """`make_dataclass` makes classes whose methods work."""
    assert "Point(x=1, y=2)" in same(
        program="""
            import dataclasses, sys
            def run():
                Point = dataclasses.make_dataclass("Point", [("x", int), ("y", "int", 2)])
                return Point(1), dataclasses.asdict(Point(3)), Point(1) == Point(1)
        """
    )


def test_dataclass_that_derives_from_another_modules(same):
    """Fields of a base in another module are inherited, annotations as text included."""
    assert same(
        base="""
            from __future__ import annotations
            import dataclasses
            from shapes import Size
            @dataclasses.dataclass(kw_only=True, frozen=True)
            class Base:
                size: Size | None = None
        """,
        shapes="class Size: pass",
        program="""
            import dataclasses
            from base import Base
            @dataclasses.dataclass(frozen=True, slots=True)
            class Leaf(Base):
                name: str
            def run():
                return Leaf("a"), dataclasses.replace(Leaf("a"), name="b"), hash(Leaf("a")) == hash(Leaf("a"))
        """,
    )


def test_type_hints_of_a_class(same):
    """`get_type_hints` evaluates text in the namespace of the class's own module, bases included."""
    assert "shapes.Size" in same(
        shapes="class Size: pass",
        base="""
            from __future__ import annotations
            from shapes import Size
            class Base:
                size: Size
        """,
        program="""
            import typing
            from base import Base
            class Leaf(Base):
                other: "Leaf"
            def run():
                return typing.get_type_hints(Leaf)
        """,
    )


def test_type_hints_of_a_typed_dict(same):
    """`get_type_hints` knows where the fields of an inherited TypedDict were written."""
    assert same(
        base="""
            from __future__ import annotations
            import typing
            Money = int
            class Base(typing.TypedDict, total=False):
                price: Money
        """,
        program="""
            import typing
            from base import Base
            class Row(Base):
                name: typing.Required["str"]
            def run():
                return typing.get_type_hints(Row), sorted(Row.__required_keys__), typing.is_typeddict(Row)
        """,
    )


def test_type_hints_of_functions_and_modules(same):
    """`get_type_hints` of a function, a method and a module."""
    assert same(
        program="""
            from __future__ import annotations
            import sys, typing
            Number = float
            total: Number = 0.0
            def add(a: Number, b: typing.Optional[Number] = None) -> Number: ...
            class Sum:
                def add(self, a: Sum) -> Number: ...
            def run():
                return [typing.get_type_hints(of) for of in (add, Sum.add, sys.modules[__name__])]
        """
    )


def test_named_tuples(same):
    """`NamedTuple` by class and by call, and `namedtuple`, know their module; a class body recognises `NamedTuple`."""
    assert same(
        program="""
            import collections, typing
            class Point(typing.NamedTuple):
                x: int
                y: "int" = 0
            Pair = typing.NamedTuple("Pair", [("a", int)])
            Old = collections.namedtuple("Old", "a b")
            def run():
                return Point(1), Pair(2), Old(1, 2), Point.__module__, Pair.__module__, Old.__module__
        """
    ).endswith("'program', 'program', 'program')")


def test_new_types_and_type_variables(same):
    """What is named after its module: NewType, TypeVar, generic classes, protocols."""
    assert same(
        program="""
            import typing
            T = typing.TypeVar("T", bound="Box")
            Id = typing.NewType("Id", int)
            class Box(typing.Generic[T]): ...
            @typing.runtime_checkable
            class Closes(typing.Protocol):
                def close(self) -> None: ...
            def run():
                return Id, Id.__module__, T.__module__, Box[int], isinstance(open(__file__), Closes)
        """.replace("isinstance(open(__file__), Closes)", "issubclass(Box, Closes)")
    )


def test_overloads(same):
    """`get_overloads` finds what `overload` kept, by module and name."""
    assert same(
        program="""
            import typing
            @typing.overload
            def f(a: int) -> int: ...
            @typing.overload
            def f(a: str) -> str: ...
            def f(a): return a
            def run():
                return [typing.get_type_hints(each) for each in typing.get_overloads(f)]
        """
    )


def test_single_dispatch_on_annotations(same):
    """`singledispatch` registers by an annotation that is text, and by a class of another module."""
    assert same(
        shapes="class Size: pass",
        program="""
            from __future__ import annotations
            import functools
            from shapes import Size
            @functools.singledispatch
            def name(thing): return "thing"
            @name.register
            def _(thing: Size): return "size"
            class Namer:
                @functools.singledispatchmethod
                def name(self, thing): return "thing"
                @name.register
                def _(self, thing: Size): return "size"
            def run():
                return name(1), name(Size()), Namer().name(Size())
        """,
    ) == repr(("thing", "size", "size"))


def test_enumerations(same):
    """Members know their class and module; the functional form takes the caller's module."""
    assert same(
        program="""
            import enum
            class Colour(enum.Enum):
                RED = enum.auto()
            Size = enum.IntEnum("Size", "S M")
            class Flags(enum.Flag):
                A = 1
                B = 2
            def run():
                return Colour.RED, Size.M, Size.__module__, Flags.A | Flags.B, Colour["RED"], Size(1)
        """
    )


def test_global_enumerations(same):
    """`global_enum` puts the members into the namespace of the class's module."""
    assert same(
        program="""
            import enum
            @enum.global_enum
            class Level(enum.IntEnum):
                LOW = 1
            def run():
                return LOW, repr(LOW), str(LOW)
        """
    )


def test_classes_have_one_identity():
    """A class, a sentinel or an error of these modules is the same on both sides."""
    modules = [
        "dataclasses",
        "typing",
        "enum",
        "functools",
        "inspect",
        "collections",
        "logging",
        "unittest.case",
    ]
    with tree({}) as t:
        space = t.space()
        for name in modules:
            theirs, ours = space.import_module(name), sys.modules[name]
            for word, value in vars(ours).items():
                if isinstance(value, type):
                    assert getattr(theirs, word) is value, (name, word)
        assert space.import_module("dataclasses").MISSING is dataclasses.MISSING
        assert space.import_module("typing").Any is typing.Any
        assert space.import_module("enum").auto is enum.auto


@pytest.mark.parametrize(
    "name", ["importlib.metadata", "pickle", "doctest", "pdb", "concurrent.futures.process"]
)
def test_errors_have_one_identity(name):
    """What a module that is executed anew raises can be caught in the host."""
    with tree({}) as t:
        theirs = t.space().import_module(name)
        ours = __import__(name, fromlist=["x"])
        errors = [
            word
            for word, value in vars(ours).items()
            if isinstance(value, type) and issubclass(value, Exception)
        ]

        assert errors
        assert all(getattr(theirs, word) is getattr(ours, word) for word in errors)
