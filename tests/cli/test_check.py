"""``loadstone check``: paths, formats, levels, settings and exit codes."""

from __future__ import annotations

import json

from loadstone.testing import tree

CONFLICT = {
    "a.py": "def f(): ...",
    "b.py": "def f(): ...",
    "m.py": "from a import *\nfrom b import *\n\nf()\n",
}
NOTE = {"a.py": "f = 1", "m.py": "from a import *\nf"}


def test_a_clean_folder_is_zero():
    """Nothing found is exit code 0 and one line."""
    with tree({"m.py": "import os"}) as t:
        done = t.loadstone("check")

        assert (done.returncode, done.stdout, done.stderr) == (0, "1 file: nothing found\n", "")


def test_an_empty_folder_is_zero():
    """A folder without Python files has nothing to find."""
    with tree({"data/notes.txt": "x"}) as t:
        done = t.loadstone("check")

        assert (done.returncode, done.stdout, done.stderr) == (0, "0 files: nothing found\n", "")


def test_notes_do_not_fail():
    """Notes are shown and leave the exit code at 0."""
    with tree(NOTE) as t:
        done = t.loadstone("check")

        assert done.returncode == 0
        assert done.stdout.endswith("\n2 files: 1 note (notes do not fail a check)\n")


def test_an_error_is_one():
    """An error is exit code 1; the summary counts each level."""
    with tree(CONFLICT) as t:
        done = t.loadstone("check", ".")

        assert done.returncode == 1
        assert done.stdout.endswith("\n3 files: 1 error, 2 notes\n")
        assert done.stderr == ""


def test_only_what_was_named_is_checked():
    """A file that is named is checked, with the rest of its project known."""
    with tree({**CONFLICT, "n.py": "import nowhere", "pyproject.toml": ""}) as t:
        done = t.loadstone("check", "m.py", "--level", "error")

        assert done.returncode == 1
        assert "star-conflict" in done.stdout
        assert done.stdout.endswith("\n1 file: 1 error\n")


def test_the_level_leaves_out_what_is_milder():
    """With --level error a warning is neither shown nor counted."""
    with tree({"m.py": "import nowhere"}) as t:
        assert t.loadstone("check").returncode == 1
        assert t.loadstone("check", "--level", "error").stdout == "1 file: nothing found\n"


def test_select_and_ignore():
    """Rules are chosen or left out by name, several with commas or by several options."""
    with tree(CONFLICT) as t:
        only = t.loadstone("check", "--select", "star,star-conflict", "--statistics")
        less = t.loadstone("check", "--ignore", "star", "--ignore", "star-conflict", "--statistics")

        assert only.stdout == "2  note star\n1  error star-conflict\n3 files: 1 error, 2 notes\n"
        assert less.stdout == "3 files: nothing found\n"


def test_an_unknown_rule_is_wrong_use():
    """A rule that does not exist is exit code 2, with the one that was meant."""
    with tree({"m.py": ""}) as t:
        done = t.loadstone("check", "--select", "star-conflct")

        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "loadstone check: unknown rule 'star-conflct': did you mean 'star-conflict'?\n"


def test_a_path_that_is_not_there_is_wrong_use():
    """A path that does not exist is exit code 2."""
    with tree({"m.py": ""}) as t:
        done = t.loadstone("check", "nowhere.py")

        assert done.returncode == 2
        assert "there is no file" in done.stderr
        assert "nowhere.py" in done.stderr


def test_a_file_that_is_not_python_is_wrong_use():
    """Files that are named and are not Python's are exit code 2, all of them at once."""
    with tree({"a.txt": "", "b.toml": "", "m.py": ""}) as t:
        done = t.loadstone("check", "a.txt", "b.toml", "m.py")

        assert done.returncode == 2
        assert "a.txt is no Python file" in done.stderr
        assert "b.toml is no Python file" in done.stderr


def test_text_alone_has_no_other_form():
    """--statistics and --explain with a format for programs are exit code 2, and not text all the same."""
    with tree({"m.py": ""}) as t:
        counted = t.loadstone("check", "--statistics", "--format", "json")
        explained = t.loadstone("check", "--explain", "star", "--format", "github")

        assert (counted.returncode, counted.stdout) == (2, "")
        assert counted.stderr == "loadstone check: --statistics is text: leave out --format json\n"
        assert explained.stderr == "loadstone check: --explain is text: leave out --format github\n"


def test_json_is_one_object():
    """The JSON has every fact of a finding, with both sides and the edit."""
    with tree(CONFLICT) as t:
        done = t.loadstone("check", "--format", "json", "--select", "star-conflict")
        data = json.loads(done.stdout)
        (finding,) = data.pop("findings")

        assert done.returncode == 1
        assert data == {"files": 3, "errors": 1, "warnings": 0, "notes": 0}
        assert finding["rule"] == "star-conflict"
        assert (finding["path"], finding["line"], finding["column"], finding["end_column"]) == (
            str(t / "m.py"),
            2,
            1,
            16,
        )
        assert [(place["line"], place["label"]) for place in finding["related"]] == [
            (1, "hidden: a:f"),
            (1, "a:f"),
            (1, "b:f"),
        ]
        assert finding["edit"] == {
            "title": "say that b:f is meant",
            "path": str(t / "m.py"),
            "first": 3,
            "last": 2,
            "lines": ["from b import f"],
        }


