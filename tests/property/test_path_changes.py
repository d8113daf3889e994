"""Whatever is written to the folders of a path, a space finds what Python finds after a fresh look."""

import shutil
from importlib.machinery import PathFinder

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadstone.runtime import path_index
from loadstone.runtime.space import Space
from loadstone.testing import tree

FOLDERS = ["a", "b/site-packages", "c", "d/site-packages", "e"]
NAMES = ["x", "y"]

# What stands in a folder under a module's name: (folder, name, kind); "none" removes it.
CHANGES = st.tuples(
    st.sampled_from(FOLDERS),
    st.sampled_from(NAMES),
    st.sampled_from(
        ["none", "module", "package", "namespace", "bytecode", "data", "folder gone", "folder back"]
    ),
)
PATHS = st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=6)


def put(root, folder, name, kind):
    """Bring one change about."""
    place = root / folder
    if kind == "folder gone":
        shutil.rmtree(place, ignore_errors=True)
        return
    place.mkdir(parents=True, exist_ok=True)
    for old in [*place.glob(f"{name}.*"), place / name]:
        shutil.rmtree(old, ignore_errors=True)
        old.unlink(missing_ok=True)
    if kind in {"package", "namespace"}:
        (place / name).mkdir()
    files = {"module": ".py", "package": "/__init__.py", "bytecode": ".pyc", "data": ".txt"}
    if kind in files:
        (place / f"{name}{files[kind]}").touch()


def answer(spec):
    """Return what matters of a spec."""
    return spec and (spec.origin, type(spec.loader), list(spec.submodule_search_locations or []))


def looked_up(acts):
    """Yield what a space finds after each act, and what Python finds after a fresh look."""
    with tree({f"{folder}/": "" for folder in FOLDERS}) as t:
        path = [str(t / folder) for folder in FOLDERS]
        space = Space("changes")
        space.path[:] = path
        for act in acts:
            if isinstance(act, list):
                space.path[:] = path = [str(t / folder) for folder in act]
            else:
                put(t.path, *act)
            PathFinder.invalidate_caches()
            forget_missing(space.path_importer_cache)
            for name in NAMES:
                yield answer(space.find_spec(name)), answer(PathFinder.find_spec(name, path))


def forget_missing(cache):
    """Let a folder be found that was not there when it was first asked for; Python too wants to be told of it."""
    for entry, finder in list(cache.items()):
        if finder is None:
            del cache[entry]


@settings(deadline=None, max_examples=60)
@given(acts=st.lists(st.one_of(CHANGES, PATHS), min_size=1, max_size=25))
def test_a_space_finds_what_python_finds_after_a_fresh_look(acts):
    """The path and the disk change in any order; folders of installed packages are looked at each time here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(path_index, "_INSTALLED_TRUST", -1)
        for found, expected in looked_up(acts):
            assert found == expected


@settings(deadline=None, max_examples=60)
@given(acts=st.lists(st.one_of(CHANGES, PATHS), min_size=1, max_size=25))
def test_what_is_there_is_found_and_what_is_not_is_not(acts):
    """With folders of installed packages believed for a while, as they are, another file of the name may win."""
    for found, expected in looked_up(acts):
        assert (found is None) == (expected is None)
