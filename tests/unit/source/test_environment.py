"""Which environment's packages a project uses."""

from __future__ import annotations

import os
import sys
import venv

from loadstone.source.layout.environment import installed_path
from loadstone.testing import tree


def environment(t, monkeypatch):
    """Make an environment, put it on the PATH behind the one that runs, and return its folder."""
    mine = t / "mine"
    venv.create(mine, symlinks=os.name != "nt")
    scripts = "Scripts" if os.name == "nt" else "bin"
    folders = [os.path.join(sys.prefix, scripts), str(mine / scripts)]
    monkeypatch.setenv("PATH", os.pathsep.join(folders))
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    return str(mine)


def test_the_active_environment(monkeypatch):
    """The environment that is active counts, and not what else is on the PATH."""
    monkeypatch.delenv("PRE_COMMIT", raising=False)
    with tree({}) as t:
        mine = environment(t, monkeypatch)

        assert not [entry for entry in installed_path() if entry.startswith(mine)]


def test_the_environment_behind_that_of_pre_commit(monkeypatch):
    """pre-commit activates an environment with Loadstone alone; the user's is the next on the PATH, or near."""
    monkeypatch.setenv("PRE_COMMIT", "1")
    with tree({}) as t:
        mine = environment(t, monkeypatch)
        behind = installed_path()
        monkeypatch.setenv("PATH", "")
        os.rename(mine, t / ".venv")
        near = installed_path(near=str(t.path))

        assert [entry for entry in behind if entry.startswith(mine)]
        assert [entry for entry in near if entry.startswith(str(t / ".venv"))]