def test_an_environment_that_has_nothing():
    """Where several packages are not installed, the last line says how to name the environment that has them."""
    with tree({"m.py": "import nowhere1, nowhere2, nowhere3\n", "n.py": "import nowhere1, nowhere2\n"}) as t:
        assert t.loadstone("check").stdout.splitlines()[-1] == (
            "help: 3 imported packages are not installed in the environment that was looked at: "
            "if the project has another, name it with --python"
        )
        assert t.loadstone("check", "n.py").stdout.splitlines()[-1] == "1 file: 2 warnings"


def test_github_commands():
    """For a GitHub workflow each finding is one line, its text escaped."""
    with tree({"m.py": "import reqests  # 100%\n", "reqests_.py": ""}) as t:
        done = t.loadstone("check", "--format", "github", "--select", "missing-module")

        assert done.returncode == 1
        assert done.stdout.splitlines()[0].startswith(
            "::warning file=m.py,line=1,endLine=1,col=8,endColumn=15,title=loadstone missing-module::"
            "there is no module reqests in this project, and none is installed"
        )
        assert "%0A" in done.stdout


def test_explain_prints_the_page():
    """--explain prints the rule's page: what, why, an example, and what to write instead."""
    with tree({}) as t:
        done = t.loadstone("check", "--explain", "star-conflict")
        page = done.stdout

        assert done.returncode == 0
        assert page.startswith("star-conflict (error or warning or note)\n\nOne name from two star imports")
        assert [word for word in ("What", "Why", "Example", "Instead") if f"\n{word}\n" in page] == [
            "What",
            "Why",
            "Example",
            "Instead",
        ]


def test_explain_without_a_rule_lists_them():
    """--explain alone lists every rule with its first line."""
    with tree({}) as t:
        lines = t.loadstone("check", "--explain").stdout.splitlines()

        assert len(lines) > 15
        assert any(line.startswith("crash-cycle ") for line in lines)


def test_explain_of_an_unknown_rule():
    """--explain of what is no rule is exit code 2."""
    with tree({}) as t:
        done = t.loadstone("check", "--explain", "stars")

        assert done.returncode == 2
        assert "unknown rule 'stars': did you mean 'star" in done.stderr


def test_all_errors_of_the_table_at_once():
    """What is wrong in pyproject.toml is reported all at once, each with its line."""
    settings = """\
        [project]
        name = "shop"

        [tool.loadstone.check]
        selct = ["star"]
        level = "fatal"
        ignore = "star"

        [tool.loadstone.check.levels]
        star-conflct = "error"

        [tool.loadstone.check.per-file-ignores]
        "tests/" = ["strs"]
        """
    with tree({"pyproject.toml": settings, "m.py": ""}) as t:
        done = t.loadstone("check")
        path = t / "pyproject.toml"

        assert done.returncode == 2
        assert done.stderr.removeprefix("loadstone check: ").splitlines() == [
            f"{path}:5: tool.loadstone.check.selct: unknown key 'selct': did you mean 'select'?",
            f"{path}:6: tool.loadstone.check.level: it must be one of 'note', 'warning', 'error', not 'fatal'",
            f'{path}:7: tool.loadstone.check.ignore: it must be a list of rules, such as ["star"]',
            (
                f"{path}:10: tool.loadstone.check.levels.star-conflct: unknown rule 'star-conflct': did you mean "
                "'star-conflict'?"
            ),
            f"{path}:13: tool.loadstone.check.per-file-ignores.tests/: unknown rule 'strs': did you mean 'star'?",
        ]


def test_settings_of_the_project():
    """The table of pyproject.toml sets levels, leaves rules out, and silences files."""
    settings = """\
        [tool.loadstone.check]
        ignore = ["star-conflict"]

        [tool.loadstone.check.levels]
        star = "warning"

        [tool.loadstone.check.per-file-ignores]
        "old/" = ["star"]
        """
    with tree({**CONFLICT, "old/o.py": "from a import *", "pyproject.toml": settings}) as t:
        done = t.loadstone("check", "--statistics")

        assert done.stdout == "2  warning star\n4 files: 2 warnings\n"
        assert done.returncode == 1


def test_no_colour_where_nobody_sees_it():
    """Output into a pipe has no escape sequences."""
    with tree(CONFLICT) as t:
        assert "\x1b" not in t.loadstone("check", env={"NO_COLOR": ""}).stdout


def test_a_folder_of_traps_does_not_harm_the_command():
    """Files that are called like modules of the standard library are read and never imported."""
    traps = {
        f"{name}.py": "raise SystemExit(9)" for name in ("ast", "json", "random", "argparse", "string", "re")
    }
    with tree(traps) as t:
        done = t.loadstone("check", "--select", "hides-stdlib", "--statistics")

        assert done.stdout == "6  warning hides-stdlib\n6 files: 6 warnings\n"
        assert done.returncode == 1


def test_what_is_installed_beside_loadstone_is_found():
    """The packages of the running interpreter count, an editable install among them."""
    with tree({"main.py": "import loadstone\nimport pytest\n"}) as t:
        result = t.loadstone("check", "main.py")

    assert (result.returncode, result.stdout) == (0, "1 file: nothing found\n")
