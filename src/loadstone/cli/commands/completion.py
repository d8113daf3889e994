"""``loadstone completion``: a script that completes commands, options, files and module names in a shell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from loadstone.cli.dispatch import Context

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "completion bash|zsh|fish"
SUMMARY = "print a script that completes commands, options, files and modules in your shell"
HELP = """\
Prints a script for one shell; the shell runs it when it starts.

examples:
  loadstone completion bash >> ~/.bashrc
  loadstone completion zsh >> ~/.zshrc
  loadstone completion fish > ~/.config/fish/completions/loadstone.fish
"""

SHELLS = ("bash", "zsh", "fish")
# Asked by the scripts themselves: the names that begin with a prefix.
MODULES = "modules"
SPACES = "spaces"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("shell", metavar="bash|zsh|fish", choices=(*SHELLS, MODULES, SPACES))
    parser.add_argument("prefix", nargs="?", default="", help="of a name, for modules and spaces")


def main(options: argparse.Namespace, context: Context) -> int:
    """Print the script, or the names of modules or spaces that begin with a prefix, one on a line."""
    if options.shell == MODULES:
        from loadstone.report.completing import modules
        from loadstone.report.targets import target

        asked = target("__main__", context.path, safe=context.safe)
        for name in modules(asked.library(), options.prefix):
            print(name)
        return 0
    if options.shell == SPACES:
        from loadstone.declared.catalog import Catalog

        names = Catalog(os.getcwd(), context.path).every()
        print(*(name for name in names if name.startswith(options.prefix)), sep="\n")
        return 0
    from loadstone.cli import completions

    print(completions.script(options.shell), end="")
    return 0
