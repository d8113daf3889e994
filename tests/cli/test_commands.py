"""The command line as a whole: help, errors of use, completion, the demo, colours, readers that go away."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import loadstone
from loadstone.testing import tree

COMMANDS = ("run", "show", "why", "check", "fix", "verify", "graph", "space", "demo", "completion")


def run(*args, **options):
    with tree({"main.py": "x = 1\n", "json.py": ""}) as t:
        return t.loadstone(*args, **options)


def test_help_lists_the_commands_with_examples():
    """`loadstone --help` has every command and examples; without a command that is printed too, with exit code 2."""
    result = run("--help")
    bare = run()

    assert all(f"\n  {name} " in result.stdout for name in COMMANDS)
    assert "\nexamples:\n" in result.stdout
    assert (result.returncode, bare.returncode, bare.stdout) == (0, 2, result.stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name):
    """Each command's --help begins with its usage and ends with examples."""
    result = run(name, "--help")

    assert result.returncode == 0
    assert result.stdout.startswith(f"usage: loadstone {name} ")
    assert "\nexamples:\n  " in result.stdout
    assert f"loadstone {name}" in result.stdout.rpartition("examples:")[2]


def test_version():
    """--version names Loadstone's version and Python's."""
    assert run("--version").stdout == f"loadstone {loadstone.__version__} (Python {sys.version.split()[0]})\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["shwo", "main.py"], "there is no command shwo: did you mean loadstone show main.py?"),
        (["main.py"], "there is no command main.py: to run it, loadstone run main.py; to look into it,"),
        (["frobnicate"], "there is no command frobnicate; there are: run, show, why"),
        (["show"], "what is missing: FILE | MODULE; loadstone show --help has examples"),
        (["show", "main.py", "--fromat", "json"], "unknown option --fromat: did you mean --format?"),
        (
            ["show", "main.py", "--format", "xml"],
            "--format takes text or json, not 'xml'; loadstone show --help",
        ),
        (["why", "json", "--nonsense-entirely"], "unknown option --nonsense-entirely"),
        (["show", "main.py", "other.py"], "other.py is one word too many"),
        (["completion", "tcsh"], "it takes bash, zsh or fish, not 'tcsh'"),
        (["demo", "a", "b"], "b is one word too many"),
        (["graph", "--most", "few"], "--most takes a whole number, not 'few'"),
        (["graph", "--from"], "--from needs a value"),
        (["--verison"], "unknown option --verison: did you mean --version?"),
        (["--all", "main.py"], "unknown option --all; the command comes first"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_of_use(args, said):
    """An error of use is one line that says what to type instead, and exit code 2."""
    result = run(*args)

    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_python_m_is_the_same():
    """`python -m loadstone` and the file of that name are the `loadstone` command."""
    with tree({"main.py": "x = 1\n"}) as t:
        by_path = t.python(os.path.join(loadstone.__path__[0], "__main__.py"), "show", "main.py")
        by_name = t.loadstone("show", "main.py")
        isolated = t.python("-I", "-S", os.path.join(loadstone.__path__[0], "__main__.py"), "show", "main.py")

    assert by_path.stdout == by_name.stdout == isolated.stdout
    assert by_name.returncode == 0


def test_no_colour_without_a_terminal():
    """Output that goes to a file or pipe has no colours."""
    assert "\x1b" not in run("show", "main.py", env={"NO_COLOR": "", "TERM": "xterm"}).stdout


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals")
@pytest.mark.parametrize(
    ("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal(env, coloured):
    """On a terminal there are colours, unless NO_COLOR is set or the terminal is dumb; lines fit its width."""
    with tree(
        {"main.py": "from os import path as a_name_that_is_rather_long, sep as another_name_of_that_kind\n"}
    ) as t:
        output = on_terminal(t, "show", "main.py", env=env)

    assert ("\x1b[1m" in output) is coloured
    if not coloured:
        assert max(map(len, output.splitlines())) <= 80


def on_terminal(t, *args, env):
    import pty

    chunks = []
    main, other = pty.openpty()
    command = [sys.executable, "-m", "loadstone", *args]
    settings = {
        "TERM": "xterm",
        "COLUMNS": "80",
        **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", "COLUMNS")},
    }
    with subprocess.Popen(command, cwd=t.path, stdout=other, env={**settings, **env}):
        os.close(other)
        try:
            while chunk := os.read(main, 4096):
                chunks.append(chunk)
        except OSError:  # how Linux tells the end
            pass
    os.close(main)
    return b"".join(chunks).decode()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_goes_away():
    """`loadstone show json | head -1` ends quietly."""
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'loadstone', 'show', 'typing', '--all'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "child.stdout.close()\n"
        "print(child.stderr.read(), child.wait())\n"
    )
    with tree({}) as t:
        result = t.python("-c", code, env={"PYTHONUNBUFFERED": ""})

    assert result.stdout == "b'' 1\n"


def offline(t):
    """Return an environment in which uv has no network: what it would install is tested with the examples."""
    return {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(t / "cache")}


def test_demo():
    """The demo shows a conflict and a cycle on files of its own, and leaves nothing behind."""
    with tree({"tmp/": ""}) as t:
        result = t.loadstone("demo", env={"TMPDIR": str(t / "tmp"), "TEMP": str(t / "tmp"), **offline(t)})
        left = os.listdir(t / "tmp")

    assert (result.returncode, result.stderr, left) == (0, "", [])
    shown, _, ran = result.stdout.partition("$ loadstone run app.py\n")
    assert "$ loadstone show report.py\nreport: a module (report.py)\n" in shown
    assert "sales:join  line 5  from sales import *" in shown
    assert "conflict: join is bound twice by star imports." in shown
    assert ran.startswith("Traceback (most recent call last):\n")
    assert "\nloadstone: circular import: " in ran
    assert "repair:" in ran
    assert "\n$ loadstone space sync\nloadstone space: " in ran
    assert "\nThis step needs uv and, once, the network." in ran
    assert ran.endswith("\nnow yours: loadstone show yourfile.py\n")


def test_demo_in_a_folder():
    """In a folder of the user's the files stay; a folder with other files is left alone."""
    with tree({"mine/precious.py": ""}) as t:
        made = t.loadstone("demo", "first/minute", env=offline(t))
        again = t.loadstone("demo", "first/minute", env=offline(t))
        refused = t.loadstone("demo", "mine")

        assert sorted(name for name in os.listdir(t / "first/minute") if name[0] != ".") == [
            "app.py",
            "cart.py",
            "prices.py",
            "pyproject.toml",
            "report.py",
            "sales.py",
            "two.py",
        ]
        assert (made.returncode, again.returncode) == (0, 0)
        assert os.listdir(t / "mine") == ["precious.py"]
    assert refused.returncode == 2
    assert "has other files in it: name an empty folder, or one that is not there" in refused.stderr


def test_the_program_of_the_demo_is_repaired_as_it_says():
    """The first repair that the demo's explanation offers makes its program run."""
    with tree({}) as t:
        said = t.loadstone("demo", "it", env=offline(t)).stdout
        prices = (t / "it/prices.py").read_text(encoding="utf-8").removeprefix("from cart import discount\n")
        inside = "def price_of(thing):\n    from cart import discount\n"
        t.write("it/prices.py", prices.replace("def price_of(thing):\n", inside))
        result = t.loadstone("run", "it/app.py")

    assert "repair: in prices.py, move line 1 into price_of" in said
    assert (result.returncode, result.stdout, result.stderr) == (0, "4.6\n", "")


def test_nothing_of_ours_is_imported_for_a_program():
    """`loadstone run` imports eleven small modules of ours and none of the standard library that Python has not."""
    code = "import sys; print(*sorted(sys.modules))"
    with tree({"main.py": code}) as t:
        plain = set(t.python("main.py").stdout.split())
        command = os.path.join(loadstone.__path__[0], "__main__.py")
        ours = set(t.python(command, "run", "main.py").stdout.split())

    extra = ours - plain
    assert {name for name in extra if not name.startswith("loadstone")} <= {"__future__"}
    assert len([name for name in extra if name.startswith("loadstone")]) <= 11


def test_letters_that_the_terminal_does_not_know():
    """Names that the output's encoding lacks are escaped, not an error."""
    with tree({"main.py": "größe = 1\n"}) as t:
        result = t.loadstone("show", "main.py", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})

    assert result.returncode == 0
    assert "gr\\xf6\\xdfe" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed there")
def test_current_folder_that_was_removed():
    """Where the current folder is gone, that is said in one line."""
    code = (
        "import os, subprocess, sys, tempfile\n"
        "os.chdir(tempfile.mkdtemp()); os.rmdir(os.getcwd())\n"
        "sys.exit(subprocess.run([sys.executable, *sys.argv[1:]]).returncode)"
    )
    with tree({}) as t:
        result = t.python("-c", code, "-m", "loadstone", "show", "json")

    assert result.returncode == 1
    assert result.stderr.endswith("No such file or directory\n")
    assert "Traceback" not in result.stderr
