"""Small programs that each hold a trap for tools that change imports: `loadstone fix` changes nothing they do."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.fixing.samples import run, samples, stars

from loadstone.check.config.settings import Settings
from loadstone.fix.plan import plan
from loadstone.fix.repairs import NAMES
from loadstone.source.tree import find_project
from loadstone.testing import tree

# The stars that cannot be made explicit, with the reason that is given.
REFUSED = {
    "all-computed": ["not all names of lib can be read: its `__all__` is put together at run time"],
    "all-names-nothing": ["it fails: the `__all__` of lib names 'g', which is not there"],
    "circular-by-luck": ["importing bill first would raise ImportError"],
    "circular-half-made": [
        "importing right first would raise ImportError",
        "importing left first would raise ImportError",
    ],
    "conditional-star-by-version": ["it does not run when main is imported by this Python"],
    "names-made-at-run-time": ["it binds names at run time (line 2  globals()[_name] = _name.upper())"],
    "order-of-path": ["not all names of acme can be read"],
    "star-of-os": ["not all names of os can be read"],
    "star-with-fallback-that-is-taken": ["there is no module fast_that_is_not_there in this project"],
    "under-main-guard": ["it does not run when main is imported by this Python"],
}


def fixed(t):
    """Write what is planned for a tree, and return the plan."""
    project = find_project([str(t.path)], root=str(t.path))
    found = plan(project, Settings(root=project.root, select=frozenset(NAMES)))
    for path, content in found.after.items():
        Path(path).write_bytes(content)
    return found


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_a_trap(sample):
    """What the program prints is the same before and after, and every star is explicit or has its reason."""
    with tree({}) as t:
        sample.write(t.path)
        before = run(sample, t.path)
        found = fixed(t)
        reasons = [one.reason for one in found.refusals if one.rule == "star"]
        expected = REFUSED.get(sample.name, [])

        assert run(sample, t.path) == before
        assert len(reasons) == stars(t.path) == len(expected)
        assert all(part in reason for part, reason in zip(expected, reasons, strict=True)), reasons


def test_nine_in_ten_stars_become_explicit():
    """Of all stars of the samples, at most one in ten is refused."""
    every = sum(text.count("import *") for sample in samples() for text in sample.files.values())

    assert len(samples()) >= 60
    assert sum(map(len, REFUSED.values())) <= every / 10
