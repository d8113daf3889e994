"""Every error that Loadstone raises for itself; an import that fails raises Python's own.

LoadstoneError
├── BadModuleName (ValueError)            a text that is no module name
├── BadOptions (ValueError)               all that is wrong with the settings of one command
├── BadPatch (ValueError)                 a patch that cannot be read, or does not fit the files
├── BadSettings (ValueError)              a pyproject.toml with settings that cannot be understood
├── BadSharing (ValueError)               rules of a space about sharing that cannot be obeyed
├── ExtensionTaken (ImportError)          an extension file that another space has loaded
├── FileMissing (FileNotFoundError)       a file to load or run that is not there
├── FilesChanged (OSError)                files that somebody else changed before they could be written
├── FolderNotEmpty (FileExistsError)      a folder to write into that has other files in it
├── LockUnusable (ValueError)             a lock file that sync did not leave as it is
├── ModuleDenied (ImportError)            a module that a rule of its space forbids
├── NameConflict (ImportError)            a strict module whose star imports conflict
├── NameTaken (ImportError)               a name that already stands for another file
├── NoInterpreter (OSError)               an interpreter that was named and does not answer
├── NoRevision (LookupError)              a revision that git does not have for a folder
├── NoSource (ImportError)                a module without lines to ask about
├── NoSuchModule (ModuleNotFoundError)    a module asked about that no path entry has
├── NoSuchSpace (ModuleNotFoundError)     a space that nothing declares
├── NoUv (FileNotFoundError)              uv, which installs spaces, is not there
├── NotRunnable (ImportError)             a directory, module or file that has no program in it
├── SpaceClosed (ImportError)             an import in a space that was closed
├── SpaceNotReady (ImportError)           a declared space that is not installed as it is declared
├── SyncFailed (RuntimeError)             what uv said when it could not install a space
├── Undecided (ImportError)               an import made from C that may be the host's or a space's
└── WriteInProgress (OSError)             a project in which another process is writing

LoadstoneWarning (UserWarning)
├── LoadedTwice                           one file under two module names
└── NoGuard                               an interpreter in which C code cannot import from spaces
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "BadModuleName",
    "BadOptions",
    "BadPatch",
    "BadSettings",
    "BadSharing",
    "ExtensionTaken",
    "FileMissing",
    "FilesChanged",
    "FolderNotEmpty",
    "LoadedTwice",
    "LoadstoneError",
    "LoadstoneWarning",
    "LockUnusable",
    "ModuleDenied",
    "NameConflict",
    "NameTaken",
    "NoGuard",
    "NoInterpreter",
    "NoRevision",
    "NoSource",
    "NoSuchModule",
    "NoSuchSpace",
    "NoUv",
    "NotRunnable",
    "SpaceClosed",
    "SpaceNotReady",
    "SyncFailed",
    "Undecided",
    "WriteInProgress",
]


class LoadstoneError(Exception):
    """The base of Loadstone's errors; each keeps the facts it names as attributes, and pickles."""

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(sentence)
        self._facts = facts
        for fact, value in facts.items():
            setattr(self, fact, value)

    def __str__(self) -> str:
        # OSError and ImportError would print their own fields.
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> tuple[Callable[..., LoadstoneError], tuple[Any, ...]]:
        return _rebuild, (type(self), self._facts)


def _rebuild(kind: Callable[..., LoadstoneError], facts: dict[str, Any]) -> LoadstoneError:
    return kind(**facts)


class BadModuleName(LoadstoneError, ValueError):
    """A text that is no module name, such as ``a..b``, or that has more leading dots than there are packages."""

    name: str
    package: str | None

    def __init__(self, *, name: str, package: str | None = None) -> None:
        if package is None:
            sentence = f"{name!r} is not a module name: write its parts with single dots, such as 'shop.cart'"
        else:
            sentence = (
                f"{name!r} goes beyond the top-level package: it has more dots than {package!r} has parts"
            )
        super().__init__(sentence, name=name, package=package)


class BadOptions(LoadstoneError, ValueError):
    """Settings of one command that cannot be understood; `problems` has a sentence for each, with its place."""

    problems: tuple[str, ...]

    def __init__(self, *, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems), problems=problems)


class BadPatch(LoadstoneError, ValueError):
    """A patch that cannot be read, or that does not fit the files it is for."""

    reason: str

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"the patch cannot be applied: {reason}", reason=reason)


class BadSettings(LoadstoneError, ValueError):
    """A ``pyproject.toml`` with something that cannot be understood; `key` is empty where it is no TOML at all."""

    path: str
    key: str
    reason: str

    def __init__(self, *, path: str, key: str, reason: str) -> None:
        what = f"{path}: {key}" if key else path
        super().__init__(f"{what}: {reason}", path=path, key=key, reason=reason)


