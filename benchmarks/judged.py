"""What `loadstone verify` says of other tools' changes to a released package, by the number of its objections."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks._measure import SOURCE
from benchmarks.checking.projects import Project, unpacked
from benchmarks.fixing.tools import TOOLS, Tool

PACKAGE = Project("mpmath", "1.3.0", "mpmath", "")


class Judgement(NamedTuple):
    """How many objections there are to what one tool does; `maybe` are those about names that an eval may find."""

    tool: str
    certain: int
    maybe: int

    def __str__(self) -> str:
        return f"{self.tool:18}{self.certain + self.maybe:6} objections, of which {self.maybe} are cautions"


def main(argv: list[str] | None = None) -> int:
    """Print a line for each tool that is installed."""
    parser = argparse.ArgumentParser("python -m benchmarks judged", description=__doc__)
    names = [tool.name for tool in TOOLS]
    parser.add_argument("tools", nargs="*", metavar="TOOL", help=f"any of {', '.join(names)}; by default all")
    order = parser.parse_args(argv)
    for tool in TOOLS:
        program = tool.find() if not order.tools or tool.name in order.tools else None
        if program:
            print(_judged(tool, program), flush=True)
    return 0


def _judged(tool: Tool, program: str) -> Judgement:
    """Let the tool change a copy of the package, and hold it against another copy."""
    with tempfile.TemporaryDirectory(prefix="loadstone-") as made:
        old, new = (Path(unpacked(PACKAGE, os.path.join(made, name))) for name in ("old", "new"))
        tool.run(program, new)
        objections = _verified(old, new)
    maybe = sum(not one["certain"] for one in objections)
    return Judgement(tool.name, len(objections) - maybe, maybe)


def _verified(old: Path, new: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "loadstone", "verify", str(old), str(new), "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    found: list[dict[str, object]] = json.loads(done.stdout)["objections"]
    return found


if __name__ == "__main__":
    sys.exit(main())
