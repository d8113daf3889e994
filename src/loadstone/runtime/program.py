"""Programs: a file, a folder, a module, code or standard input, run as the host's ``__main__``.

Everything here follows what ``python`` does before and after it runs a program (CPython: Modules/main.c,
Python/pythonrun.c and Lib/runpy.py). This file is on the start-up path: it imports next to nothing.
"""

from __future__ import annotations

import os
import sys

from loadstone.runtime.asked import become_python
from loadstone.runtime.main_code import compiled, remember_lines
from loadstone.runtime.uncaught import Uncaught, refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType, ModuleType
    from typing import Any

    from loadstone.runtime.asked import Program

__all__ = ["is_running", "run"]

PYTHON: tuple[int, int] = sys.version_info[:2]

# What stands here lives until the interpreter ends. See _enter.
_kept: list[ModuleType] = []


def run(
    program: Program,
    *,
    explain: Callable[[BaseException], None] | None = None,
    watch: Callable[[], Callable[[], None]] | None = None,
) -> None:
    """Run `program` as ``__main__``; its SystemExit, or its uncaught error, is left to the interpreter.

    `explain` is called after Python's own traceback of an uncaught error. `watch` is called just before the
    program starts, and what it returns when the program's body has run to its end; that may raise an error.
    A program that Python itself could not start (it is missing, or does not compile) is handed to Python,
    which says so in its words.
    """
    if program.kind in ("stdin", "nothing") and _interactive():
        become_python(program)
    if program.kind == "module":
        _enter(program, path_entry=_current_folder())
        return _execute(_runpy(), (program.target, True), explain, watch)
    if program.kind == "file" and _holds_main(program.path()):
        _enter(program, path_entry=program.path(), always=True)
        return _execute(_runpy(), ("__main__", False), explain, watch)
    code = compiled(program, explain)
    main = _enter(program, path_entry=_script_folder(program))
    _describe(main, program, code)
    _execute(exec, (code, main.__dict__), explain, watch)
    # As CPython does after a file; functions that run at exit can see it.
    main.__dict__.pop("__file__", None)
    main.__dict__.pop("__cached__", None)
    return None


def is_running() -> bool:
    """Return whether this process runs a program for ``loadstone run``."""
    return bool(_kept)


def _interactive() -> bool:
    """Whether Python would open its prompt here, or has no standard input at all."""
    return sys.stdin is None or bool(sys.flags.interactive) or os.isatty(0)


def _holds_main(path: str) -> bool:
    """Whether a path hook takes `path` for a place to import from: a folder or a zip file, not a script."""
    cache = sys.path_importer_cache
    if path not in cache:
        cache[path] = None
        for hook in sys.path_hooks:
            try:
                cache[path] = hook(path)
            except ImportError:
                continue
            break
    return cache[path] is not None


def _runpy() -> Callable[..., Any]:
    """Return runpy's own entry, so that tracebacks show the frames that Python's show."""
    import runpy

    return runpy._run_module_as_main  # type: ignore[attr-defined,no-any-return]


def _script_folder(program: Program) -> str:
    return os.path.dirname(os.path.realpath(program.target)) if program.kind == "file" else ""


def _current_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # the folder has been removed: Python starts without it
        return None


def _enter(program: Program, *, path_entry: str | None, always: bool = False) -> ModuleType:
    """Make ``sys`` and ``__main__`` what they are when `program` starts; return the new ``__main__``."""
    sys.argv[:] = program.argv()
    sys.orig_argv[:] = program.command()
    _place(path_entry, always=always)
    main = type(sys)("__main__")
    main.__loader__ = sys.modules["_frozen_importlib"].BuiltinImporter
    if PYTHON < (3, 14):
        main.__annotations__ = {}
    main.__dict__["__builtins__"] = sys.modules["builtins"]
    # After an error CPython lets go of the module it started with, and then writes to its dict once more
    # (_PyRun_SimpleFileObject in Python/pythonrun.c): it must not die with the program's traceback.
    _kept.append(sys.modules["__main__"])
    sys.modules["__main__"] = main
    return main


def _place(path_entry: str | None, *, always: bool) -> None:
    """Put the program's entry first on ``sys.path``, in place of the one that Python made for us."""
    if not sys.flags.safe_path:
        del sys.path[:1]
    if path_entry is not None and (always or not sys.flags.safe_path):
        sys.path.insert(0, path_entry)


def _describe(main: ModuleType, program: Program, code: CodeType) -> None:
    """Give ``__main__`` what only files, ``-c`` and standard input have."""
    if program.kind == "code":
        return remember_lines(program.target + "\n", code)
    main.__file__ = "<stdin>"
    main.__dict__["__cached__"] = None
    if program.kind == "file":
        machinery = sys.modules["_frozen_importlib_external"]
        main.__file__ = path = program.path()
        bytecode = path.endswith(".pyc")
        loader = machinery.SourcelessFileLoader if bytecode else machinery.SourceFileLoader
        main.__loader__ = loader("__main__", path)
    return None


def _execute(
    start: Callable[..., Any],
    args: tuple[Any, ...],
    explain: Callable[[BaseException], None] | None,
    watch: Callable[[], Callable[[], None]] | None,
) -> None:
    """Call `start` with `args`, and be as good as absent from what the program sees and prints."""
    hook = Uncaught(explain)
    ended = watch() if watch is not None else None
    frame: FrameType | None = sys._getframe()
    sys.setrecursionlimit(sys.getrecursionlimit() + _depth(frame, start))
    frame.f_trace_lines = False  # type: ignore[union-attr]
    # A debugger that the program starts puts its trace function on every frame below it, ours too. So that
    # one more "next" at the program's last line does not step into Loadstone, no line here is traced, no
    # Python function is called after `start`, and the frames are freed of the trace function at the end.
    over = False
    try:
        start(*args)
        over = True
        if ended is not None:
            ended()
    except BaseException as error:
        if not isinstance(error, SystemExit) or sys.flags.inspect:
            # The program's frames; it has none in an error that comes after its end.
            hook.traceback = error.__traceback__.tb_next if not over else None  # type: ignore[union-attr]
            hook.replaced = getattr(sys, "excepthook", None)
            hook.tracer = sys.gettrace()
            sys.settrace(None)
            sys.excepthook = hook
        elif explain is not None and start is not exec and type(error.code) is str:
            refused(error, explain)
        raise
    finally:
        while frame is not None:
            frame.f_trace = None
            frame = frame.f_back


def _depth(frame: FrameType | None, start: Callable[..., Any]) -> int:
    """Return how much of the recursion limit is in use below the program; Python alone uses none of it."""
    calls_of_c = int(start is exec)
    depth = 0
    while frame is not None:
        depth += 1
        calls_of_c += frame.f_code.co_name == "_run_code"  # runpy's own call of exec
        frame = frame.f_back
    return depth + calls_of_c if PYTHON < (3, 12) else depth
