"""pickle, copyreg, shelve, copy and marshal: names in a pickle are those of the space."""

from __future__ import annotations

SHAPES = """
    import enum
    class Size:
        def __init__(self, width):
            self.width = width
        def __eq__(self, other):
            return type(self) is type(other) and self.width == other.width
        def double(self):
            return Size(2 * self.width)
        class Inner:
            pass
    class Kind(enum.Enum):
        SMALL = 1
    def area(size): return size.width ** 2
    class Oops(Exception): pass
"""


def test_pickles_of_instances(same):
    """Instances, classes, inner classes, functions and members come back as the space's own, in every protocol."""
    assert same(
        shapes=SHAPES,
        program="""
            import pickle, shapes
            things = [shapes.Size(3), shapes.Size, shapes.Size.Inner, shapes.area, shapes.Kind.SMALL]
            def run():
                numbers = range(pickle.HIGHEST_PROTOCOL + 1)
                return [pickle.loads(pickle.dumps(things, number)) == things for number in numbers]
        """,
    ) == repr([True] * 6)


def test_pickles_name_the_plain_module(same):
    """The name in the pickle is the module's plain name, as Python writes it."""
    assert "shapes" in same(
        shapes=SHAPES,
        program="""
            import pickle, shapes
            def run():
                return pickle.dumps(shapes.Size(3))
        """,
    )


def test_pickles_by_files_and_classes(same):
    """`dump`, `load`, `Pickler` and `Unpickler`, with `find_class` and `persistent_id` of one's own."""
    assert same(
        shapes=SHAPES,
        program="""
            import io, pickle, shapes
            class Reader(pickle.Unpickler):
                def find_class(self, module, name):
                    return super().find_class(module.lower(), name)
            def run():
                file = io.BytesIO()
                pickle.dump(shapes.Size(1), file)
                pickle.Pickler(file).dump(shapes.Size(2))
                file.seek(0)
                return pickle.load(file) == shapes.Size(1), Reader(file).load() == shapes.Size(2)
        """,
    )


def test_pickles_by_pythons_own_pickler(same):
    """The pickler that is written in Python finds the same modules."""
    assert same(
        shapes=SHAPES,
        program="""
            import pickle, shapes
            def run():
                text = pickle._dumps(shapes.Kind.SMALL), pickle._dumps(shapes.area)
                return (
                    [pickle._loads(each) for each in text] == [shapes.Kind.SMALL, shapes.area],
                    pickle.whichmodule(shapes.area, "area"),
                )
        """,
    )


def test_a_module_that_is_imported_by_a_pickle(same):
    """A pickle imports the module it names; one that is missing is Python's error."""
    assert same(
        late="class Late: pass",
        program=r"""
            import pickle, sys
            def run():
                before = "late" in sys.modules
                kind = pickle.loads(b"clate\nLate\n.")
                try:
                    pickle.loads(b"cnowhere\nThing\n.")
                except ImportError as error:
                    return before, kind.__module__, kind is sys.modules["late"].Late, str(error)
        """,
    )


def test_a_class_that_cannot_be_pickled(same):
    """The error for a local class is Python's."""
    assert "local object" in same(
        program="""
            import pickle
            def run():
                class Local: pass
                try:
                    pickle.dumps(Local())
                except (pickle.PicklingError, AttributeError) as error:
                    return str(error)
        """
    )


def test_registered_reductions(same):
    """`copyreg.pickle` and `dispatch_table` are heeded; errors and bound methods travel."""
    assert same(
        shapes=SHAPES,
        program="""
            import copyreg, pickle, shapes
            class Odd:
                def __init__(self, n): self.n = n
            def rebuild(n): return Odd(n + 1)
            copyreg.pickle(Odd, lambda odd: (rebuild, (odd.n,)))
            def run():
                error = pickle.loads(pickle.dumps(shapes.Oops("x")))
                method = pickle.loads(pickle.dumps(shapes.Size(2).double))
                return pickle.loads(pickle.dumps(Odd(1))).n, type(error) is shapes.Oops, method().width
        """,
    )


def test_extension_codes(same):
    """`copyreg.add_extension` and the codes in a pickle name the space's classes."""
    assert same(
        shapes=SHAPES,
        program="""
            import copyreg, pickle, shapes
            def run():
                copyreg.add_extension("shapes", "Size", 241)
                try:
                    text = pickle.dumps(shapes.Size, 2)
                    return text, pickle.loads(text) is shapes.Size
                finally:
                    copyreg.remove_extension("shapes", "Size", 241)
                    copyreg.clear_extension_cache()
        """,
    )


def test_shelves(same):
    """A shelf keeps and returns instances of the space's classes."""
    assert same(
        shapes=SHAPES,
        program="""
            import os, shelve, shapes
            def run():
                path = os.path.join(os.path.dirname(__file__), "shelf")
                with shelve.open(path) as shelf:
                    shelf["a"] = shapes.Size(3)
                with shelve.open(path, writeback=True) as shelf:
                    return shelf["a"] == shapes.Size(3), sorted(shelf)
        """,
    )


def test_copies(same):
    """`copy` and `deepcopy` go by the same reductions."""
    assert same(
        shapes=SHAPES,
        program="""
            import copy, shapes
            def run():
                return copy.deepcopy([shapes.Size(1)]) == [shapes.Size(1)], copy.copy(shapes.Kind.SMALL)
        """,
    )


def test_pickle_tools(same):
    """`pickletools.optimize` and `dis` read what was written."""
    assert same(
        shapes=SHAPES,
        program="""
            import io, pickle, pickletools, shapes
            def run():
                text = pickletools.optimize(pickle.dumps(shapes.Size(1)))
                out = io.StringIO()
                pickletools.dis(text, out)
                return pickle.loads(text) == shapes.Size(1), out.getvalue()
        """,
    )
