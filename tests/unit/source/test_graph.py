from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loadstone.source.graph import Edge, Graph, graph
from loadstone.source.graphs.cycles import components
from loadstone.source.statements import Statement
from loadstone.source.tree import find_project
from loadstone.testing import tree


def edges(t, importer=None):
    """Return the edges of the tree's project as text, those of one module if it is named."""
    found = graph(find_project([str(t.path)]))
    return [str(edge) for edge in (found.imports(importer) if importer else found.edges)]


def test_edge_names_its_line():
    """An edge says which line of the importer makes it."""
    with tree({"shop/cart.py": "x = 1\nimport shop.db", "shop/db.py": "", "shop/__init__.py": ""}) as t:
        assert edges(t) == ["shop.cart -> shop.db (line 2)"]


def test_submodule_by_from_import():
    """``from package import name`` is an edge to the submodule, and to the package where that runs something new."""
    with tree({"shop/__init__.py": "", "shop/db.py": "", "app.py": "from shop import db"}) as t:
        assert edges(t) == ["app -> shop (line 1)", "app -> shop.db (line 1)"]


def test_import_of_a_program():
    """What runs only when the file is a program runs later, and makes no cycle of imports."""
    main = 'if __name__ == "__main__":\n    try:\n        import b\n    finally:\n        pass\nelse:\n    import c'
    with tree({"a.py": main, "b.py": "import a", "c.py": ""}) as t:
        found = graph(find_project([str(t.path)]))

        assert edges(t) == ["a -> b (line 3, later)", "a -> c (line 7)", "b -> a (line 1)"]
        assert found.cycles() == ()


def test_name_of_a_package_is_no_submodule():
    """Where the package binds the name itself, the submodule of that name is not reached."""
    with tree({"shop/__init__.py": "def db(): ...", "shop/db.py": "", "app.py": "from shop import db"}) as t:
        assert edges(t) == ["app -> shop (line 1)"]


def test_package_that_imports_its_own_submodule():
    """A package that binds a submodule under its own name passes it on."""
    with tree(
        {"shop/__init__.py": "from . import db", "shop/db.py": "", "app.py": "from shop import db"}
    ) as t:
        assert edges(t) == ["app -> shop (line 1)", "app -> shop.db (line 1)", "shop -> shop.db (line 1)"]


def test_packages_on_the_way():
    """``import a.b.c`` runs a and a.b before; a module's own packages have been entered already."""
    files = {
        "a/__init__.py": "",
        "a/b/__init__.py": "",
        "a/b/c.py": "",
        "a/d.py": "import a.b.c",
        "e.py": "import a.b.c",
    }
    with tree(files) as t:
        assert edges(t, "a.d") == ["a.d -> a.b (line 1)", "a.d -> a.b.c (line 1)"]
        assert edges(t, "e") == ["e -> a (line 1)", "e -> a.b (line 1)", "e -> a.b.c (line 1)"]


def test_from_the_package_around():
    """``from . import`` of a sibling leads to the sibling alone; of a name of the package, to the package."""
    files = {
        "shop/__init__.py": "VERSION = 1",
        "shop/a.py": "from . import b",
        "shop/b.py": "from . import VERSION",
    }
    with tree(files) as t:
        assert edges(t) == ["shop.a -> shop.b (line 1)", "shop.b -> shop (line 1)"]


def test_time_of_running():
    """Imports in functions run later, those under TYPE_CHECKING never."""
    source = """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import b
        def f():
            import c
    """
    with tree({"a.py": source, "b.py": "", "c.py": ""}) as t:
        assert edges(t, "a") == [
            "a -> typing (line 1)",
            "a -> b (line 3, for type checkers)",
            "a -> c (line 5, later)",
        ]


def test_external_edges():
    """What is not the project's is reached by external edges."""
    with tree({"a.py": "import os.path\nimport nowhere.x"}) as t:
        found = graph(find_project([str(t.path)]))

        assert [edge.imported for edge in found.external] == ["os", "os.path", "nowhere", "nowhere.x"]
        assert found.importers("os")[0].importer == "a"


