"""Where the installed packages of a program are: the path of its interpreter, without the program's own folders."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from loadstone.errors import NoInterpreter

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["installed_path", "standard_path", "surroundings"]

_ASK = "import json, os, sys; print(json.dumps([os.path.dirname(os.__file__), sys.path]))"


def installed_path(
    python: str | None = None, near: str | None = None, running: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Return the standard library and then the folders of installed packages, in the order of `sys.path`.

    They are those of `python` (an interpreter, or the folder of a virtual environment), else of the environment
    that is active (VIRTUAL_ENV), else of a ``.venv`` or ``venv`` in the folder `near`, else of the running interpreter.
    Another interpreter is asked in isolated mode (``-I``). `running` is the running interpreter's path where it
    has been taken off `sys.path`, as the command line does. Raises NoInterpreter where `python` is none.
    """
    own = sys.path if running is None else list(running)
    if python:
        return _path_of(_executable(python) or python, own)
    for folder in (*_active(), *_near(near)):
        executable = _executable(folder)
        if executable:
            try:
                return _path_of(executable, own)
            except NoInterpreter:  # an environment whose interpreter is gone serves nobody
                continue
    return (*standard_path(), *_others(os.path.dirname(os.__file__), own))


def surroundings() -> tuple[str | None, ...]:
    """Return what `installed_path` goes by that is neither a file nor asked of an interpreter."""
    path = os.environ.get("PATH") if "PRE_COMMIT" in os.environ else None
    return os.environ.get("VIRTUAL_ENV"), path, sys.executable


def standard_path() -> tuple[str, ...]:
    """Return the entries of `sys.path` that hold the running interpreter's standard library."""
    home = os.path.dirname(os.__file__)
    return tuple(entry for entry in sys.path if entry in {home, os.path.join(home, "lib-dynload")}) or (home,)


def _active() -> tuple[str, ...]:
    """Return the environments that are active, which means those that the user has made so.

    pre-commit puts the one that it has made for Loadstone alone into VIRTUAL_ENV and in front of the PATH, on which
    the user's own comes next.
    """
    active = os.environ.get("VIRTUAL_ENV", "")
    if "PRE_COMMIT" not in os.environ or os.path.normcase(active) != os.path.normcase(sys.prefix):
        return (active,) if active else ()
    others = (os.path.dirname(folder) for folder in os.environ.get("PATH", "").split(os.pathsep))
    return tuple(
        folder for folder in others if folder and os.path.normcase(folder) != os.path.normcase(active)
    )


def _near(folder: str | None) -> tuple[str, ...]:
    return tuple(os.path.join(folder, name) for name in (".venv", "venv")) if folder else ()


def _executable(path: str) -> str | None:
    """Return the interpreter of a virtual environment; None for a folder that is none."""
    if not os.path.isfile(os.path.join(path, "pyvenv.cfg")):
        return None
    names = ("Scripts/python.exe",) if os.name == "nt" else ("bin/python", "bin/python3")
    return next((file for name in names if os.path.exists(file := os.path.join(path, name))), None)


def _path_of(executable: str, own: list[str]) -> tuple[str, ...]:
    if _is_running(executable):
        return (*standard_path(), *_others(os.path.dirname(os.__file__), own))
    home, path = _ask(executable)
    return (*standard_path(), *_others(home, path))


def _is_running(executable: str) -> bool:
    """Whether it is this very interpreter; two environments share a real file, so the path is compared as it is."""
    return os.path.normcase(os.path.abspath(executable)) == os.path.normcase(os.path.abspath(sys.executable))


def _ask(executable: str) -> tuple[str, list[str]]:
    import json  # these two would cost a check that is remembered as much as all else
    import subprocess

    try:
        answer = subprocess.run(  # noqa: S603  # the interpreter that the user named
            [executable, "-I", "-c", _ASK], capture_output=True, check=True, timeout=30
        )
        home, path = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise NoInterpreter(path=executable, reason=_reason(error)) from error
    return home, path


def _reason(error: Exception) -> str:
    said: bytes | None = getattr(error, "stderr", None)
    if said is not None:
        lines = said.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with exit code {getattr(error, 'returncode', '?')}"
    return getattr(error, "strerror", None) or str(error)


def _others(home: str, path: list[str]) -> list[str]:
    """Return the entries that are neither the standard library nor what Python put first for the program's sake."""
    own = {os.path.normcase(entry) for entry in ("", os.curdir, *_started_in())}
    standard = (home, os.path.join(home, "lib-dynload"))
    return [
        entry
        for entry in path
        if os.path.normcase(entry) not in own and entry not in standard and not entry.endswith(".zip")
    ]


def _started_in() -> list[str]:
    """Return the current folder and the folder of the running program: Loadstone's entry, not the project's."""
    main = getattr(sys.modules.get("__main__"), "__file__", None)
    folders = [os.path.dirname(os.path.abspath(main))] if main else []
    try:
        return [os.getcwd(), *folders]
    except OSError:  # removed under our feet
        return folders
