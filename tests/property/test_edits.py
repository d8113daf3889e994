"""Random small projects and random edits: what is checked again says what a check of everything says."""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from loadstone.check import check
from loadstone.check.config.settings import Settings
from loadstone.check.keeping.answer import recall
from loadstone.check.keeping.checking import check_again, check_all
from loadstone.source.inputs import changed
from loadstone.source.store import Store
from loadstone.source.tree import find_project
from loadstone.testing import tree

SPEC = importlib.util.spec_from_file_location("origins", Path(__file__).with_name("test_origins.py"))
origins = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(origins)

LINES = [
    "# a comment", "", "def new(x: int = 1):\n    return x", "class New(Exception): ...", "fresh = 1", "f = 2",
    "def late():\n    import a, b\n    from a import f\n    return b.g(f)", "from a import *", "from b import f as g",
    "import nowhere", "f()", "del f", "__all__ = ['f', 'g']", "import b  # loadstone: ignore", "def (",
    "import pkg", "import pkg.sub.z", "from pkg import x", "import pkg\npkg.sub.f", "import a\na.f = 1",
    "from pkg.sub import *", "from pkg import y as x\nx.g", "import a as x", "x.f", "g = a.g", "raise ImportError",
    "try:\n    from c import h\nexcept ImportError:\n    h = 1", "if b:\n    import c", "__all__ = ['sub', 'x']",
    "def __getattr__(name): ...", "import a, sys\nsys.modules['pkg.x'] = a", "from a import __all__, h",
    "import a\n__all__ = a.__all__", "if __name__ == '__main__':\n    import a",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import g", "def f():\n    from pkg import sub",
    "def put(name):\n    import b\n    setattr(b, name, 1)", "from .sub import z", "from . import y\ny.f()",
]  # fmt: skip
REMOVED = "(the line is taken out)"
PLACES = [
    "lone.py", "string.py", "pkg/alone.py", "pkg/sub/aside.py", "tests/test_it.py", "tests/deep/test_more.py",
    "pkg/fresh/part.py", "pkg/fresh/__init__.py", "more/__init__.py", "more/inner.py", "notes.txt", "pkg/h.py", "x.py",
    "tools/my-script.py", "pkg/a.py", "d/__init__.py", "pkg/x.txt", "pkg/y/z.py", "pkg/sub/data/some.csv",
    "pkg/fresh/some.csv",
]  # fmt: skip
MORE = [
    "import lone\nlone.f",
    "from pkg import alone",
    "from .aside import g",
    "import more.inner",
    "import pkg.fresh",
]
edit = st.tuples(
    st.sampled_from(origins.MODULES),
    st.one_of(st.just(REMOVED), st.sampled_from(LINES)),
    st.integers(0, 9),
)
edits = st.lists(edit, min_size=1, max_size=5)
comings = st.tuples(st.sampled_from(PLACES), st.lists(st.sampled_from(LINES + MORE), max_size=3))


def project_of(t, store=None):
    return find_project([str(t.path)], root=str(t.path), store=store)


def checked(t, db):
    """Return what is found by a check that keeps what it knows."""
    with Store(db) as store:
        answer = recall(store, b"key")
        changes = changed(answer.inputs) if answer else []
        find = partial(project_of, t, store)
        again = check_again(store, b"key", answer, changes, find) if changes else None
        if again is None:
            project = project_of(t, store)
            again = check_all(project, Settings(root=project.root), store, b"key")
        return again.found


@given(project=origins.projects, edits=edits)
@settings(max_examples=30, deadline=None)
def test_a_check_after_edits_is_a_check(project, edits, tmp_path_factory):
    """After each edit the findings are those of a check without anything that was kept."""
    db = str(tmp_path_factory.mktemp("kept") / "kept.sqlite")
    with tree({origins.FILES[module]: text for module, text in project.items()}) as t:
        checked(t, db)
        for one in edits:
            make(t, *one)
            whole = project_of(t)

            assert checked(t, db) == check(whole, Settings(root=whole.root))


@given(project=origins.projects, changes=st.lists(st.one_of(comings, comings, edit), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_check_after_files_have_come_and_gone_is_a_check(project, changes, tmp_path_factory):
    """After files have come, gone or been edited the findings are those of a check without anything that was kept."""
    db = str(tmp_path_factory.mktemp("kept") / "kept.sqlite")
    with tree({origins.FILES[module]: text for module, text in project.items()}) as t:
        checked(t, db)
        for one in changes:
            make(t, *one) if one[0] in origins.FILES else come_or_go(t, *one)
            whole = project_of(t)

            assert checked(t, db) == check(whole, Settings(root=whole.root))


def make(t, module, line, number):
    """Put a line into a module, or take one out."""
    path = t.path / origins.FILES[module]
    lines = path.read_text("utf-8").split("\n")
    lines[number : number + (line == REMOVED)] = [] if line == REMOVED else [line]
    path.write_text("\n".join(lines), "utf-8")


def come_or_go(t, place, lines):
    """Write a new file; one that is there is taken away, with a folder that is empty then."""
    path = t.path / place
    if not path.exists():
        t.write(place, "\n".join(lines))
        return
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