class BadSharing(LoadstoneError, ValueError):
    """Rules of a space about sharing that cannot be obeyed; `problems` has a sentence for each."""

    space: str
    problems: tuple[str, ...]

    def __init__(self, *, space: str, problems: tuple[str, ...]) -> None:
        said = "; ".join(problems)
        super().__init__(f"space {space!r}: {said}", space=space, problems=problems)


class ExtensionTaken(LoadstoneError, ImportError):
    """A file with an extension module that `owner` has loaded: it exists once in a process, with all its state."""

    name: str
    path: str
    space: str
    owner: str

    def __init__(self, *, name: str, path: str, space: str, owner: str) -> None:
        super().__init__(
            f"space {space!r} cannot load {name!r}: {path} is loaded by {owner}, and an extension file can be loaded "
            f"once in a process; give the space a copy (uv pip install --link-mode=copy; not a hard link)",
            name=name,
            path=path,
            space=space,
            owner=owner,
        )


class FileMissing(LoadstoneError, FileNotFoundError):
    """A file to load or run that is not there; `path` is absolute."""

    path: str

    def __init__(self, *, path: str) -> None:
        super().__init__(f"there is no file {path}: check the spelling and the folder", path=path)


class FilesChanged(LoadstoneError, OSError):
    """Files that are not any more what was read; nothing has been written."""

    paths: tuple[str, ...]

    def __init__(self, *, paths: tuple[str, ...]) -> None:
        super().__init__(
            f"changed by somebody else in the meantime: {', '.join(paths)}; nothing was written, run it again",
            paths=paths,
        )


class FolderNotEmpty(LoadstoneError, FileExistsError):
    """A folder to write into that has other files in it."""

    path: str

    def __init__(self, *, path: str) -> None:
        super().__init__(
            f"{path} has other files in it: name an empty folder, or one that is not there", path=path
        )


class LockUnusable(LoadstoneError, ValueError):
    """A lock file that is not as ``loadstone space sync`` wrote it."""

    space: str
    path: str
    reason: str
    command: str

    def __init__(self, *, space: str, path: str, reason: str, command: str) -> None:
        super().__init__(
            f"the lock of space {space!r} cannot be used, {path}: {reason}; restore it, or write it anew: "
            f"{command} --upgrade",
            space=space,
            path=path,
            reason=reason,
            command=command,
        )


class ModuleDenied(LoadstoneError, ImportError):
    """A module that a rule of the importing space forbids; `rule` says which."""

    name: str
    space: str
    rule: str

    def __init__(self, *, name: str, space: str, rule: str) -> None:
        super().__init__(
            f"space {space!r} may not import {name!r}: {rule}", name=name, space=space, rule=rule
        )


class NameConflict(LoadstoneError, ImportError):
    """A strict module whose star imports conflict; `conflicts` holds each with its candidates."""

    name: str
    conflicts: tuple[Any, ...]

    def __init__(self, *, name: str, conflicts: tuple[Any, ...]) -> None:
        super().__init__(
            "\n".join([_headline(name, len(conflicts)), *map(str, conflicts)]),
            name=name,
            conflicts=conflicts,
        )


def _headline(name: str, count: int) -> str:
    noun = "conflict" if count == 1 else "conflicts"
    return f"{count} star import {noun} in module {name!r} (its statements have run; the module is not kept):"


class NameTaken(LoadstoneError, ImportError):
    """A module name that already stands for another file in this space."""

    name: str
    path: str
    taken_by: str

    def __init__(self, *, name: str, path: str, taken_by: str) -> None:
        super().__init__(
            f"cannot load {path} as {name!r}: that name is {taken_by}; pass name=... to load it under another",
            name=name,
            path=path,
            taken_by=taken_by,
        )


class NoInterpreter(LoadstoneError, OSError):
    """An interpreter or virtual environment that was named, and that does not answer."""

    path: str
    reason: str

    def __init__(self, *, path: str, reason: str) -> None:
        super().__init__(f"no Python interpreter answers at {path}: {reason}", path=path, reason=reason)


class NoRevision(LoadstoneError, LookupError):
    """A revision that git does not have for a folder, or a folder that is in no git repository."""

    revision: str
    folder: str
    reason: str

    def __init__(self, *, revision: str, folder: str, reason: str) -> None:
        super().__init__(
            f"there is no revision {revision!r} of {folder}: {reason}",
            revision=revision,
            folder=folder,
            reason=reason,
        )


