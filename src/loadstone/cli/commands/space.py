"""``loadstone space``: the spaces that pyproject.toml declares, and their installation."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from loadstone.cli.dispatch import Context
    from loadstone.declared.declaration import Declaration
    from loadstone.declared.sync.syncing import Plan

__all__ = ["HELP", "SUMMARY", "USAGE", "arguments", "main"]

USAGE = "space list|sync [NAME...] [--plugins FOLDER] [--upgrade] [--locked] [--dry-run] [--format text|json]"
SUMMARY = "the spaces that pyproject.toml declares: what each requires, and its installation"
HELP = """\
A space is a world of modules with its own versions of packages. It is declared in pyproject.toml, here or in
a folder above, and imported from by plain statements:

  [tool.loadstone.spaces.legacy]
  dependencies = ["pydantic<2"]       from loadstone.spaces.legacy import pydantic as pydantic1

More keys: path (folders of your own), share (names that come from the program), deny (names that may not be
imported), imports-from (other spaces).

sync resolves what each space requires, writes the versions with their hashes to pylock.NAME.toml, to be
committed, and installs exactly those into .loadstone/spaces/NAME. Where the lock is there already, and answers
the requirements, it installs what the lock says. What fails leaves everything as it was. It needs uv:
pip install 'loadstone[space]', or one on the PATH.

list shows requirements, installed versions, size and state. Without NAME both speak of all spaces.

options:
  --plugins FOLDER    the plugins in a folder, each with its own pyproject.toml, instead of the project's spaces
  --upgrade           sync: take the newest versions that the requirements allow
  --locked            sync: fail rather than change a lock, as in continuous integration
  --dry-run           sync: print what would be done
  --format json       list: for programs

examples:
  loadstone space sync
  loadstone space sync legacy --upgrade
  loadstone space sync --locked
  loadstone space list
  loadstone space list --format json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's words."""
    parser.add_argument("act", metavar="list|sync", choices=("list", "sync"), nargs="?")
    parser.add_argument("names", metavar="NAME", nargs="*")
    parser.add_argument("--plugins", metavar="FOLDER")
    parser.add_argument("--upgrade", action="store_true")
    parser.add_argument("--locked", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def main(options: argparse.Namespace, context: Context) -> int:
    """List or install spaces; return 0, 1 where one is not ready, or 2 for what was asked for in a wrong way."""
    if options.act is None:
        print("loadstone space: list or sync? loadstone space --help has examples", file=sys.stderr)
        return 2
    chosen = _plugins(options) if options.plugins is not None else _declared(options, context)
    if not chosen:
        where = options.plugins or "pyproject.toml, here or above"
        print(f"nothing is declared in {where}; loadstone space --help shows how", file=sys.stderr)
    return _list(chosen, options.format) if options.act == "list" else _sync(chosen, options)


def _declared(options: argparse.Namespace, context: Context) -> list[Declaration]:
    from loadstone.declared.catalog import Catalog

    catalog = Catalog(os.getcwd(), context.path)
    return [catalog.find(name) for name in options.names] or [*catalog.every().values()]


def _plugins(options: argparse.Namespace) -> list[Declaration]:
    from loadstone.plugins import plugins

    found = plugins(options.plugins)
    return [found[name].declaration for name in options.names or found]


def _list(chosen: Sequence[Declaration], form: str) -> int:
    from loadstone.declared.installation import read_installed, state_of
    from loadstone.report.spaces import Listed, as_json, as_text
    from loadstone.report.text import style_for

    listed = [Listed(one, state_of(one, closely=True), read_installed(one.folder)) for one in chosen]
    if listed or form == "json":
        print(as_json(listed) if form == "json" else as_text(listed, style_for(sys.stdout)))
    return int(not all(one.state.ready for one in listed))


def _sync(chosen: Sequence[Declaration], options: argparse.Namespace) -> int:
    """Bring each space to what is declared, in order; one that fails keeps none from being tried."""
    from loadstone.errors import LockUnusable, SyncFailed

    failed = 0
    for number, space in enumerate(chosen):
        try:
            print(_done(space, number, len(chosen), options), flush=True)
        except (LockUnusable, SyncFailed) as error:
            print(f"loadstone space: {error}", file=sys.stderr, flush=True)
            failed = max(failed, 1 if isinstance(error, SyncFailed) else 2)
    return failed


def _done(space: Declaration, number: int, every: int, options: argparse.Namespace) -> str:
    """Sync one space, or plan it; return the line about it."""
    from loadstone.declared.sync.syncing import plan

    if options.dry_run:
        return str(plan(space, upgrade=options.upgrade))
    began = time.perf_counter()
    done = _synced(space, number, every, options)
    return _said(done, time.perf_counter() - began)


def _synced(space: Declaration, number: int, every: int, options: argparse.Namespace) -> Plan:
    """Sync one space, with progress on a terminal; the line is gone when this returns."""
    from loadstone.cli.progress import progress
    from loadstone.declared.sync.syncing import sync

    with progress("syncing") as show:

        def tick(doing: str) -> None:
            if show is not None:
                show(number, every, f"{space.name}: {doing}")

        return sync(space, tick, upgrade=options.upgrade, locked=options.locked)


def _said(done: Plan, seconds: float) -> str:
    """Return the line about one space."""
    from loadstone.declared.installation import read_installed

    if done.act == "nothing":
        return f"{done.space.name}: {done.reason}"
    if done.act == "stubs":
        return f"{done.space.name}: stubs written"
    installed = read_installed(done.space.folder)
    packages = installed.packages.items() if installed else ()
    listing = ", ".join(f"{name} {version}" for name, version in packages)
    return f"{done.space.name}: {listing or 'nothing for this platform'} ({seconds:.1f} s; {done.reason})"