def test_script_found_by_its_file():
    """A module that an import reaches under another name is the same node."""
    with tree({"tools/a.py": "import b", "tools/b.py": "", "pyproject.toml": ""}) as t:
        project = find_project([str(t.path)], source_roots=[str(t / "tools"), str(t.path)])

        assert [str(edge) for edge in graph(project).edges] == ["a -> b (line 1)"]


def test_broken_files_have_no_edges():
    """A file that does not compile has no edges, and the others have theirs."""
    with tree({"a.py": "import b", "b.py": "def (", "c.py": "from ...x import y"}) as t:
        assert edges(t) == ["a -> b (line 1)"]


def test_chains_shortest_first():
    """All ways from one module to another, the shortest first, none through a module twice."""
    files = {"a.py": "import b, c", "b.py": "import c, a", "c.py": "import d", "d.py": "import c"}
    with tree(files) as t:
        found = graph(find_project([str(t.path)]))
        ways = [[edge.importer for edge in chain] for chain in found.chains("a", "d")]

        assert ways == [["a", "c"], ["a", "b", "c"]]
        assert found.chains("d", "a") == ()


def test_chains_between_packages():
    """``package.*`` stands for all modules of a package, and no chain passes through a second one of them."""
    files = {
        "shop/a.py": "import shop.b",
        "shop/b.py": "import db.x",
        "db/x.py": "import db.y",
        "db/y.py": "",
    }
    with tree(files) as t:
        found = graph(find_project([str(t.path)]))

        assert [str(*chain) for chain in found.chains("shop.*", "db.*")] == ["shop.b -> db.x (line 1)"]


def test_cycles():
    """A cycle is a group of modules that import one another at import time, with its shortest loop."""
    files = {
        "a.py": "import b",
        "b.py": "import c",
        "c.py": "import a, b",
        "d.py": "def f(): import a",
        "e.py": "import d",
    }
    with tree(files) as t:
        cycles = graph(find_project([str(t.path)])).cycles()

        assert [str(cycle) for cycle in cycles] == ["b -> c -> b (and 1 more)"]
        assert cycles[0].modules == ("a", "b", "c")


def test_later_imports_make_no_cycle():
    """An import inside a function is no part of a cycle at import time."""
    with tree({"a.py": "import b", "b.py": "def f(): import a"}) as t:
        assert graph(find_project([str(t.path)])).cycles() == ()


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh"))))
def test_components_are_what_reaches_itself(follow):
    """Two nodes are in one component exactly if each can be reached from the other."""

    def reach(node):
        seen, waiting = set(), list(follow.get(node, ()))
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(follow.get(one, ()))
        return seen

    mutual = {
        frozenset(other for other in follow if other in reach(node) and node in reach(other)) | {node}
        for node in follow
    }

    assert {frozenset(group) for group in components(follow)} == {group for group in mutual if len(group) > 1}


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_chains_are_all_simple_paths(pairs):
    """Of a small graph, the chains are exactly its simple paths, in order of length."""
    nowhere = Statement("", 1, 1, 1, "")
    found = Graph(
        "abcdef", [Edge(one, other, nowhere, "import") for one, other in sorted(pairs) if one != other]
    )

    def paths(node, path):
        if node == "b":
            yield path
        else:
            for edge in found.imports(node):
                if edge.imported not in path:
                    yield from paths(edge.imported, f"{path}{edge.imported}")

    ways = [
        "".join([chain[0].importer, *(edge.imported for edge in chain)])
        for chain in found.chains("a", "b", most=999)
    ]

    assert sorted(ways) == sorted(paths("a", "a"))
    assert ways == sorted(ways, key=len)


def test_long_chain_of_modules():
    """A chain of modules longer than Python's recursion limit is walked like any other."""
    nowhere = Statement("", 1, 1, 1, "")
    count = 5000
    ring = Graph(
        map(str, range(count)), [Edge(str(i), str((i + 1) % count), nowhere, "import") for i in range(count)]
    )

    assert len(ring.cycles()[0].modules) == count
    assert len(ring.chains("0", "4999")[0]) == count - 1
