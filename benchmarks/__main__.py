"""``python -m benchmarks NAME``: run one benchmark; without a name, list them."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(argv: list[str]) -> int:
    """Run the benchmark that `argv` names, with what follows, and return its exit code; without a name, list all."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    if not argv:
        width = max(map(len, names))
        for name in names:
            print(f"python -m benchmarks {name:<{width}}  {_first_line(FOLDER / f'{name}.py')}")
        return 0
    if argv[0] not in names:
        print(f"benchmarks: there is no benchmark {argv[0]}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    return int(importlib.import_module(f"benchmarks.{argv[0]}").main(argv[1:]))


def _first_line(path: Path) -> str:
    """Return the first line of a module's docstring, without importing the module."""
    return (ast.get_docstring(ast.parse(path.read_bytes())) or "").partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