class NoSource(LoadstoneError, ImportError):
    """A module without lines to ask about: an extension, a built-in module, or bytecode alone."""

    name: str
    kind: str

    def __init__(self, *, name: str, kind: str) -> None:
        super().__init__(
            f"{name!r} has no source to read: it is {kind}; ask {name}:NAME", name=name, kind=kind
        )


class NoSuchModule(LoadstoneError, ModuleNotFoundError):
    """A module that was asked about, and that none of the path entries `searched` has."""

    name: str
    searched: tuple[str, ...]

    def __init__(self, *, name: str, searched: tuple[str, ...]) -> None:
        count = f"{len(searched)} path {'entry' if len(searched) == 1 else 'entries'}"
        super().__init__(f"there is no module {name!r}: {count} searched", name=name, searched=searched)


class NoSuchSpace(LoadstoneError, ModuleNotFoundError):
    """A space that was asked for and that nothing declares; `source` is the file that would, None without one."""

    name: str
    known: tuple[str, ...]
    source: str | None

    def __init__(self, *, name: str, known: tuple[str, ...], source: str | None) -> None:
        if source is None:
            reason = "there is no pyproject.toml here or above to declare it"
        else:
            reason = f"{source} declares {', '.join(known) or 'none'}"
        super().__init__(
            f"there is no space {name!r}: {reason}{_meant(name, known)}",
            name=name,
            known=known,
            source=source,
        )


def _meant(name: str, known: tuple[str, ...]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {close[0]}?" if close else f"; write a table [tool.loadstone.spaces.{name}]"


class NoUv(LoadstoneError, FileNotFoundError):
    """uv, which resolves and installs what spaces require, and which is not there."""

    def __init__(self) -> None:
        super().__init__(
            "uv installs what spaces require, and there is none: pip install 'loadstone[space]', "
            "or put a uv of your own on the PATH"
        )


class NotRunnable(LoadstoneError, ImportError):
    """Something that exists and has no program in it, such as a folder without ``__main__.py``."""

    target: str
    reason: str

    def __init__(self, *, target: str, reason: str) -> None:
        super().__init__(f"cannot run {target}: {reason}", target=target, reason=reason)


class SpaceClosed(LoadstoneError, ImportError):
    """An import in a space that was closed, by a function that outlived it."""

    name: str
    space: str

    def __init__(self, *, name: str, space: str) -> None:
        super().__init__(
            f"cannot import {name!r}: space {space!r} was closed; open a new space, and take the function from it",
            name=name,
            space=space,
        )


class SpaceNotReady(LoadstoneError, ImportError):
    """A declared space that cannot be used as it is installed, or not at all."""

    name: str
    reason: str
    command: str

    def __init__(self, *, name: str, reason: str, command: str) -> None:
        super().__init__(
            f"space {name!r} cannot be used: {reason}; install it: {command}",
            name=name,
            reason=reason,
            command=command,
        )


class SyncFailed(LoadstoneError, RuntimeError):
    """What uv said when it could not resolve or install what a space requires."""

    space: str
    act: str
    said: str

    def __init__(self, *, space: str, act: str, said: str) -> None:
        super().__init__(
            f"space {space!r} could not be {act}; what was there before is as it was\n{said}",
            space=space,
            act=act,
            said=said,
        )


class Undecided(LoadstoneError, ImportError):
    """An import that C code makes of itself, while the host calls it: it may be the host's, or one of `spaces`."""

    name: str
    spaces: tuple[str, ...]

    def __init__(self, *, name: str, spaces: tuple[str, ...]) -> None:
        super().__init__(
            f"C code imports {name!r}, and this system does not show whether for the host or for "
            f"{' or '.join(f'space {space!r}' for space in spaces)}: call it with space.call(function, ...)",
            name=name,
            spaces=spaces,
        )


class WriteInProgress(LoadstoneError, OSError):
    """A project in which another process is writing repairs."""

    root: str

    def __init__(self, *, root: str) -> None:
        super().__init__(f"another loadstone fix is writing in {root}: wait until it has ended", root=root)


class LoadstoneWarning(UserWarning):
    """The base of Loadstone's warnings."""


class LoadedTwice(LoadstoneWarning):
    """One file is loaded under two module names, so its classes and state exist twice."""


class NoGuard(LoadstoneWarning):
    """In this interpreter, what C code imports by itself (pickle, strptime, extensions) cannot come from a space."""

    def __init__(self) -> None:
        super().__init__(
            "in this Python, imports that C code makes inside a space look in the host's modules: pickling objects "
            "of a space and some extension modules will fail there; import statements are not affected"
        )
