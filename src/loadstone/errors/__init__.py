"""Every error that Loadstone raises for itself; an import that fails raises Python's own.

LoadstoneError
│   what was asked for (asking.py)
├── BadModuleName (ValueError)            a text that is no module name
├── BadOptions (ValueError)               all that is wrong with the settings of one command, or file
├── FileMissing (FileNotFoundError)       a file to load or run that is not there
├── NoInterpreter (OSError)               an interpreter that was named and does not answer
├── NoSource (ImportError)                a module without lines to ask about
├── NoSuchModule (ModuleNotFoundError)    a module asked about that no path entry has
├── NotRunnable (ImportError)             a directory, module or file that has no program in it
│   importing in a space (importing.py)
├── BadSharing (ValueError)               rules of a space about sharing that cannot be obeyed
├── ExtensionTaken (ImportError)          an extension file that another space has loaded
├── ModuleDenied (ImportError)            a module that a rule of its space forbids
├── NameConflict (ImportError)            a strict module whose star imports conflict
├── NameTaken (ImportError)               a name that already stands for another file
├── SpaceClosed (ImportError)             an import in a space that was closed
├── Undecided (ImportError)               an import made from C that may be the host's or a space's
│   declared spaces and their installation (installing.py)
├── LockUnusable (ValueError)             a lock file that sync did not leave as it is
├── NoSuchPlugin (KeyError)               a plugin that its directory does not have
├── NoSuchSpace (ModuleNotFoundError)     a space that nothing declares
├── NoUv (FileNotFoundError)              uv, which installs spaces, is not there
├── SpaceNotReady (ImportError)           a declared space that is not installed as it is declared
├── SyncFailed (RuntimeError)             what uv said when it could not install a space
│   changes of files (changing.py)
├── BadPatch (ValueError)                 a patch that cannot be read, or does not fit the files
├── FilesChanged (OSError)                files that somebody else changed before they could be written
├── FolderNotEmpty (FileExistsError)      a folder to write into that has other files in it
├── NoRevision (LookupError)              a revision that git does not have for a folder
└── WriteInProgress (OSError)             a project in which another process is writing

LoadstoneWarning (UserWarning)            (warning.py)
├── LoadedTwice                           one file under two module names
└── NoGuard                               an interpreter in which C code cannot import from spaces
"""

from loadstone.errors.asking import (
    BadModuleName,
    BadOptions,
    FileMissing,
    NoInterpreter,
    NoSource,
    NoSuchModule,
    NotRunnable,
)
from loadstone.errors.base import LoadstoneError
from loadstone.errors.changing import BadPatch, FilesChanged, FolderNotEmpty, NoRevision, WriteInProgress
from loadstone.errors.importing import (
    BadSharing,
    ExtensionTaken,
    ModuleDenied,
    NameConflict,
    NameTaken,
    SpaceClosed,
    Undecided,
)
from loadstone.errors.installing import (
    LockUnusable,
    NoSuchPlugin,
    NoSuchSpace,
    NoUv,
    SpaceNotReady,
    SyncFailed,
)
from loadstone.errors.warning import LoadedTwice, LoadstoneWarning, NoGuard

__all__ = [
    "BadModuleName",
    "BadOptions",
    "BadPatch",
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
    "NoSuchPlugin",
    "NoSuchSpace",
    "NoUv",
    "NotRunnable",
    "SpaceClosed",
    "SpaceNotReady",
    "SyncFailed",
    "Undecided",
    "WriteInProgress",
]

# A traceback prints the name by which an error is imported.
for _error in __all__:
    globals()[_error].__module__ = __name__
