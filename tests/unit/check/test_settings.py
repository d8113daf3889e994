"""Settings of a check: read from pyproject.toml, and asked by the engine."""

from __future__ import annotations

import os

import pytest

from loadstone.check.config.reading import read_settings
from loadstone.check.config.settings import ALIASES, Settings
from loadstone.check.rules import NAMES
from loadstone.errors import BadOptions
from loadstone.settings.toml_lines import line_of
from loadstone.testing import tree


def read(text):
    with tree({"pyproject.toml": text}) as t:
        return read_settings(str(t.path), NAMES)


def problems(text):
    with pytest.raises(BadOptions) as caught:
        read(text)
    return [one.partition("pyproject.toml:")[2] for one in caught.value.problems]


def test_without_a_file_all_rules_run():
    """Without a pyproject.toml everything has its default."""
    with tree({}) as t:
        settings = read_settings(str(t.path), NAMES)

        assert settings == Settings(root=str(t.path))
        assert all(settings.runs(name) for name in NAMES)


def test_a_whole_table():
    """Every key of the table finds its place."""
    settings = read("""
        [tool.loadstone.check]
        select = ["star", "star-conflict"]
        ignore = ["star"]
        level = "warning"
        levels = { star-conflict = "warning" }
        per-file-ignores = { "tests/" = ["star"] }
        aliases = { polars = "polars", "shop.money" = "money" }
        """)

    assert settings.runs("star-conflict")
    assert not settings.runs("star")
    assert not settings.runs("alias")
    assert (settings.shows("note"), settings.shows("warning"), settings.shows("error")) == (False, True, True)
    assert settings.levels == {"star-conflict": "warning"}
    assert settings.per_file == {"tests/": frozenset({"star"})}
    assert settings.aliases == {**ALIASES, "polars": "polars", "shop.money": "money"}


def test_a_file_that_is_no_toml():
    """A file that does not parse is one problem, with the parser's words."""
    assert problems("[tool")[0].startswith(" Expected ']'")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool]\nloadstone = 1", "2: tool.loadstone: it must be a table"),
        ("[tool.loadstone]\ncheck = 1", "2: tool.loadstone.check: it must be a table"),
        (
            "[tool.loadstone.chek]\nlevel = 'note'",
            "1: tool.loadstone.chek: unknown key 'chek': did you mean 'check'?",
        ),
        (
            "[tool.loadstone]\nexlude = ['a']",
            "2: tool.loadstone.exlude: unknown key 'exlude': did you mean 'exclude'?",
        ),
        ("[tool.loadstone.check]\nlevels = []", "2: tool.loadstone.check.levels: it must be a table"),
        (
            "[tool.loadstone.check.aliases]\nnumpy = 'n-p'",
            "2: tool.loadstone.check.aliases.numpy: it must be a name, such as 'np', not 'n-p'",
        ),
        (
            "[tool.loadstone.check]\nselect = [1]",
            '2: tool.loadstone.check.select: it must be a list of rules, such as ["star"]',
        ),
        (
            "[tool.loadstone.check]\ncolour = true",
            (
                "2: tool.loadstone.check.colour: unknown key 'colour': aliases, ignore, level, levels, "
                "per-file-ignores, select"
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, said):
    """Each kind of mistake has a sentence that names the key and its line."""
    assert problems(text) == [said]


def test_lines_of_keys():
    """A key has the line on which it is written, or that of the table around it."""
    text = 'x = 1\n[a.b]  # comment\nc.d = 2\n"e f" = 3\nlist = [\n  1,\n]\n[[g]]\n'

    assert line_of(text, ("x",)) == 1
    assert line_of(text, ("a", "b")) == 2
    assert line_of(text, ("a", "b", "c", "d")) == 3
    assert line_of(text, ("a", "b", "e f")) == 4
    assert line_of(text, ("a", "b", "missing")) == 2
    assert line_of(text, ("g",)) == 8
    assert line_of(text, ("nowhere",)) == 1


def test_patterns_of_files():
    """A pattern silences a file, or all that lies in a folder, as in .gitignore."""
    root = os.path.abspath(os.sep + "work")
    settings = Settings(
        root=root,
        per_file={
            "tests/": frozenset({"star"}),
            "*_old.py": frozenset({"alias"}),
            "/m.py": frozenset({"bad-all"}),
        },
    )

    def silent(*parts):
        return sorted(settings.silent(os.path.join(root, *parts)))

    assert silent("tests", "deep", "t.py") == ["star"]
    assert silent("src", "tests", "t_old.py") == ["alias", "star"]
    assert silent("m.py") == ["bad-all"]
    assert silent("src", "m.py") == []
    assert sorted(settings.silent(os.path.abspath(os.sep + "elsewhere"))) == []
