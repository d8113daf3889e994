"""Other environments and interpreters near this one, and what is installed there. Folders are read, nothing is run."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from loadstone.explain.folders import listed, parents
from loadstone.explain.state import same_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.explain.state import State

__all__ = ["Environment", "others"]

_CUSTOMARY = (".venv", "venv", "env", ".env", "virtualenv")
_MOST = 60  # interpreters that are looked at: a shared machine can have very many


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder that packages are installed into, the interpreter it belongs to, and that one's version."""

    site: str
    prefix: str
    version: str
    kind: str  # "virtual environment", "interpreter", or "user site"

    def __str__(self) -> str:
        return f"the {self.kind} {self.prefix} (Python {self.version})" if self.version else self.prefix


def others(state: State) -> Iterator[Environment]:
    """Yield every other environment that is found cheaply, the nearest first, each once.

    In order: customary folders in the current folder, the script's, and those above; the active
    environment; the interpreter below this environment; the user's own folder; interpreters on the PATH and pyenv's.
    """
    seen = set()
    for count, environment in enumerate(_candidates(state)):
        key = os.path.realpath(environment.site)
        if key not in seen and not any(same_file(environment.site, entry) for entry in state.path):
            yield environment
        seen.add(key)
        if count >= _MOST:
            return


def _candidates(state: State) -> Iterator[Environment]:
    for folder in _near(state):
        for name in _CUSTOMARY:
            prefix = os.path.join(folder, name)
            if os.path.isfile(os.path.join(prefix, "pyvenv.cfg")):
                yield from _sites(prefix, "virtual environment")
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if prefix := os.environ.get(variable, ""):
            yield from _sites(os.path.abspath(prefix), "environment")
    if sys.prefix != sys.base_prefix:
        yield from _sites(sys.base_prefix, "interpreter")
    yield from _user_sites()
    for prefix in _prefixes():
        yield from _sites(prefix, "interpreter")


def _near(state: State) -> Iterator[str]:
    yield from parents(state.folder)
    if state.script:
        yield from parents(os.path.dirname(state.script))


def _sites(prefix: str, kind: str) -> Iterator[Environment]:
    windows = os.path.join(prefix, "Lib", "site-packages")
    if os.name == "nt" and os.path.isdir(windows):
        yield Environment(windows, prefix, _configured_version(prefix), kind)
    for lib in ("lib", "lib64"):
        for name in listed(os.path.join(prefix, lib)):
            if not name.startswith(("python3", "pypy3")):
                continue
            for site in ("site-packages", "dist-packages"):
                path = os.path.join(prefix, lib, name, site)
                if os.path.isdir(path):
                    yield Environment(path, prefix, name.removeprefix("python").removeprefix("pypy"), kind)


def _configured_version(prefix: str) -> str:
    try:
        with open(os.path.join(prefix, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            lines = dict(line.partition("=")[::2] for line in file.read(4096).splitlines())
    except OSError:
        return ""
    values = {key.strip(): value.strip() for key, value in lines.items()}
    return ".".join((values.get("version") or values.get("version_info", "")).split(".")[:2])


def _user_sites() -> Iterator[Environment]:
    base = os.environ.get("PYTHONUSERBASE") or os.path.join(os.path.expanduser("~"), ".local")
    yield from _sites(base, "user site")


def _prefixes() -> Iterator[str]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if os.path.basename(folder) in {"bin", "Scripts"} and os.path.isabs(folder):
            yield os.path.dirname(folder)
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(os.path.expanduser("~"), ".pyenv")
    versions = os.path.join(pyenv, "versions")
    for name in listed(versions):
        yield os.path.join(versions, name)
