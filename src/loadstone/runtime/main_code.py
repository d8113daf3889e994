"""The code of a program that is no module: read and compiled as ``python`` does it."""

from __future__ import annotations

import os
import sys

from loadstone.runtime.asked import become_python, outlive_python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from loadstone.runtime.asked import Program

__all__ = ["compiled", "remember_lines"]

PYTHON: tuple[int, int] = sys.version_info[:2]


def compiled(program: Program, explain: Callable[[BaseException], None] | None = None) -> CodeType:
    """Return the code of a file, ``-c`` or standard input; plain Python takes over where there is none.

    A name that no import statement can spell is a syntax error too: there `explain` is called afterwards.
    """
    stderr, held = sys.stderr, _Held()
    # A SyntaxWarning before a SyntaxError would be printed twice: here, and by the Python that takes over.
    sys.stderr = held
    source: str | bytes = b""
    try:
        source = _source(program)
        code = _code(program, source)
    except Exception as error:
        sys.stderr = stderr
        if program.kind in ("stdin", "nothing"):
            _feed(source)
        if explain is not None and _in_an_import(error):
            status = outlive_python(program)
            explain(error)
            raise SystemExit(status) from None
        become_python(program)
    finally:
        sys.stderr = stderr
    held.release()
    return code


def remember_lines(source: str, code: CodeType) -> None:
    """From 3.13 on, tracebacks show the lines of ``-c`` too."""
    if PYTHON < (3, 13):
        return
    import linecache

    # 3.13.0 looks lines up by file name, later versions by code object.
    key = code if hasattr(linecache, "_code_key") else "<string>"
    linecache._register_code(key, source, "<string>")  # type: ignore[attr-defined]


def _in_an_import(error: Exception) -> bool:
    text = error.text if isinstance(error, SyntaxError) else None
    return text is not None and text.lstrip().startswith(("import ", "from "))


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
    return compile(source, program.path(), "exec", dont_inherit=True)


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
