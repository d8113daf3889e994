"""Helpers for tests of code that imports: a literal tree of files, and programs run in it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from loadstone.runtime.space import Space

__all__ = ["Tree", "tree"]


@contextlib.contextmanager
def tree(files: Mapping[str, str | bytes]) -> Iterator[Tree]:
    """Write `files` (relative path to content) into a new folder, yield it, and remove it at the end.

    Text is dedented, so that it can be written where it is read; bytes are kept as they are; a path
    that ends in a slash is an empty folder.
    """
    with tempfile.TemporaryDirectory(prefix="loadstone-", ignore_cleanup_errors=True) as folder:
        new = Tree(Path(folder).resolve())
        for path, content in files.items():
            new.write(path, content)
        yield new


class Tree:
    """A folder of source files; `path` is absolute and free of symbolic links."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def write(self, name: str, content: str | bytes = "") -> Path:
        """Write one file, with the folders above it, and return its path."""
        path = self.path / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(textwrap.dedent(content).lstrip("\n"), encoding="utf-8")
        return path

    def space(self, **options: Any) -> Space:
        """Return a fresh space whose path is this folder."""
        from loadstone.runtime.space import Space

        return Space(options.pop("name", "test"), path=[str(self.path)], **options)

    def python(self, *args: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run this interpreter with `args` in the folder; output is captured as text.

        `env` adds to the environment, `stdin` is the text to feed, `cwd` another folder; nothing is checked.
        """
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", **options.pop("env", {})}
        stdin = options.pop("stdin", None)
        return subprocess.run(
            [sys.executable, *args],
            cwd=options.pop("cwd", self.path),
            env=env,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=options.pop("timeout", 60),
            **options,
        )

    def loadstone(self, *args: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run the ``loadstone`` command with `args` in the folder; as `python` otherwise."""
        return self.python("-m", "loadstone", *args, **options)
