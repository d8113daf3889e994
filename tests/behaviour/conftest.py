"""Shared by the tests of explanations: run a real program, and see what Python and Loadstone print of its failure."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loadstone.testing import Tree

HOOK = """
import sys

def hook(kind, error, trace, previous=sys.excepthook):
    previous(kind, error, trace)
    import loadstone.explain
    explanation = loadstone.explain(error)
    print("EXPLAINED", explanation.to_json() if explanation else "null", file=sys.stderr)
    print(explanation or "", file=sys.stderr)

sys.excepthook = hook
"""


@dataclass
class Outcome:
    """How a program ended: Python's own last line, our text, and our explanation as JSON gives it."""

    code: int
    out: str
    last: str
    text: str
    value: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str | None:
        """The kind of explanation; None where there was none."""
        return self.value.get("kind")


@pytest.fixture
def explained() -> Iterator[Callable[..., Outcome]]:
    """Return a function that runs a program of a tree under plain Python, and explains its uncaught error.

    `explained(t, "main.py")` is ``python main.py`` in the tree; `path` lists folders of the tree for PYTHONPATH.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(HOOK, encoding="utf-8")

        def run(t: Tree, *args: str, env: dict[str, str] | None = None, path: Sequence[str] = ()) -> Outcome:
            # No environments but this one: what else this machine has installed must not decide a test.
            searched = os.pathsep.join([folder, *(str(t / entry) for entry in path)])
            alone = {
                "PYTHONPATH": searched,
                "HOME": folder,
                "PATH": os.path.dirname(sys.executable),
                "PYENV_ROOT": folder,
                "LOADSTONE_DEBUG": "1",
            }
            done = t.python(*args, env={**alone, **(env or {})})
            return _outcome(done.returncode, done.stdout, done.stderr)

        yield run


def _outcome(code: int, out: str, err: str) -> Outcome:
    before, _, after = err.partition("EXPLAINED ")
    line, _, text = after.partition("\n")
    last = before.strip().splitlines()[-1] if before.strip() else ""
    assert "loadstone/explain" not in before, err  # nothing went wrong inside the explainer
    assert "Traceback" not in after, err
    return Outcome(code, out, last, text.strip(), (json.loads(line) if line else None) or {})


@pytest.fixture
def repaired() -> Callable[..., None]:
    """Return a function that makes the edits of one repair of an outcome, as they stand."""

    def make(outcome: Outcome, choice: int = 0) -> None:
        edits = outcome.value["repairs"][choice]["edits"]
        assert edits, outcome.text
        for edit in sorted(edits, key=lambda edit: (-edit["line"], not edit["old"])):
            path = Path(edit["path"])
            lines = path.read_text(encoding="utf-8").split("\n")
            old = edit["old"].split("\n") if edit["old"] else []
            start = edit["line"] - 1
            assert lines[start : start + len(old)] == old
            lines[start : start + len(old)] = edit["new"].split("\n") if edit["new"] else []
            path.write_text("\n".join(lines), encoding="utf-8")

    return make
