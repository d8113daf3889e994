"""Random small projects: whatever `loadstone fix` writes, Python makes the same names of them as before."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from loadstone.check.config.settings import Settings
from loadstone.fix.plan import plan
from loadstone.fix.repairs import NAMES
from loadstone.source.tree import find_project
from loadstone.testing import tree

SPEC = importlib.util.spec_from_file_location("origins", Path(__file__).with_name("test_origins.py"))
origins = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(origins)
importer = origins.importer

RULES = frozenset(NAMES)


def fixed(t):
    """Write what is planned for a tree, and return the plan."""
    project = find_project([str(t.path)], root=str(t.path), source_roots=[str(t.path)])
    found = plan(project, Settings(root=project.root, select=RULES))
    for path, content in found.after.items():
        Path(path).write_bytes(content)
    return found


def kept(before, after, gone):
    """Return what is different, apart from the names that a repair says it drops: {} where nothing is."""
    different = {}
    for module, names in before.items():
        now = after[module]
        if names is None or now is None:
            if names is not None:
                different[module] = "cannot be imported any more"
            continue
        same = {name: home for name, home in names.items() if (module, name) not in gone or name in now}
        if same != now:
            different[module] = (same, now)
    return different


def dropped(found):
    return {pair for one in found.repairs for pair in one.meant.gone}


@given(project=origins.projects)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_every_fix_keeps_names_and_origins(importer, project):
    """Each module that could be imported still can, and each of its names is the same thing, or dropped on purpose."""
    with tree({origins.FILES[module]: text for module, text in project.items()}) as t:
        before = importer(t.path, list(origins.MODULES))
        found = fixed(t)
        after = importer(t.path, list(origins.MODULES))

        assert kept(before, after, dropped(found)) == {}, json.dumps(
            {str(path): content.decode() for path, content in found.after.items()}, indent=1
        )
