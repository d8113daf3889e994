"""One file loaded twice: there are two of everything in it."""

from __future__ import annotations

import pytest

from loadstone.testing import tree


def test_variable_set_in_the_script(explained):
    """The script sets it in `__main__`, and another module reads it from the copy it imports."""
    app = "db = None\nif __name__ == '__main__':\n    db = {}\n    import worker"
    with tree({"app.py": app, "worker.py": "import app\napp.db.get(1)"}) as t:
        done = explained(t, "app.py")

        assert done.last == "AttributeError: 'NoneType' object has no attribute 'get'"
        assert done.text == (
            "loadstone: app.py was loaded twice, as __main__ and as app: db is None in app, and was set in __main__\n"
            "  worker.py:2  app.db.get(1)\n"
            "  worker.py:1  import app     imports it as app\n"
            "  repair: move db into a module of its own, and import it from there, in app.py too"
        )


REGISTRY = """
    class Bad(Exception): pass
    known = {}
    if __name__ == "__main__":
        known["x"] = 1
        late = 2
        import worker
        try:
            worker.go()
        except Bad:
            print("fine")
"""


@pytest.mark.parametrize(
    ("go", "says"),
    [
        ("from app import late", "only __main__ has 'late'"),
        ("import app; app.late", "only __main__ has 'late'"),
        ("from app import known; known['x']", "known of __main__ has 'x', that of app has not"),
        ("import app; raise app.Bad", "app.py:9 catches the Bad of __main__, and this is that of app"),
    ],
)
def test_what_differs(explained, go, says):
    """A name, an entry, or a class of which there are two."""
    with tree({"app.py": REGISTRY, "worker.py": f"def go():\n    {go}"}) as t:
        done = explained(t, "app.py")

        assert done.kind == "loaded-twice"
        assert says in done.text


def test_two_roots(explained):
    """A module of a package that is also found without it."""
    files = {"pkg/__init__.py": "", "pkg/state.py": "conn = None"}
    program = "import pkg.state\npkg.state.conn = {}\nimport state\nstate.conn.get(1)"
    with tree({**files, "main.py": program}) as t:
        done = explained(t, "main.py", path=["pkg"])

        assert "pkg/state.py was loaded twice, as state and as pkg.state" in done.text
        assert (
            done.value["repair"]["say"]
            == "import it by one name everywhere: as pkg.state, and nowhere as state"
        )


@pytest.mark.parametrize(
    "go",
    [
        "import app; app.nowhere",
        "from app import known; known['y']",
        "raise KeyError('x')",
        "import app; raise ValueError",
        "{}['x']",
    ],
)
def test_what_does_not_differ(explained, go):
    """A file that is loaded twice is not always what is at fault."""
    with tree({"app.py": REGISTRY, "worker.py": f"import app\ndef go():\n    {go}"}) as t:
        assert explained(t, "app.py").kind is None


def test_one_module_under_two_names(explained):
    """The same module object under two names is no second copy."""
    program = "import sys\nimport state\nsys.modules['other'] = state\nimport other\nother.conn.get(1)"
    with tree({"state.py": "conn = None", "main.py": program}) as t:
        assert explained(t, "main.py").kind is None
