"""What a user sees when an import from a space fails: the statements on the way, and no import system's frames."""

import pytest

HERE = '[tool.loadstone.spaces.here]\npath = ["own"]\n'
STATEMENT = "from loadstone.spaces.here import broken"


def places(done):
    """Return the places of a traceback on standard error, as pairs of file and line."""
    rows = [line.strip().split(", ") for line in done.stderr.splitlines() if line.startswith("  File")]
    return [(row[0][len('File "') : -1], int(row[1].removeprefix("line "))) for row in rows]


def runs(p, file):
    """Return the outcomes of a program in the ways to run it."""
    return p.python(file), p.loadstone("run", file)


@pytest.mark.parametrize(
    ("statement", "last"),
    [
        (STATEMENT, "import no_such"),
        (STATEMENT, "raise KeyboardInterrupt"),
        (STATEMENT, "import own.deep"),
        (STATEMENT, "x = ("),
        ("import loadstone.spaces.here.broken", "1/0"),
        ("from loadstone.spaces.here.broken import name", "1/0"),
    ],
)
def test_an_error_inside_a_module_shows_its_own_lines(project, statement, last):
    """The traceback goes from the statement to the line that failed, past Loadstone and CPython's own import."""
    files = {
        "own/broken.py": f"import json\n{last}\n",
        "own/own/deep.py": "[][1]\n",
        "app.py": f"{statement}\n",
    }
    p = project(files, pyproject=HERE)
    deeper = {"x = (": [], "import own.deep": [(str(p / "own/own/deep.py"), 1)]}
    expected = [(str(p / "app.py"), 1), (str(p / "own/broken.py"), 2), *deeper.get(last, [])]

    assert [places(done) for done in runs(p, "app.py")] == [expected, expected]


@pytest.mark.parametrize("table", ["path = 1", "deny = [", 'path = ["nowhere"]'])
def test_a_table_with_mistakes_shows_the_statement_alone(project, table):
    """The error has every line that is to be mended; the way to it through Loadstone would help nobody."""
    p = project(
        {"app.py": "import loadstone.spaces.here"}, pyproject=f"[tool.loadstone.spaces.here]\n{table}\n"
    )

    for done in runs(p, "app.py"):
        assert places(done) == [(str(p / "app.py"), 1)]
        assert done.stderr.splitlines()[3].startswith("loadstone.errors.BadOptions: ")


def test_an_installation_that_fails_shows_the_statement_and_uvs_words(project):
    """Under `loadstone run`, which installs: what uv said, below the statement that named the space."""
    p = project(
        {"app.py": "import loadstone.spaces.here"},
        pyproject='[tool.loadstone.spaces.here]\ndependencies = ["pk>3"]\n',
    )
    done = p.loadstone("run", "app.py")

    assert places(done) == [(str(p / "app.py"), 1)]
    assert "loadstone.errors.SyncFailed: space 'here' could not be resolved" in done.stderr
