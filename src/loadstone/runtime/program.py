"""Programs: a file, a folder, a module, code or standard input, run as the host's ``__main__``.

Everything here follows what ``python`` does before and after it runs a program (CPython: Modules/main.c,
Python/pythonrun.c and Lib/runpy.py). This file is on the start-up path: it imports next to nothing.
"""

from __future__ import annotations

import os
import sys

from loadstone.runtime.uncaught import Uncaught

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType, ModuleType
    from typing import Any, NoReturn

__all__ = ["Program", "become_python", "replace_process", "run"]

PYTHON: tuple[int, int] = sys.version_info[:2]

# Never read: what stands here lives until the interpreter ends. See _enter.
_kept: list[ModuleType] = []


class Program:
    """What ``python`` is asked to run: `kind` is ``file``, ``module``, ``code``, ``stdin`` or ``nothing``.

    `target` is the file, the module's name or the code; `words` is the program as it was typed, with its
    arguments; `flags` are the interpreter's own options; `skip_first_line` is Python's option ``-x``.
    ``nothing`` is a command line without a program: a pipe into standard input, or the prompt.
    """

    __slots__ = ("args", "flags", "kind", "skip_first_line", "target", "words")

    def __init__(self, kind: str, target: str, args: list[str], words: list[str], flags: list[str]) -> None:
        self.kind = kind
        self.target = target
        self.args = args
        self.words = words
        self.flags = flags
        self.skip_first_line = False

    def __repr__(self) -> str:
        return f"Program({' '.join(self.command()[1:])})"

    def command(self) -> list[str]:
        """Return the command line that runs the same program under plain Python."""
        skip = ["-x"] if self.skip_first_line else []
        return [sys.executable, *self.flags, *skip, *self.words]

    def argv(self) -> list[str]:
        """Return what ``sys.argv`` is when the program starts; runpy replaces the first item for ``-m``."""
        first = {"file": self.target, "module": "-m", "code": "-c", "stdin": "-", "nothing": ""}
        return [first[self.kind], *self.args]


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
    if program.kind == "file" and _holds_main(_absolute(program.target)):
        _enter(program, path_entry=_absolute(program.target), always=True)
        return _execute(_runpy(), ("__main__", False), explain, watch)
    code = _compiled(program)
    main = _enter(program, path_entry=_script_folder(program))
    _describe(main, program, code)
    _execute(exec, (code, main.__dict__), explain, watch)
    # As CPython does after a file; functions that run at exit can see it.
    main.__dict__.pop("__file__", None)
    main.__dict__.pop("__cached__", None)
    return None


def become_python(program: Program) -> NoReturn:
    """Replace this process by plain ``python`` on `program`."""
    replace_process(program.command())


def replace_process(command: list[str]) -> NoReturn:
    """Replace this process by `command`, whose first item is an absolute path."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name == "nt":
        # There, exec starts a new process and lets the shell go on before that one has finished.
        import subprocess

        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


def _interactive() -> bool:
    """Whether Python would open its prompt here, or has no standard input at all."""
    return sys.stdin is None or bool(sys.flags.interactive) or os.isatty(0)


def _compiled(program: Program) -> CodeType:
    """Return the code of a file, ``-c`` or standard input; plain Python takes over where there is none."""
    stderr, held = sys.stderr, _Held()
    # A SyntaxWarning before a SyntaxError would be printed twice: here, and by the Python that takes over.
    sys.stderr = held
    source: str | bytes = b""
    try:
        source = _source(program)
        code = _code(program, source)
    except Exception:
        sys.stderr = stderr
        if program.kind in ("stdin", "nothing"):
            _feed(source)
        become_python(program)
    finally:
        sys.stderr = stderr
    held.release()
    return code


class _Held:
    """A standard error that keeps what is written until it is released."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def write(self, text: str) -> None:
        self._kept.append(text)

    def flush(self) -> None:
        """Nothing has been written that could be flushed."""

    def release(self) -> None:
        for text in self._kept:
            sys.stderr.write(text)


def _source(program: Program) -> str | bytes:
    if program.kind == "code":
        return program.target + "\n"
    if program.kind != "file":
        return sys.stdin.buffer.read()
    with open(program.target, "rb") as file:
        return file.read()


def _code(program: Program, source: Any) -> CodeType:
    if program.kind == "code":
        return compile(_dedented(source), "<string>", "exec", dont_inherit=True)
    if program.kind != "file":
        return compile(source, "<stdin>", "exec", dont_inherit=True)
    if _is_bytecode(program, source):
        return _from_bytecode(source)
    if program.skip_first_line:
        # The line goes and its end stays, so that line numbers do not move.
        source = b"\n" + source.partition(b"\n")[2]
    if not source.isascii() and b"coding" not in source:
        # Without a declared encoding it is UTF-8, in comments too; compile() itself lets those pass.
        source.decode()
    return compile(source, _absolute(program.target), "exec", dont_inherit=True)


def _dedented(code: str) -> str:
    """Return the code as 3.14 reads it: a common indentation is taken off."""
    if PYTHON < (3, 14) or code[:1] not in " \t\n":
        return code
    import textwrap

    return textwrap.dedent(code)


def _is_bytecode(program: Program, source: bytes) -> bool:
    # CPython looks at half of the magic number only, and trusts the suffix.
    return program.target.endswith(".pyc") or source[:2] == _magic()[:2]


def _from_bytecode(source: bytes) -> CodeType:
    import marshal

    if source[:4] != _magic():
        raise ImportError("bad magic number")
    code = marshal.loads(source[16:])
    if not isinstance(code, type(_magic.__code__)):
        raise ImportError("no code object")
    return code


def _magic() -> bytes:
    return sys.modules["_frozen_importlib_external"].MAGIC_NUMBER  # type: ignore[no-any-return]


def _feed(source: str | bytes) -> None:
    """Make `source`, which has been read from standard input, readable there once more."""
    import tempfile

    assert isinstance(source, bytes)
    with tempfile.TemporaryFile() as file:
        file.write(source)
        file.seek(0)
        os.dup2(file.fileno(), 0)


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


def _absolute(target: str) -> str:
    """Return the path as CPython completes it: nothing is normalised but the folder itself."""
    if os.path.isabs(target):
        return target
    return os.getcwd() if target in ("", ".") else os.path.join(os.getcwd(), target)


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
        return _remember_lines(program.target + "\n", code)
    main.__file__ = "<stdin>"
    main.__dict__["__cached__"] = None
    if program.kind == "file":
        machinery = sys.modules["_frozen_importlib_external"]
        main.__file__ = path = _absolute(program.target)
        bytecode = path.endswith(".pyc")
        loader = machinery.SourcelessFileLoader if bytecode else machinery.SourceFileLoader
        main.__loader__ = loader("__main__", path)
    return None


def _remember_lines(source: str, code: CodeType) -> None:
    """From 3.13 on, tracebacks show the lines of ``-c`` too."""
    if PYTHON < (3, 13):
        return
    import linecache

    # 3.13.0 looks lines up by file name, later versions by code object.
    key = code if hasattr(linecache, "_code_key") else "<string>"
    linecache._register_code(key, source, "<string>")  # type: ignore[attr-defined]


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
