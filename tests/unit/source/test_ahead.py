"""What is read before it is asked for: imports of the project, and of others what their names come from."""

from __future__ import annotations

import os

from loadstone.source.ahead import waves
from loadstone.source.project import Library
from loadstone.testing import tree

FILES = {
    "app.py": "import tool, pack\nfrom pack.inner import x\nimport nowhere\n\ndef f():\n    import late\n",
    "tool.py": "import deep\nfrom stars import *",
    "late.py": "",
    "deep.py": "",
    "pack/__init__.py": "from pack import part\nimport deep",
    "pack/inner.py": "import pack.second",
    "pack/part.py": "",
    "pack/second.py": "",
    "stars/__init__.py": "from stars.one import *",
    "stars/one.py": "from stars import two",
    "stars/two.py": "",
}


def test_what_names_come_from_is_followed():
    """All that the project imports; of others what packages import, and stars."""
    with tree(FILES) as t:
        found = [sorted(wave) for wave in waves(Library([str(t.path)]), ["app"])]

        assert found == [
            ["app"],
            ["pack", "pack.inner", "tool"],
            ["deep", "pack.part", "stars"],
            ["stars.one"],
        ]


def test_the_project_is_followed_everywhere():
    """A module of the project needs to be no package for what it imports to be read."""
    with tree(FILES) as t:
        first, second, *_ = waves(Library([str(t.path)]), ["app", "tool", "pack.inner"])

        assert first == ["app", "tool", "pack.inner"]
        assert sorted(second) == ["deep", "pack", "pack.second", "stars"]


def read_by(t, names):
    library = Library([str(t.path)])
    library.prepare(names, ahead=True)
    return {os.path.basename(path) for path in [*library.files.keys()]}


def test_alone_nothing_is_read_ahead(monkeypatch):
    """Reading ahead pays where another process takes half of it: a small project reads what it asks for."""
    many = {f"m{number}.py": "import other" for number in range(70)}
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with tree({**FILES, **many, "other.py": ""}) as t:
        assert read_by(t, ["app"]) == {"app.py"}
        assert read_by(t, [file[:-3] for file in many]) == {*many, "other.py"}
