"""Command lines that a repair tells the user to type, right for this interpreter and shell."""

from __future__ import annotations

import os
import shlex
import sys

from loadstone.explain.explanation import relative_to
from loadstone.explain.state import same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from loadstone.explain.state import State

__all__ = [
    "environment_python",
    "inside",
    "install",
    "move",
    "program",
    "python",
    "quoted",
    "remove",
    "remove_folder",
    "which",
    "with_path",
]

_NAMES = ("python", "python3", f"python{sys.version_info[0]}.{sys.version_info[1]}", "py")


def python(state: State) -> str:
    """Return the shortest command that starts this interpreter: ``python`` where the PATH leads to it."""
    for name in _NAMES:
        if _is_this(which(name)):
            return name
    if _on_path(sys.executable):
        return os.path.basename(sys.executable)
    return program(state, sys.executable) if sys.executable else "python"


def program(state: State, path: str) -> str:
    """Return the command that starts a program by its path, short where it is below the current folder."""
    near = relative_to(state.folder, path)
    return quoted(path if near.startswith(os.pardir) else near)


def inside(state: State, folder: str, command: str) -> str:
    """Return `command` preceded by a change into `folder`, where that is not the current one."""
    if os.path.normcase(folder) == os.path.normcase(state.folder):
        return command
    return f"cd {quoted(relative_to(state.folder, folder))} && {command}"


def with_path(state: State, folder: str, command: str) -> str:
    """Return `command` with `folder` put on the module path."""
    shown = relative_to(state.folder, folder)
    if os.name == "nt":
        return f'$env:PYTHONPATH = "{shown}"; {command}'
    return f"PYTHONPATH={quoted(shown)} {command}"


def install(state: State, what: str) -> str:
    """Return the command that installs `what` for this very interpreter; with uv where it has no pip."""
    if not any(os.path.isdir(os.path.join(entry, "pip")) for entry in state.path) and which("uv"):
        return f"uv pip install --python {program(state, sys.executable)} {what}"
    return f"{python(state)} -m pip install {what}"


def move(state: State, path: str, new: str) -> str:
    """Return the command that renames a file or folder."""
    verb = "ren" if os.name == "nt" else "mv"
    return f"{verb} {quoted(relative_to(state.folder, path))} {quoted(relative_to(state.folder, new))}"


def remove(state: State, path: str) -> str:
    """Return the command that removes a file."""
    return f"{'del' if os.name == 'nt' else 'rm'} {quoted(relative_to(state.folder, path))}"


def remove_folder(state: State, path: str, *, empty: bool) -> str:
    """Return the command that removes a folder, with what is in it unless it is `empty`."""
    alone, whole = ("rmdir", "rmdir /s") if os.name == "nt" else ("rmdir", "rm -r")
    return f"{alone if empty else whole} {quoted(relative_to(state.folder, path))}"


def environment_python(prefix: str) -> str:
    """Return the interpreter of the environment at `prefix`, or an empty text where none can be started."""
    for parts in (("bin", "python"), ("bin", "python3"), ("Scripts", "python.exe"), ("python.exe",)):
        path = os.path.join(prefix, *parts)
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return ""


def quoted(text: str) -> str:
    """Return `text` as one word of a command line."""
    if os.name == "nt":
        return f'"{text}"' if any(one in text for one in " <>&|^") else text
    return shlex.quote(text)


def which(program: str) -> str:
    """Return where the PATH leads for `program`; empty where it leads nowhere."""
    suffixes = ("", ".exe", ".bat") if os.name == "nt" else ("",)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for suffix in suffixes:
            path = os.path.join(folder, program + suffix)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return os.path.abspath(path)
    return ""


def _is_this(found: str) -> bool:
    """Whether a program is this interpreter, perhaps by a link beside it: ``python`` and ``python3.12``."""
    # In the same folder: virtual environments elsewhere link to one and the same binary.
    own = os.path.abspath(sys.executable)
    return same_file(os.path.dirname(found), os.path.dirname(own)) and same_file(found, own)


def _on_path(program: str) -> bool:
    # A pyenv or asdf shim of that name on the PATH may start another interpreter: only the very same file counts.
    return bool(program) and os.path.normcase(which(os.path.basename(program))) == os.path.normcase(program)
