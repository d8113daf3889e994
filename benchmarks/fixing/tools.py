"""The tools that change imports, each as a command line that changes the files of a folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["TOOLS", "Tool"]

_ROPE = """
import sys
from rope.base.project import Project
from rope.refactor.importutils import ImportOrganizer
project = Project(".", ropefolder=None)
organizer = ImportOrganizer(project)
for resource in project.get_python_files():
    for step in sys.argv[1:]:
        changes = getattr(organizer, step)(resource)
        if changes is not None:
            project.do(changes)
"""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with its usual way of changing imports: `words` follow the program, then the `files` where it wants them.

    `needs` is a module without which a program of ours cannot drive the tool. A tool that `imports` the modules of
    the folder finds them on its path.
    """

    name: str
    program: str
    words: tuple[str, ...]
    files: bool = False
    needs: str = ""
    imports: bool = False

    def find(self) -> str | None:
        """Return the program's path, beside this interpreter or on the PATH; None where it is not installed."""
        if self.needs and importlib.util.find_spec(self.needs) is None:
            return None
        beside = Path(sys.executable).parent / self.program
        return str(beside) if beside.exists() else shutil.which(self.program)

    def run(self, program: str, folder: Path) -> None:
        """Let the tool change the files of a folder; what it says, and how it ends, is its own affair."""
        files = [str(path) for path in sorted(folder.rglob("*.py"))] if self.files else []
        path = {"PYTHONPATH": str(folder)} if self.imports else {}
        environment = {**os.environ, **path, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [program, *self.words, *files]
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120)


TOOLS = (
    Tool("loadstone fix", "python", ("-m", "loadstone", "fix")),
    Tool("ruff F401", "ruff", ("check", "--isolated", "--no-cache", "--select", "F401", "--fix", ".")),
    Tool("ruff I001", "ruff", ("check", "--isolated", "--no-cache", "--select", "I", "--fix", ".")),
    Tool("isort", "isort", (".",)),
    Tool("autoflake", "autoflake", ("--recursive", "--in-place", "--expand-star-imports", ".")),
    Tool(
        "autoflake, unused",
        "autoflake",
        ("--recursive", "--in-place", "--expand-star-imports", "--remove-all-unused-imports", "."),
    ),
    Tool("removestar", "removestar", ("--in-place", "."), imports=True),
    Tool("pyflyby", "tidy-imports", ("--replace-star-imports", "--action", "REPLACE"), files=True),
    Tool("rope", "python", ("-c", _ROPE, "expand_star_imports"), needs="rope"),
    Tool("rope, organized", "python", ("-c", _ROPE, "expand_star_imports", "organize_imports"), needs="rope"),
)
