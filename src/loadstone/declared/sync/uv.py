"""Finding uv and running it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from typing import TYPE_CHECKING

from loadstone.errors import NoUv, SyncFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loadstone.declared.declaration import Declaration

    Tick = Callable[[str], None]

__all__ = ["Uv", "find_uv"]

_PAUSE = 0.1

# What uv says when it has no network, of a lock for later Pythons, and about itself and what went well.
_UNREACHED = ("error sending request", "the network was disabled")
_OTHER_PYTHON = "is incompatible with the `pylock.toml`'s Python requirement"
# The file that the requirements are handed over in, which nobody else has seen, and a place in it.
_REQUIREMENTS = re.compile(r"`[^`]*\brequirements\.in`(\s+at\s+position\s+\d+)?")
_ASIDES = ("warning: The", "Using CPython", "Using Python", "Prepared ", "Resolved ")


def find_uv() -> str:
    """Return the path of uv: the one that was installed beside this interpreter, else one on the PATH.

    Raises NoUv.
    """
    beside = [os.path.dirname(sys.executable), sysconfig.get_path("scripts")]
    found = shutil.which("uv", path=os.pathsep.join([*beside, os.environ.get("PATH", os.defpath)]))
    if found is None:
        raise NoUv
    return found


class Uv:
    """Runs uv for one space, in the folder of its declaration, whose ``[tool.uv]`` says which index to use.

    `tick` is called with what is going on, several times a second.
    """

    def __init__(self, space: Declaration, tick: Tick) -> None:
        self.space = space
        self.tick = tick
        self.program = find_uv()

    def lock(self, requirements: str, output: str, *, upgrade: bool) -> None:
        """Resolve the requirements of a file and write a lock file; versions that are in it are kept if they can be.

        The lock holds for every platform, and for the Pythons that the project is for.
        """
        words = [
            "--universal",
            "--format",
            "pylock.toml",
            "--generate-hashes",
            "--no-header",
            "--output-file",
            output,
        ]
        words += ["--upgrade"] if upgrade else []
        # The least that the project is for; without that, the running one.
        versions = self.space.requires_python or f">={sys.version_info[0]}.{sys.version_info[1]}"
        words += ["--python-version", _least(versions)]
        self._run("resolved", "resolving", ["pip", "compile", *words, requirements])

    def install(self, lock: str, site: str) -> None:
        """Install exactly what a lock file says into a folder.

        With copies: uv would make hard links into its cache, and one extension file in two spaces is one
        extension, whose statics both would share.
        """
        words = ["--target", site, "--link-mode", "copy", "--require-hashes", "--preview-features", "pylock"]
        self._run("installed", "installing", ["pip", "sync", *words, lock])

    def _run(self, act: str, doing: str, words: Sequence[str]) -> None:
        command = [self.program, *words, "--python", sys.executable, "--no-progress", "--color", "never"]
        with tempfile.TemporaryFile() as said:
            with subprocess.Popen(
                command,
                cwd=os.path.dirname(self.space.source),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
            ) as process:
                self._wait(process, doing)
            if process.returncode:
                said.seek(0)
                raise self._failed(act, _words(said.read()))

    def _failed(self, act: str, words: str) -> SyncFailed:
        plain = " ".join(words.split())  # uv folds its lines to the width of the terminal
        reason = ": the network does not answer" if any(one in plain for one in _UNREACHED) else ""
        advice = self._widening() if _OTHER_PYTHON in plain else ""
        said = _REQUIREMENTS.sub(lambda _: str(self.space), words) + advice
        return SyncFailed(space=self.space.name, act=act + reason, said=said)

    def _widening(self) -> str:
        """Return what to do about a lock that was made for later Pythons."""
        least = f">={sys.version_info[0]}.{sys.version_info[1]}"
        where = f'in {self.space.source} say requires-python = "{least}" under [project]'
        return f"\n  {where}, and write the lock anew: {self.space.command} --upgrade"

    def _wait(self, process: subprocess.Popen[bytes], doing: str) -> None:
        try:
            while True:
                self.tick(doing)
                try:
                    process.wait(_PAUSE)
                    return
                except subprocess.TimeoutExpired:
                    continue
        except BaseException:
            process.kill()
            raise


def _least(versions: str) -> str:
    """Return the least version of a specifier such as ``>=3.11,<4``; the running one where it names none."""
    for part in versions.split(","):
        text = part.strip()
        if text.startswith((">=", "==", "~=")):
            return text[2:].strip().removesuffix(".*")
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _words(said: bytes) -> str:
    """Return what uv said, indented, without its warnings about itself."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith(_ASIDES)]
    return "  uv: " + ("\n      ".join(kept) or "nothing")
