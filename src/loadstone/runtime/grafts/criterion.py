"""What makes a function act for its caller on the world of modules, and which ones only seem to.

A function acts when its code mentions one of `SEEDS`, or something that acts, in its own module or another. That
is what `scan` follows through the standard library. `OWN_PURPOSE` and `ONE_IDENTITY` are decisions: each row
with its reason.
"""

from __future__ import annotations

__all__ = ["BUILTINS", "ONE_IDENTITY", "OWN_PURPOSE", "PROGRAMS", "SEEDS"]

# Code that is given to exec or eval without builtins gets those of the function that calls them.
BUILTINS = frozenset({"__import__", "eval", "exec"})

_PICKLES = frozenset({"dump", "dumps", "load", "loads", "Pickler", "Unpickler"})

SEEDS: dict[str, frozenset[str]] = {
    # What a space's `sys` has of its own.
    "sys": frozenset({"argv", "modules", "path", "meta_path", "path_hooks", "path_importer_cache"}),
    "builtins": BUILTINS,
    "importlib": frozenset({"__import__", "import_module", "invalidate_caches", "reload"}),
    "importlib._bootstrap": frozenset({"_load"}),
    "importlib.machinery": frozenset({"PathFinder"}),
    "importlib.util": frozenset({"find_spec", "module_from_spec"}),
    "_pickle": _PICKLES,
    "pickle": _PICKLES,
    "multiprocessing.popen_spawn_win32": frozenset({"Popen"}),  # scans on other systems cannot see it
    "atexit": frozenset({"register", "unregister"}),
}

# What a module does when it is itself the program.
PROGRAMS = frozenset(
    {
        "_main",
        "_parse_args",
        "_test",
        "demo",
        "main",
        "parse_args",
        "parseargs",
        "print_arguments",
        "test",
        "testall",
    }
)

# They reach a seed, and not on behalf of whoever calls them.
OWN_PURPOSE: dict[str, str] = {
    "_sitebuiltins._Helper": "the prompt's help(); it imports pydoc and no more",
    "collections.namedtuple": "evaluates a template of its own, with builtins of its own",
    "ctypes.DllCanUnloadNow": "imports comtypes, for Windows itself",
    "ctypes.DllGetClassObject": "imports comtypes, for Windows itself",
    "dataclasses._FuncBuilder": "executes in the globals of the class that it is given",
    "dbm.open": "imports its own submodules",
    "dbm.whichdb": "imports its own submodules",
    "encodings.search_function": "imports its own submodules",
    "functools.singledispatch": "asks for the hints of functions, which are evaluated in their own globals",
    "functools.singledispatchmethod": "as singledispatch",
    "gettext.c2py": "evaluates an arithmetic expression",
    "linecache.updatecache": "looks for relative file names along the path; modules have absolute ones",
    "linecache.lazycache": "asks the loader in the module's own globals",
    "logging.LogRecord": "looks whether multiprocessing was imported at all",
    "logging.handlers.SocketHandler": "pickles plain data",
    "multiprocessing.managers.MakeProxyType": "executes a template of its own",
    "multiprocessing.process.BaseProcess": "its state is the process's, and its contexts are the caller's",
    "multiprocessing.popen_fork.Popen": "ends its own processes when this one ends",
    "multiprocessing.sharedctypes.make_property": "executes a template of its own",
    "multiprocessing.forkserver.ForkServer": "serves the whole process",
    "multiprocessing.forkserver.main": "runs in the server, a process without spaces",
    "multiprocessing.spawn": "runs in the child before any space; what it reads there describes the space",
    "multiprocessing.util.get_logger": "one logger for the process, closed when it ends",
    "sysconfig._generate_posix_vars": "imports the build's own variables",
    "sysconfig._init_posix": "imports the build's own variables",
    "traceback._compute_suggestion_error": "looks for similar names, for a message",
    "warnings._getcategory": "reads the option -W of the interpreter",
    "warnings.catch_warnings": "looks for the module warnings itself",
    "weakref.finalize": "its registry is emptied when the process ends; objects that die leave it",
    "xml.dom.domreg.getDOMImplementation": "imports its own submodules",
    "xml.sax._create_parser": "imports its own submodules",
    "xml.sax.make_parser": "imports its own submodules",
    "zipimport.zipimporter": "only load_module does, which no import calls any more",
}

# They act, and stay the host's: isinstance and except must mean the same on both sides. See docs/limits.md.
ONE_IDENTITY: dict[str, str] = {
    "enum.EnumType": "_convert_ looks for the module of a name",
    "importlib.abc.InspectLoader": "exec_module executes in the module's own namespace",
    "inspect.Signature": "signatures of C functions name their constants by module",
    "optparse.Values": "read_module imports a module of options",
    "typing.ForwardRef": "one that knows its module by name looks there first",
    "typing.NamedTuple": "the function itself marks a class as a named tuple",
    "typing.TypedDict": "the function itself marks a class as a typed dict",
    "unittest.case._AssertWarnsContext": "it resets the warning registries of all modules of the host",
}
