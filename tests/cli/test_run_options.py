"""The options of `loadstone run` itself."""

from __future__ import annotations

import json

import pytest

from loadstone.testing import tree

CONFLICT = {
    "main.py": "from a import *\nfrom b import *\nprint(f())\n",
    "a.py": "def f():\n    return 'a'\n",
    "b.py": "def f():\n    return 'b'\n",
}


def test_conflicting_stars_of_the_program_are_an_error_under_strict():
    """All candidates are named; the program's statements have run, since only its end shows who won."""
    with tree(CONFLICT) as t:
        result = t.loadstone("run", "--strict", "main.py")

    assert result.returncode == 1
    assert result.stdout == "b\n"
    assert "NameConflict: 1 star import conflict in module '__main__'" in result.stderr
    assert "Traceback" not in result.stderr


def test_conflicting_stars_of_a_module_are_an_error_under_strict():
    """The error is raised where the module is imported, with the program's frames only."""
    with tree({**CONFLICT, "top.py": "import main\n"}) as t:
        result = t.loadstone("run", "--strict", "top.py")

    assert "in module 'main'" in result.stderr
    assert result.stderr.count('File "') == 1


def test_the_installed_command_ends_as_the_module_does():
    """An error that no traceback holds on to still ends the installed command with status 1, not by a crash."""
    launcher = (
        "import sys\nfrom loadstone.cli.main import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    )
    files = {"loadstone-command.py": launcher, "a.py": "f = 'a'", "b.py": "f = 'b'"}
    with tree({**files, "main.py": "from a import *\nfrom b import *\n"}) as t:
        result = t.python("loadstone-command.py", "run", "--strict", "main.py", env={"PYTHONMALLOC": "debug"})

        assert result.returncode == 1
        assert "1 star import conflict in module '__main__'" in result.stderr


def test_without_strict_the_last_star_wins():
    """As in Python."""
    with tree(CONFLICT) as t:
        result = t.loadstone("run", "main.py")

    assert (result.returncode, result.stdout, result.stderr) == (0, "b\n", "")


def test_the_standard_library_may_do_as_it_likes_under_strict(same):
    """`bisect` overwrites its own functions by a star; nobody could settle that."""
    with tree(
        {"main.py": "import bisect, email.message, unittest.mock\nprint(bisect.bisect([1], 1))\n"}
    ) as t:
        strict = t.loadstone("run", "--strict", "main.py")

    assert (strict.stdout, strict.stderr) == ("1\n", "")


def test_trace_holds_every_import():
    """The trace is one JSON object; its events tell importer, statement, module, outcome and time."""
    with tree(
        {
            "main.py": "import a\ntry:\n    import missing\nexcept ImportError:\n    pass\nimport a\n",
            "a.py": "",
        }
    ) as t:
        t.loadstone("run", "--trace", "trace.json", "main.py", "x")
        document = json.loads((t / "trace.json").read_text(encoding="utf-8"))

    own = [event for event in document["events"] if event["importer"] == "__main__"]
    assert [(one["module"], one["how"], one["statement"]["line"]) for one in own] == [
        ("a", "path", 1),
        ("missing", "path", 3),
        ("a", "cache", 6),
    ]
    assert own[0]["outcome"] == "imported"
    assert own[1]["outcome"].startswith("ModuleNotFoundError")
    assert document["command"][-2:] == ["main.py", "x"]


def test_trace_is_written_after_an_error_too():
    """An uncaught error, SystemExit and a change of folder do not keep the trace from being written."""
    with tree(
        {"main.py": "import os, a\nos.chdir('inner')\nraise SystemExit(3)\n", "a.py": "", "inner/": ""}
    ) as t:
        result = t.loadstone("run", "--trace=trace.json", "main.py")
        document = json.loads((t / "trace.json").read_text(encoding="utf-8"))

    assert result.returncode == 3
    assert any(event["module"] == "a" for event in document["events"])


def test_trace_that_cannot_be_written():
    """A trace file in a folder that is not there is refused before the program runs."""
    with tree({"main.py": "print('ran')\n"}) as t:
        result = t.loadstone("run", "--trace", "no/folder/trace.json", "main.py")

    assert (result.returncode, result.stdout) == (2, "")
    assert (
        result.stderr
        == "loadstone run: --trace cannot write no/folder/trace.json: No such file or directory\n"
    )


def test_times_is_a_tree():
    """Modules stand below what imported them; a total holds what the module imports, its own time does not."""
    slow = "import time\ntime.sleep(0.05)\n"
    with tree({"main.py": "import outer\n", "outer.py": "import inner\n" + slow, "inner.py": slow}) as t:
        result = t.loadstone("run", "--times", "main.py")

    head, columns, outer, inner, *_ = result.stderr.splitlines()
    assert head.startswith("loadstone: ")
    assert columns.split() == ["total", "ms", "own", "ms", "module", "imported", "by"]
    assert outer.split()[2:] == ["outer", "__main__,", "line", "1"]
    assert inner.split()[2:] == ["inner", "outer,", "line", "1"]
    assert float(outer.split()[0]) > float(inner.split()[0]) > 0


def test_nothing_is_explained_on_demand(same):
    """--no-explain leaves Python's own words alone."""
    with tree({"main.py": "import reqeusts_misspelt\n"}) as t:
        plain = t.python("main.py")
        ours = t.loadstone("run", "--no-explain", "main.py")

    assert ours.stderr == plain.stderr


def test_options_of_ours_and_of_python_mix():
    """Options of ours survive the new start that the interpreter's flags need."""
    with tree(CONFLICT) as t:
        result = t.loadstone("run", "-O", "--strict", "-B", "main.py")

    assert "NameConflict" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--trac", "x"], "unknown option --trac: did you mean --trace?"),
        (["--no-explian", "main.py"], "unknown option --no-explian: did you mean --no-explain?"),
        (["--port", "80"], "unknown option --port: what is meant for the program goes after it"),
        (["-Z", "main.py"], "unknown option -Z"),
        (["-BZ", "main.py"], "unknown option -BZ"),
        (["-c"], "-c needs a value: -c 'print(1)'"),
        (["-m"], "-m needs a value: -m json.tool"),
        (["-W"], "-W needs a value: -W error"),
        (["-X"], "-X needs a value: -X dev"),
        (["--trace"], "--trace needs a value: --trace imports.json"),
        (["--strict=yes", "main.py"], "--strict takes no value: write --strict"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_of_use(args, said):
    """A command line that cannot be understood gets one line with what to type instead, and exit code 2."""
    with tree({}) as t:
        result = t.loadstone("run", *args)

    assert result.returncode == 2
    assert result.stderr.startswith(f"loadstone run: {said}")
    assert result.stderr.count("\n") == 1


def test_help():
    """--help shows the options and examples; it belongs to the program when it comes after it."""
    with tree({"main.py": "import sys\nprint(sys.argv[1:])\n"}) as t:
        ours = t.loadstone("run", "--help")
        program = t.loadstone("run", "main.py", "--help")

    assert "examples:" in ours.stdout
    assert program.stdout == "['--help']\n"
