"""``loadstone show``: the namespace of a file or module, with the provenance of each name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from loadstone.cli.dispatch import Context

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "show FILE | MODULE [--all] [--run] [--format text|json]"
SUMMARY = "its names: what each is, where it comes from, what bound it, and what it hides"
HELP = """\
Shows the namespace of a module as it is when Python has imported it: what each name is, where it was
first bound, the statement that bound it here, and what it hides. Conflicts of star imports are marked,
with the line that settles them; names of a star that nothing here uses are folded into one line.

The file is read and not run, and neither is anything that it imports.

options:
  --all               also names that Python puts into every module, and all names of stars
  --run               import the module, and show what is really there
  --format json       for programs; everything is in it

examples:
  loadstone show report.py
  loadstone show json.decoder
  loadstone show src/shop/__init__.py --all
  loadstone show report.py --format json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("target", metavar="FILE | MODULE")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--run", action="store_true")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def main(options: argparse.Namespace, context: Context) -> int:
    """Print the namespace; return 0, or 1 when running the module failed."""
    from loadstone.cli.running import imported
    from loadstone.report.live import show_live
    from loadstone.report.show import show_target
    from loadstone.report.targets import target
    from loadstone.report.text import style_for

    asked = target(options.target, context.path, safe=context.safe)
    if options.run:
        module = imported(asked)
        if module is None:
            return 1
        shown = show_live(module, everything=options.all)
    else:
        shown = show_target(asked, everything=options.all)
    print(shown.to_json() if options.format == "json" else shown.text(style_for(sys.stdout)))
    return 0
