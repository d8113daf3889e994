"""``loadstone space sync`` and ``list``: what they install, and that nothing is lost when they fail."""

import json
import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from loadstone.declared.installation import read_installed

CONFLICT = """
    [tool.loadstone.spaces.bad]
    dependencies = ["needy", "pk>=2"]
    """


def installed(project, name):
    """Return the versions that are installed in a space."""
    return read_installed(str(project / ".loadstone/spaces" / name)).packages


def test_sync_installs_what_is_declared_and_locks_it(project):
    """Each space gets its own version, a lock with hashes, and a folder that version control leaves alone."""
    p = project()
    done = p.space_command("sync")

    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(" (")[0] for line in done.stdout.splitlines()] == ["old: pk 1.1", "new: pk 2.0"]
    assert 'lock-version = "1.0"' in (p / "pylock.old.toml").read_text()
    assert "sha256" in (p / "pylock.old.toml").read_text()
    assert (p / ".loadstone/.gitignore").read_text() == "*\n"


def test_files_are_copies(project):
    """No file is a link into uv's cache: one extension in two spaces would be one extension."""
    p = project()
    p.sync("old")

    assert os.stat(p / ".loadstone/spaces/old/site-packages/pk/__init__.py").st_nlink == 1


def test_sync_again_does_nothing(project):
    """An installation that is as declared is left alone, and uv is not needed."""
    p = project()
    p.sync()
    before = os.stat(p / ".loadstone/spaces/old").st_mtime_ns
    done = p.loadstone("space", "sync", env={"PATH": "/nowhere", "UV_NO_INDEX": "1"})

    assert done.stdout == "old: up to date\nnew: up to date\n"
    assert os.stat(p / ".loadstone/spaces/old").st_mtime_ns == before


def test_a_lock_is_kept_to(project):
    """What is locked is installed, though the requirement would allow a newer version; --upgrade takes that."""
    p = project()
    p.write("pyproject.toml", '[tool.loadstone.spaces.old]\ndependencies = ["pk==1.0"]\n')
    p.sync()
    p.write("pyproject.toml", '[tool.loadstone.spaces.old]\ndependencies = ["pk<2"]\n')
    p.sync()
    kept = installed(p, "old")
    p.sync("old", upgrade=True)

    assert (kept, installed(p, "old")) == ({"pk": "1.0"}, {"pk": "1.1"})


def test_locked_refuses_to_change_a_lock(project):
    """With --locked requirements that the lock does not answer are an error."""
    done = project().space_command("sync", "--locked", "old")

    assert done.returncode == 1
    assert "space 'old' could not be installed as it is locked" in done.stderr
    assert "there is no lock yet" in done.stderr


def test_an_installation_that_is_half_removed_is_made_whole(project):
    """`list` says what is missing, and sync installs it again from the lock."""
    p = project()
    p.sync("old")
    (p / ".loadstone/spaces/old/site-packages/pk/helper.py").unlink()
    listed = p.space_command("list", "old")
    p.sync("old")

    assert listed.returncode == 1
    assert "damaged" in listed.stdout
    assert "1 of its " in listed.stdout
    assert (p / ".loadstone/spaces/old/site-packages/pk/helper.py").exists()


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            lambda text: text.replace('version = "1.1"', 'version = "1.0"'),
            "it was edited after sync wrote it",
        ),
        (lambda text: text + "<<<<<<< HEAD\n", "it is no TOML"),
        (lambda text: text.partition("\n[tool.loadstone]")[0], "it was edited after sync wrote it"),
    ],
    ids=["another version", "a merge conflict", "our table removed"],
)
def test_a_lock_that_was_edited_is_not_installed(project, edit, said):
    """The error says how to go on; what is installed stays, and --upgrade writes the lock anew."""
    p = project()
    p.sync("old")
    lock = p / "pylock.old.toml"
    lock.write_text(edit(lock.read_text()))
    done = p.space_command("sync", "old")

    assert done.returncode == 2
    assert said in done.stderr
    assert "loadstone space sync old --upgrade" in done.stderr
    assert (p / ".loadstone/spaces/old/site-packages/pk").is_dir()
    assert p.sync("old", upgrade=True)[0].act == "resolve"


def test_a_lock_with_other_line_ends_is_the_same_lock(project):
    """A checkout on Windows changes nothing."""
    p = project()
    p.sync("old")
    lock = p / "pylock.old.toml"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))

    assert p.sync("old")[0].reason == "up to date"


