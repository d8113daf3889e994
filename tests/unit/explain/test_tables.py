"""The tables say what is so in the running version of Python."""

from __future__ import annotations

import builtins
import importlib.util
import sys

import pytest

from loadstone.explain.installed import normalised
from loadstone.explain.tables.customary import ALIASES, MEMBERS
from loadstone.explain.tables.distributions import DISTRIBUTIONS
from loadstone.explain.tables.moved import BUILTINS, MOVED
from loadstone.explain.tables.removed import REMOVED, RENAMED

VERSION = sys.version_info[:2]
ELSEWHERE = {
    "msilib",
    "winreg",
    "ossaudiodev",
    "spwd",
    "nis",
    "crypt",
    "dbm.gnu",
    "tkinter.tix",
}  # by platform and build
if sys.platform == "emscripten":
    ELSEWHERE |= {"dbm", "dbm.dumb"}

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize("row", MOVED)
def test_moved_names(row):
    """A name is where it was until its version, and from then on only where the table says."""
    version, now = MOVED[row]

    assert there(row) == (version > VERSION)
    if ":" in now and " " not in now and version <= VERSION:
        assert there(now)


@pytest.mark.parametrize("name", sorted(REMOVED.keys() - ELSEWHERE))
def test_removed_modules(name):
    """A module is there until its version, and what the table offers instead is there now."""
    known = REMOVED[name]

    assert importable(name) == (known.version > VERSION)
    assert not known.use or importable(known.use)
    assert (
        known.use
        or known.say
        or known.install
        or name in {"formatter", "msilib", "nis", "nntplib", "spwd", "ossaudiodev"}
    )


@pytest.mark.parametrize("name", sorted(RENAMED.keys() - ELSEWHERE))
def test_renamed_modules(name):
    """No module has its Python 2 name, and each has the new one."""
    assert not importable(name)
    assert RENAMED[name] in ELSEWHERE or RENAMED[name].startswith("tkinter") or importable(RENAMED[name])


@pytest.mark.parametrize("name", BUILTINS)
def test_builtins_of_python_2(name):
    """What was a builtin is none, and is where the table says."""
    assert not hasattr(builtins, name)
    assert there(BUILTINS[name])


@pytest.mark.parametrize("name", MEMBERS)
def test_names_that_one_module_is_known_for(name):
    """Each is in its module."""
    assert there(f"{MEMBERS[name]}:{name}")


def test_aliases_are_no_modules():
    """An alias that is itself a module of the standard library would be ambiguous."""
    assert not ALIASES.keys() & sys.stdlib_module_names


def test_distributions_differ_from_their_modules():
    """A row whose two names an installer takes for one says nothing, and none is about the standard library."""
    assert not [
        name
        for name, known in DISTRIBUTIONS.items()
        if normalised(name) == normalised(known) and "." not in name
    ]
    assert not {name.partition(".")[0] for name in DISTRIBUTIONS} & sys.stdlib_module_names


def there(row: str) -> bool:
    module, _, name = row.partition(":")
    if not module:
        return hasattr(builtins, name)
    try:
        return hasattr(importlib.import_module(module), name) or importable(f"{module}.{name}")
    except ImportError:
        return False


def importable(name: str) -> bool:
    if name in sys.modules:  # typing.io is no file, and has no spec
        return True
    try:
        return importlib.util.find_spec(name) is not None or bool(importlib.import_module(name))
    except ImportError:
        return False
