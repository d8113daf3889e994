"""Errors of Loadstone keep their facts, pickle, and are what callers already catch."""

import pickle

import pytest

from loadstone import errors
from loadstone.errors import (
    BadModuleName,
    BadPatch,
    BadSettings,
    BadSharing,
    FileMissing,
    FilesChanged,
    LoadstoneError,
    LockUnusable,
    ModuleDenied,
    NameConflict,
    NameTaken,
    NoInterpreter,
    NoRevision,
    NoSuchModule,
    NoSuchSpace,
    NotRunnable,
    NoUv,
    SpaceNotReady,
    SyncFailed,
    WriteInProgress,
)

EACH = [
    (BadModuleName(name="a..b"), ValueError),
    (BadModuleName(name="..x", package="p"), ValueError),
    (BadPatch(reason="no change of a file is in it"), ValueError),
    (BadSettings(path="/p/pyproject.toml", key="tool.loadstone.exclude", reason="it is no list"), ValueError),
    (BadSharing(space="s", problems=("share cannot name 'sys'",)), ValueError),
    (FileMissing(path="/no/such.py"), FileNotFoundError),
    (
        LockUnusable(
            space="s", path="/p/pylock.s.toml", reason="it is no TOML", command="loadstone space sync s"
        ),
        ValueError,
    ),
    (NoSuchSpace(name="s", known=("t",), source="/p/pyproject.toml"), ModuleNotFoundError),
    (NoUv(), FileNotFoundError),
    (SpaceNotReady(name="s", reason="it is not installed", command="loadstone space sync s"), ImportError),
    (SyncFailed(space="s", act="resolved", said="uv: no"), RuntimeError),
    (FilesChanged(paths=("/a/m.py",)), OSError),
    (ModuleDenied(name="socket", space="s", rule="deny names 'socket'"), ImportError),
    (NameConflict(name="m", conflicts=("f means 2 things",)), ImportError),
    (NameTaken(name="m", path="/a/m.py", taken_by="/b/m.py"), ImportError),
    (NoInterpreter(path="/no/python", reason="it is not there"), OSError),
    (NoRevision(revision="v9", folder="/a", reason="git does not know it"), LookupError),
    (NoSuchModule(name="m", searched=("/a", "/b")), ModuleNotFoundError),
    (NotRunnable(target="/a", reason="it has no __main__.py"), ImportError),
    (WriteInProgress(root="/a"), OSError),
]


@pytest.mark.parametrize(("error", "caught_as"), EACH, ids=lambda value: type(value).__name__)
def test_an_error_is_what_callers_catch_and_pickles(error, caught_as):
    """Each is a LoadstoneError and a builtin error, and comes back from a pickle with its facts and its words."""
    again = pickle.loads(pickle.dumps(error))

    assert isinstance(error, LoadstoneError)
    assert isinstance(error, caught_as)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert {key: value for key, value in vars(again).items() if key != "_facts"} == {
        key: value for key, value in vars(error).items() if key != "_facts"
    }


def test_every_error_is_drawn_in_the_tree():
    """The tree on top of errors.py names every class below it, and __all__ has them too."""
    classes = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and value.__module__ == errors.__name__
    ]

    assert [name for name in classes if name not in errors.__doc__] == []
    assert sorted(classes) == sorted(errors.__all__)
