"""The pytest plugin: explanations below failed tests and collections; two test files of one name."""

from __future__ import annotations

from importlib.metadata import entry_points

from loadstone.testing import tree

PLUGIN = ("-p", "loadstone.pytest_plugin")
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.")


ALONE = {"PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "150"}


def run(t, *args):
    """Return what pytest prints in the tree."""
    return t.python(*PYTEST, *PLUGIN, *args, env=ALONE).stdout


def test_failures_of_tests_and_fixtures():
    """What fails in a test, or in its fixture, is explained below it; other failures are not."""
    program = """
        import pytest

        def test_name():
            import jsn

        @pytest.fixture
        def broken():
            from json import lods

        def test_fixture(broken):
            pass

        @pytest.mark.xfail
        def test_expected():
            import jsn

        def test_other():
            assert 1 == 2
    """
    with tree({"test_a.py": program}) as t:
        printed = run(t)

        assert "there is no module 'jsn'; there is 'json', which is nearly the same\n  test_a.py:4" in printed
        assert "json has no 'lods'; it has 'loads', which is nearly the same" in printed
        assert printed.count("- loadstone -") == 2
        assert "2 failed, 1 xfailed, 1 error" in printed


def test_failed_collection():
    """A test file that cannot be imported is explained, also where a worker of pytest-xdist collects it."""
    with tree({"test_a.py": "import jsn"}) as t:
        assert "  repair: write `import json`" in run(t, "-p", "xdist", "-n1")


def test_who_did_not_ask():
    """The plugin is no entry point: where nobody asks for it, pytest does not even import it."""
    names = [entry.value for entry in entry_points(group="pytest11")]

    assert not [name for name in names if name.startswith("loadstone")]


def test_failed_conftest():
    """A conftest.py that cannot be imported ends the run before there is a report."""
    with tree({"conftest.py": "import jsn", "test_a.py": ""}) as t:
        done = t.python(*PYTEST, *PLUGIN, ".", env=ALONE)

        assert "ImportError while loading conftest" in done.stdout + done.stderr
        assert "loadstone: there is no module 'jsn'" in done.stdout + done.stderr


def test_two_files_of_one_name():
    """An "import file mismatch": which two files, and three ways out of it, the first of which is tried."""
    with tree({"one/test_a.py": "def test(): pass", "two/test_a.py": "def test(): pass"}) as t:
        printed = run(t)
        for folder in ("one", "two"):
            t.write(f"{folder}/__init__.py")

        assert "import file mismatch:" in printed
        assert (
            "two test files are the module 'test_a' to Python, and there can be one of a name\n"
            "  one/test_a.py  was imported first\n"
            "  two/test_a.py  is another file\n"
            "  repair: add one/__init__.py and two/__init__.py, which may be empty: "
            "then they are one.test_a and two.test_a\n"
            "  or: rename two/test_a.py, for instance to test_a_two.py\n"
            "  or: import test files by their path: --import-mode=importlib in pytest's addopts"
        ) in printed
        assert "2 passed" in run(t)


def test_other_files_of_one_name():
    """Files of one name that pytest can tell apart, and a mismatch that only has the name, are not explained."""
    files = {"one/test_a.py": "def test(): pass", "two/test_a.py": "def test(): pass", "two/__init__.py": ""}
    error = "class ImportPathMismatchError(ImportError): pass\n"
    raises = error + "def test():\n    raise ImportPathMismatchError('a', 'b', 'c')"
    with tree({**files, "test_b.py": raises}) as t:
        printed = run(t)

        assert "1 failed, 2 passed" in printed
        assert "loadstone -" not in printed