@pytest.mark.parametrize(
    ("dependencies", "said"),
    [
        (
            '["needy", "pk>=2"]',
            "And because you require pk>=2, we can conclude that your requirements are unsatisfiable.",
        ),
        ('["no-such-package"]', "no-such-package was not found"),
        ('["pk<<2"]', "no such comparison operator"),
        ('["pk", "no name"]', "requirement in space old (PYPROJECT:1) cause: Expected one of"),
        ('["pk==9"]', "there is no version of pk==9"),
    ],
    ids=["conflicting", "unknown", "misspelt", "no requirement", "no version"],
)
def test_what_cannot_be_resolved_is_said_in_uvs_words(project, dependencies, said):
    """The error names the space and repeats uv; the installation and the lock are as before."""
    p = project()
    p.sync("old")
    lock = (p / "pylock.old.toml").read_text()
    p.write("pyproject.toml", f"[tool.loadstone.spaces.old]\ndependencies = {dependencies}\n")
    done = p.space_command("sync")

    assert done.returncode == 1
    assert done.stderr.startswith(
        "loadstone space: space 'old' could not be resolved; what was there before is as it was\n"
    )
    assert said.replace("PYPROJECT", str(p / "pyproject.toml")) in " ".join(done.stderr.split())
    assert "requirements.in" not in done.stderr  # uv's own, which nobody has written
    assert (p / "pylock.old.toml").read_text() == lock
    assert (p / ".loadstone/spaces/old/site-packages/pk").is_dir()
    assert sorted(os.listdir(p / ".loadstone/spaces")) == ["old", "old.lock"]


def test_a_lock_for_later_pythons_says_how_to_widen_it(project):
    """A lock is for the Pythons of requires-python; another one hears where that stands, and what to type."""
    later = f">=3.{sys.version_info[1] + 1}"
    table = '[tool.loadstone.spaces.old]\ndependencies = ["pk<2"]\n'
    p = project(pyproject=f'[project]\nname = "app"\nrequires-python = "{later}"\n\n{table}')
    done = p.space_command("sync", "old")

    assert f"incompatible with the `pylock.toml`'s Python requirement: `{later}`" in " ".join(
        done.stderr.split()
    )
    assert done.stderr.splitlines()[-1] == (
        f'  in {p / "pyproject.toml"} say requires-python = ">=3.{sys.version_info[1]}" under [project], '
        "and write the lock anew: loadstone space sync old --upgrade"
    )


def test_without_uv_both_ways_to_get_it_are_named(project):
    """The error says how to install uv."""
    p = project()
    code = (
        "import shutil; shutil.which = lambda *a, **k: None\n"
        "from loadstone.declared.sync.uv import find_uv\n"
        "find_uv()"
    )
    done = p.python("-c", code)

    assert (
        "NoUv: uv installs what spaces require, and there is none: pip install 'loadstone[space]'"
        in done.stderr
    )
    assert "PATH" in done.stderr


@pytest.fixture
def slow_uv(tmp_path):
    """Return a folder with a uv that waits for ever once it has begun to install."""
    script = tmp_path / "uv"
    script.write_text(
        f"#!{sys.executable}\n"
        "import os, sys, time\n"
        "from loadstone.declared.sync.uv import find_uv\n"
        "if 'sync' in sys.argv:\n"
        "    at = sys.argv[sys.argv.index('--target') + 1]\n"
        "    os.makedirs(at); open(at + '/half', 'w').close(); time.sleep(60)\n"
        "os.environ['PATH'] = os.environ['REAL_PATH']\n"
        "os.execv(find_uv(), sys.argv)\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_sync_leaves_the_old_installation(project, slow_uv, wheels, how):
    """Ctrl-C and a kill leave what was there, and the next sync goes on from there."""
    p = project()
    p.sync("old")
    p.write("pyproject.toml", '[tool.loadstone.spaces.old]\ndependencies = ["pk==1.0"]\n')
    code = (
        "from loadstone.declared.sync import uv\n"
        f"uv.find_uv = lambda: {str(slow_uv)!r}\n"
        "import sys; sys.argv = ['loadstone', 'space', 'sync', 'old']\n"
        "from loadstone.cli.main import main\n"
        "sys.exit(main())"
    )
    environment = {**os.environ, **wheels, "REAL_PATH": wheels["PATH"]}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=p.path,
        env=environment,
        start_new_session=True,
        stderr=subprocess.PIPE,
    ) as process:
        half = p / ".loadstone/spaces/.old.new/site-packages/half"
        deadline = time.monotonic() + 30
        while not half.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert half.exists()
        os.killpg(process.pid, how)
        process.wait()

    assert (p / ".loadstone/spaces/old/site-packages/pk").is_dir()
    p.sync("old")
    assert installed(p, "old") == {"pk": "1.0"}
    assert sorted(os.listdir(p / ".loadstone/spaces")) == ["old", "old.lock"]


