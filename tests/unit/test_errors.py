"""Errors of Loadstone keep their facts, pickle, and are what callers already catch."""

import pickle

import pytest

from loadstone import errors
from loadstone.errors import (
    BadModuleName,
    BadOptions,
    BadPatch,
    BadSharing,
    ExtensionTaken,
    FileMissing,
    FilesChanged,
    FolderNotEmpty,
    LoadstoneError,
    LockUnusable,
    ModuleDenied,
    NameConflict,
    NameTaken,
    NoInterpreter,
    NoRevision,
    NoSource,
    NoSuchModule,
    NoSuchPlugin,
    NoSuchSpace,
    NotRunnable,
    NoUv,
    SpaceClosed,
    SpaceNotReady,
    SyncFailed,
    Undecided,
    WriteInProgress,
)

EACH = [
    (BadModuleName(name="a..b"), ValueError),
    (BadModuleName(name="..x", package="p"), ValueError),
    (BadOptions(problems=("unknown rule 'stra': did you mean 'star'?",)), ValueError),
    (BadPatch(reason="no change of a file is in it"), ValueError),
    (BadSharing(space="s", problems=("share cannot name 'sys'",)), ValueError),
    (ExtensionTaken(name="m", path="/a/m.so", space="s", owner="the host"), ImportError),
    (FileMissing(path="/no/such.py"), FileNotFoundError),
    (
        LockUnusable(
            space="s", path="/p/pylock.s.toml", reason="it is no TOML", command="loadstone space sync s"
        ),
        ValueError,
    ),
    (NoSuchPlugin(name="p", known=("q",), directory="/p/plugins"), KeyError),
    (NoSuchSpace(name="s", known=("t",), source="/p/pyproject.toml"), ModuleNotFoundError),
    (NoUv(), FileNotFoundError),
    (SpaceNotReady(name="s", reason="it is not installed", command="loadstone space sync s"), ImportError),
    (SyncFailed(space="s", act="resolved", said="uv: no"), RuntimeError),
    (FilesChanged(paths=("/a/m.py",)), OSError),
    (FolderNotEmpty(path="/a"), FileExistsError),
    (ModuleDenied(name="socket", space="s", rule="deny names 'socket'"), ImportError),
    (NameConflict(name="m", conflicts=("f means 2 things",)), ImportError),
    (NameTaken(name="m", path="/a/m.py", taken_by="/b/m.py"), ImportError),
    (NoInterpreter(path="/no/python", reason="it is not there"), OSError),
    (NoRevision(revision="v9", folder="/a", reason="git does not know it"), LookupError),
    (NoSource(name="math", kind="a built-in module"), ImportError),
    (NoSuchModule(name="m", searched=("/a", "/b")), ModuleNotFoundError),
    (NotRunnable(target="/a", reason="it has no __main__.py"), ImportError),
    (SpaceClosed(name="m", space="s"), ImportError),
    (Undecided(name="m", spaces=("s", "t")), ImportError),
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


def test_the_list_above_has_every_error():
    """No error of the tree is left out of the test above."""
    assert {type(error) for error, _ in EACH} == {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, LoadstoneError)
    } - {LoadstoneError}


def test_every_error_is_drawn_in_the_tree():
    """The tree on top names every class, so does __all__, and tracebacks print each as of loadstone.errors."""
    classes = [name for name, value in vars(errors).items() if isinstance(value, type)]

    assert [name for name in classes if name not in errors.__doc__] == []
    assert {vars(errors)[name].__module__ for name in classes} == {"loadstone.errors"}
    assert sorted(classes) == sorted(errors.__all__)
