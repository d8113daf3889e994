"""A directory of plugins: each with its own requirements, loaded and unloaded one by one."""

import sys
import weakref

import pytest

import loadstone
from loadstone.errors import BadOptions, FileMissing, NoSuchPlugin, SpaceNotReady
from loadstone.testing import tree


def requiring(text):
    """Return a pyproject.toml that requires something."""
    return f'[project]\nname = "plugin"\nrequires-python = ">=3.11"\ndependencies = [{text!r}]\n'


def test_each_plugin_has_its_own_modules():
    """A plugin is a folder with plugin.py or __init__.py; helpers of one name are two modules."""
    files = {
        "one/plugin.py": "import helper\nWHO = helper.WHO",
        "one/helper.py": "WHO = 1",
        "two/__init__.py": "from .helper import WHO",
        "two/helper.py": "WHO = 2",
        "not_one/readme.txt": "",
        ".hidden/plugin.py": "raise SystemExit",
    }
    with tree(files) as t:
        host = loadstone.plugins(t.path)

        assert [plugin.module.WHO for plugin in host.load()] == [1, 2]
        assert [*host] == ["one", "two"]
        assert "helper" not in sys.modules


def test_a_plugin_that_is_not_there():
    """The error says which plugins there are, and is the KeyError that a mapping raises."""
    with tree({"blue/plugin.py": "", "green/plugin.py": ""}) as t:
        host = loadstone.plugins(t.path)
        with pytest.raises(NoSuchPlugin) as caught:
            host["bleu"]
        asked = t.loadstone("space", "list", "--plugins", ".", "bleu")

    assert isinstance(caught.value, KeyError)
    assert str(caught.value) == (
        f"there is no plugin 'bleu': {host.directory} has blue, green; did you mean blue?"
    )
    assert (asked.returncode, asked.stderr) == (2, f"loadstone space: {caught.value}\n")
    assert "bleu" not in host
    assert host.get("bleu") is None


def test_two_plugins_need_two_versions(project):
    """What each plugin requires stands in its own pyproject.toml, and is installed for it alone."""
    p = project(
        {
            "plugins/old/plugin.py": "import pk\nVERSION = pk.VERSION",
            "plugins/old/pyproject.toml": requiring("pk<2"),
            "plugins/new/plugin.py": "import pk\nVERSION = pk.VERSION",
            "plugins/new/pyproject.toml": requiring("pk>=2"),
        }
    )
    host = loadstone.plugins(p / "plugins")
    host.sync()

    assert {plugin.name: plugin.module.VERSION for plugin in host.load()} == {"new": "2.0", "old": "1.1"}
    assert (p / "plugins/old/pylock.toml").exists()


def test_a_plugin_that_is_not_installed_says_what_to_type(project):
    """The command in the error is the one that installs it, and the command works."""
    files = {"plugins/old/plugin.py": "import pk", "plugins/old/pyproject.toml": requiring("pk<2")}
    p = project(files, pyproject="")
    host = loadstone.plugins(p / "plugins")
    with pytest.raises(SpaceNotReady) as caught:
        host["old"].load()
    command = str(caught.value).partition("install it: loadstone ")[2].split()
    done = p.loadstone(*command)

    assert done.stdout.startswith("old: pk 1.1 (")
    assert host["old"].load()


def test_a_plugin_that_fails_harms_nobody():
    """The others load; the error is kept, with the plugin's line; what it exits with is kept as well."""
    files = {
        "broken/plugin.py": "import json\nimport no_such_module",
        "fine/plugin.py": "",
        "quits/plugin.py": "raise SystemExit(3)",
        "wrong/plugin.py": "",
        "wrong/pyproject.toml": "[project]\ndependencies = 1\n[tool.loadstone.plugin]\nmodul = 'x'\n",
    }
    with tree(files) as t:
        host = loadstone.plugins(t.path)

        assert [plugin.name for plugin in host.load()] == ["fine"]
        assert {plugin.name: plugin.state for plugin in host.failed} == dict.fromkeys(
            ("broken", "quits", "wrong"), "failed"
        )
        line = f"({t / 'broken/plugin.py'}:2)"
        assert (
            host["broken"].problem == f"broken: ModuleNotFoundError: No module named 'no_such_module' {line}"
        )
        assert isinstance(host["wrong"].error, BadOptions)
        assert len(host["wrong"].error.problems) == 2


def test_reload_takes_the_files_as_they_are_now():
    """Other modules of the plugin are read anew too; a failing reload leaves what was loaded."""
    with tree({"a/plugin.py": "from helper import X", "a/helper.py": "X = 1"}) as t:
        plugin = loadstone.plugins(t.path)["a"]
        first = plugin.load()
        t.write("a/helper.py", "X = 22")
        second = plugin.reload()
        t.write("a/helper.py", "X = = 333")
        with pytest.raises(SyntaxError):
            plugin.reload()

        assert (first.X, second.X) == (1, 22)
        assert plugin.module is second
        assert plugin.state == "loaded"
        assert "SyntaxError" in plugin.problem


def test_an_unloaded_plugin_is_collected():
    """Nothing holds its module any more."""
    with tree({"a/plugin.py": "import json\ndef f(): pass"}) as t:
        plugin = loadstone.plugins(t.path)["a"]
        gone = weakref.ref(plugin.load().f)

        assert plugin.unload() == ()
        assert gone() is None
        assert plugin.state == "not loaded"


def test_plugins_share_what_the_host_gives_them(monkeypatch):
    """With share the plugins' classes derive from the host's own."""
    with tree(
        {
            "host/app_api.py": "class Base: pass",
            "p/a/plugin.py": "import app_api\nclass It(app_api.Base): pass",
        }
    ) as t:
        monkeypatch.syspath_prepend(str(t / "host"))
        plugin = loadstone.plugins(t / "p", share=["app_api"])["a"]
        derived = plugin.load().It
        import app_api

        assert issubclass(derived, app_api.Base)
        del sys.modules["app_api"]


def test_refresh_sees_new_plugins_and_unloads_those_that_are_gone():
    """Those that stay are left as they are."""
    with tree({"a/plugin.py": "", "b/plugin.py": ""}) as t:
        host = loadstone.plugins(t.path)
        host.load()
        kept, gone = host["a"].module, host["b"]
        (t / "b/plugin.py").unlink()
        t.write("c/plugin.py")
        host.refresh()

        assert [*host] == ["a", "c"]
        assert (host["a"].module, gone.module, host["c"].state) == (kept, None, "not loaded")


def test_a_declared_space_of_that_name_is_the_plugins(project):
    """The program's own pyproject.toml may say what a plugin requires and is denied."""
    p = project(
        {
            "plugins/old/plugin.py": "import pk\nimport socket",
            "app.py": """
            import loadstone
            host = loadstone.plugins("plugins")
            host.load()
            print(host["old"].error)
            """,
        },
        pyproject='[tool.loadstone.spaces.old]\ndependencies = ["pk<2"]\ndeny = ["socket"]\n',
    )

    assert p.loadstone("run", "app.py").stdout == "space 'old' may not import 'socket': deny names 'socket'\n"


def test_a_directory_that_is_not_there_is_an_error():
    """A misspelt directory is no empty one."""
    with pytest.raises(FileMissing):
        loadstone.plugins("/no/such/directory")