def test_what_was_left_between_two_renamings_comes_back(project):
    """A process that ended with the old folder moved away and the new one not yet there loses nothing."""
    p = project()
    p.sync("old")
    spaces = p / ".loadstone/spaces"
    (spaces / "old").rename(spaces / ".old.old")

    assert p.sync("old")[0].reason == "up to date"
    assert (spaces / "old/site-packages/pk").is_dir()


def test_two_processes_may_sync_at_once(project, wheels):
    """One waits for the other, and then finds the work done."""
    p = project()
    command = [sys.executable, "-m", "loadstone", "space", "sync", "old"]
    both = [
        subprocess.Popen(command, cwd=p.path, env={**os.environ, **wheels}, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=60)[0].split(" (")[0].strip() for process in both)

    assert said == ["old: pk 1.1", "old: up to date"]


def test_a_full_disk_is_said_and_loses_nothing(project):
    """An error of the system while installing leaves the old installation."""
    p = project()
    p.sync("old")
    p.write("pyproject.toml", '[tool.loadstone.spaces.old]\ndependencies = ["pk==1.0"]\n')
    code = (
        "import errno, sys\n"
        "from loadstone.declared.sync import installing\n"
        "def full(path, text):\n"
        "    raise OSError(errno.ENOSPC, 'No space left on device', path)\n"
        "installing._write = full\n"
        "sys.argv = ['loadstone', 'space', 'sync', 'old']\n"
        "from loadstone.cli.main import main\n"
        "sys.exit(main())"
    )
    done = p.python("-c", code)

    assert (done.returncode, "No space left on device" in done.stderr) == (1, True)
    assert (p / ".loadstone/spaces/old/site-packages/pk").is_dir()


def test_list_tells_what_is_required_and_installed(project):
    """The text has requirements, versions, size and state; what is not installed makes the exit code 1."""
    p = project()
    p.sync("old")
    done = p.space_command("list")

    assert done.returncode == 1
    assert done.stdout == (
        "old  ready, 1 kB\n"
        "  declared   pyproject.toml:5\n"
        "  requires   pk<2\n"
        "  installed  pk 1.1\n"
        "new  not installed\n"
        "  declared   pyproject.toml:8\n"
        "  requires   pk>=2\n"
        "  imports    from old\n"
    ).replace("1 kB", done.stdout.split("\n")[0].rpartition(", ")[2])


def test_one_space_that_fails_keeps_none_from_being_installed(project):
    """Every failure is told with its space, what can be installed is, and the exit code is 1."""
    tables = [("one", "pk==9"), ("two", "no-such-package"), ("three", "pk<2")]
    lines = [f'[tool.loadstone.spaces.{name}]\ndependencies = ["{what}"]\n' for name, what in tables]
    done = project(pyproject="".join(lines)).space_command("sync")

    assert done.returncode == 1
    assert "loadstone space: space 'one' could not be resolved" in done.stderr
    assert "loadstone space: space 'two' could not be resolved" in done.stderr
    assert done.stdout.startswith("three: pk 1.1 (")


def test_where_nothing_is_declared_a_list_for_programs_is_empty(project):
    """The remark is for people, on standard error."""
    done = project(pyproject="").space_command("list", "--format", "json")

    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert done.stderr == (
        "nothing is declared in pyproject.toml, here or above; loadstone space --help shows how\n"
    )


def test_without_an_act_both_are_named(project):
    """`loadstone space` alone is a question, not a list of arguments."""
    done = project().space_command()

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "loadstone space: list or sync? loadstone space --help has examples\n"


def test_list_as_json_has_everything(project):
    """Programs read versions, sizes, states and places."""
    p = project()
    p.sync("old")
    (one,) = json.loads(p.space_command("list", "old", "--format", "json").stdout)

    assert (one["name"], one["state"], one["line"]) == ("old", "ready", 5)
    assert (one["requirements"], one["installed"]) == (["pk<2"], {"pk": "1.1"})
    assert one["folder"] == str(p / ".loadstone/spaces/old")
    assert one["size"] > 0


def test_dry_run_changes_nothing(project):
    """The plan is printed, and no file is written."""
    p = project()
    done = p.space_command("sync", "--dry-run")

    assert done.stdout == "old: resolve (there is no lock yet)\nnew: resolve (there is no lock yet)\n"
    assert os.listdir(p.path) == ["pyproject.toml"]
