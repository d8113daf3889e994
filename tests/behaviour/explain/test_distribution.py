"""Names of modules that are not the names of their distributions, both ways round."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from loadstone.testing import tree

SOUP = {
    "site-packages/bs4/__init__.py": "",
    "site-packages/beautifulsoup4-4.12.dist-info/METADATA": "Name: beautifulsoup4\nVersion: 4.12\n",
    "site-packages/beautifulsoup4-4.12.dist-info/RECORD": "bs4/__init__.py,sha256=x,0\n",
}


def test_module_of_a_distribution_with_another_name(explained):
    """The distribution that brings a module, and the command that installs it."""
    with tree({"main.py": "import nmap"}) as t:
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'nmap'"
        assert done.text == (
            "loadstone: 'nmap' is not installed; it comes with the distribution python-nmap\n"
            "  main.py:1  import nmap\n"
            "  repair: install it:\n"
            "      python -m pip install python-nmap"
        )


@pytest.mark.skipif(find_spec("pkg_resources") is not None, reason="this environment has pkg_resources")
def test_module_that_later_versions_leave_out(explained):
    """The newest setuptools has no pkg_resources: the version that has it is what to install."""
    metadata = {"site-packages/setuptools-84.2.dist-info/METADATA": "Name: setuptools\nVersion: 84.2\n"}
    with tree({**metadata, "main.py": "import pkg_resources"}) as t:
        done = explained(t, "main.py", path=["site-packages"])

        assert "python -m pip install 'setuptools<82'" in done.text
        if done.kind == "distribution-name":  # no interpreter near here has an older one
            assert "and later versions do not have it; setuptools 84.2 is installed" in done.text


def test_dotted_module(explained):
    """A submodule of a shared package decides which distribution it is."""
    with tree({"main.py": "from google.protobuf import message"}) as t:
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'google'"
        assert "'google.protobuf' is not installed; it comes with the distribution protobuf" in done.text


def test_submodule_of_a_module_in_the_table(explained):
    """A submodule comes with the distribution of its package."""
    with tree({"main.py": "from skfuzzy.control import Rule"}) as t:
        assert explained(t, "main.py").value["repair"]["run"] == "python -m pip install scikit-fuzzy"


def test_name_of_an_installed_distribution(explained, repaired):
    """An import by the distribution's name: its metadata tells what is imported."""
    with tree({**SOUP, "main.py": "import beautifulsoup4\nprint('fine')"}) as t:
        done = explained(t, "main.py", path=["site-packages"])
        repaired(done)

        assert done.text.startswith(
            "loadstone: 'beautifulsoup4' is the name of a distribution (beautifulsoup4 4.12, installed); "
            "what is imported from it is bs4\n"
        )
        assert t.python("main.py", env={"PYTHONPATH": str(t / "site-packages")}).stdout == "fine\n"


def test_name_of_a_distribution_that_is_not_installed(explained):
    """The same for one that is not installed: what to install, and what to import then."""
    with tree({"main.py": "import scikit_learn"}) as t:
        done = explained(t, "main.py")

        assert (
            "'scikit_learn' is the name of a distribution (scikit-learn); its module is 'sklearn'"
            in done.text
        )
        assert done.value["repair"]["say"] == "install it, and write `import sklearn`"


def test_distribution_whose_files_are_gone(explained):
    """A distribution that is recorded, and whose module is not there, is installed again."""
    with tree({**SOUP, "main.py": "import bs4"}) as t:
        (t / "site-packages/bs4/__init__.py").unlink()
        (t / "site-packages/bs4").rmdir()
        done = explained(t, "main.py", path=["site-packages"])

        assert "beautifulsoup4 4.12 is recorded as installed, but its module 'bs4' is not there" in done.text
        assert (
            done.value["repair"]["run"] == "python -m pip install --force-reinstall --no-deps beautifulsoup4"
        )


def test_submodule_that_an_installed_version_has_not(explained):
    """A module that is installed, without that submodule, needs no other distribution."""
    with tree({**SOUP, "main.py": "import bs4.wholly_absent"}) as t:
        done = explained(t, "main.py", path=["site-packages"])

        assert (done.last, done.kind) == ("ModuleNotFoundError: No module named 'bs4.wholly_absent'", None)


def test_own_module_of_that_name(explained):
    """A module of one's own by the name of a known one, near and off the path, comes first."""
    with tree({"nmap.py": "", "tests/run.py": "import nmap"}) as t:
        assert explained(t, "tests/run.py").kind == "off-the-path"
