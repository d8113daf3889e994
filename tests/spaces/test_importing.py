"""``from loadstone.spaces.NAME import package``: every form of the statement, and what goes wrong."""

import os
import shutil
import sys
import sysconfig
from importlib.machinery import EXTENSION_SUFFIXES

import pytest

FORMS = """
    from loadstone.spaces.old import pk as first
    import loadstone.spaces.new.pk as second
    from loadstone.spaces.old.pk import VERSION as third, helper
    import loadstone.spaces.new.pk.helper
    from loadstone.spaces import old
    from loadstone.spaces.new.pk.typed import *

    assert first.VERSION == third == "1.1"
    assert second.VERSION == "2.0"
    assert helper.WHO == "pk 1.1"
    assert loadstone.spaces.new.pk.helper.WHO == "pk 2.0"
    assert old.pk is first
    assert Thing.__module__ == "pk.typed"
    """


def test_every_form_of_the_statement_works(project):
    """Modules, submodules, names, stars and aliases, of two versions in one program."""
    p = project({"app.py": FORMS + "\n    print(first.who(), second.who())"})
    p.sync()

    assert p.python("app.py").stdout == "pk 1.1 pk 2.0\n"


def test_what_is_bound_is_the_module_of_the_space(project):
    """A module is one object by every way, with its plain name; sys.modules has the long name alone."""
    p = project(
        {
            "app.py": """
            import sys
            from importlib import import_module
            from loadstone import Space
            import loadstone.spaces.old.pk.helper as a
            from loadstone.spaces.old.pk import helper as b

            assert a is b is Space.from_project("old").modules["pk.helper"]
            assert a.__name__ == "pk.helper"
            assert "pk" not in sys.modules
            view = import_module("loadstone.spaces.old.pk.helper")
            view.WHO = "changed"
            assert a.WHO == "changed" and "WHO" in dir(view)
            assert not any("__builtins__" in vars(m) and vars(m)["__builtins__"] is vars(a)["__builtins__"]
                           for m in sys.modules.values())
            """
        }
    )
    p.sync("old")
    done = p.python("app.py")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_statement_in_a_function_of_any_module_works(project):
    """Any module of the program may import from a space, at any time, in any thread."""
    p = project(
        {
            "app.py": "import threading, shop\nt = threading.Thread(target=shop.show)\nt.start()\nt.join()\n",
            "shop.py": "def show():\n    from loadstone.spaces.old import pk\n    print(pk.who())\n",
        }
    )
    p.sync("old")

    assert p.python("app.py").stdout == "pk 1.1\n"


def test_importing_the_prefix_puts_one_finder_in_place(project):
    """It serves the prefix alone; reading declarations waits until a space is named."""
    p = project(
        {
            "app.py": """
            import sys
            before = list(sys.meta_path)
            import loadstone.spaces, importlib
            importlib.reload(loadstone.spaces)
            new = [finder for finder in sys.meta_path if finder not in before]
            print(new, new[0].find_spec("json"), new[0].find_spec("loadstone.names"), dir(loadstone.spaces)[-1])
            """
        },
        pyproject="this is no TOML",
    )

    assert p.python("app.py").stdout == "[<SpacesFinder of loadstone.spaces>] None None __spec__\n"


def test_a_space_that_is_not_installed_says_what_to_type(project):
    """Under plain python it is a clear error, with nothing of Loadstone in its traceback."""
    done = project({"app.py": "from loadstone.spaces.old import pk"}).python("app.py")

    lines = done.stderr.splitlines()

    assert len(lines) == 4  # the heading, the statement in two lines, and the error
    assert lines[-1] == (
        "loadstone.errors.SpaceNotReady: space 'old' cannot be used: it is not installed; "
        "install it: loadstone space sync old"
    )


def test_an_import_that_fails_for_want_of_a_file_says_that_files_are_missing(project):
    """Opening a space looks at its top level only; an import that fails inside it looks at all files."""
    declared = '[tool.loadstone.spaces.old]\ndependencies = ["pk<2"]\npath = ["own"]\n'
    files = {"app.py": "from loadstone.spaces.old import outer", "own/outer.py": "from pk.helper import WHO"}
    p = project(files, pyproject=declared)
    p.sync("old")
    (p / ".loadstone/spaces/old/site-packages/pk/helper.py").unlink()
    note = p.python("app.py").stderr.splitlines()[-1]

    assert note.startswith("loadstone: 1 of its ")
    assert note.endswith("site-packages; install it anew: loadstone space sync old")


def test_a_lock_that_was_edited_is_for_its_owner_to_settle(project):
    """`loadstone run` does not write it anew; the error says what is wrong, once, and what to type."""
    p = project({"app.py": "from loadstone.spaces.old import pk"})
    p.sync("old")
    lock = p / "pylock.old.toml"
    lock.write_text(lock.read_text() + "# edited\n")
    said = (
        f"loadstone.errors.SpaceNotReady: space 'old' cannot be used: {lock}: it was edited after sync wrote it "
        "(restore it if that was a mistake); install it: loadstone space sync old --upgrade"
    )

    assert p.python("app.py").stderr.splitlines()[-1] == said
    assert p.loadstone("run", "app.py").stderr.splitlines()[-1] == said


def test_run_says_where_it_cannot_write(project):
    """What the system says is in the error, and nothing of Loadstone in its traceback."""
    p = project({"app.py": "from loadstone.spaces.old import pk", ".loadstone": "no folder"})
    lines = p.loadstone("run", "app.py").stderr.splitlines()

    assert lines[0] == "loadstone: installing space 'old': it is not installed"
    assert lines[-1].startswith(
        "loadstone.errors.SpaceNotReady: space 'old' cannot be used: it could not be installed: [Errno "
    )
    assert not [line for line in lines if "declared" in line]


def test_run_installs_a_space_when_it_is_first_named(project):
    """`loadstone run` says so once, and the program goes on."""
    p = project(
        {
            "app.py": "from loadstone.spaces.old import pk\nfrom loadstone.spaces.old import pk\nprint(pk.who())"
        }
    )
    done = p.loadstone("run", "app.py")

    assert done.stdout == "pk 1.1\n"
    assert done.stderr == "loadstone: installing space 'old': it is not installed\n"
    assert p.loadstone("run", "app.py").stderr == ""


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("import loadstone.spaces.odl", "NoSuchSpace: there is no space 'odl'"),
        ("from loadstone.spaces import odl", "NoSuchSpace: there is no space 'odl'"),
        (
            "import loadstone.spaces.old.nope",
            "ModuleNotFoundError: No module named 'loadstone.spaces.old.nope'",
        ),
        ("from loadstone.spaces.old import nope", "cannot import name 'nope' from 'loadstone.spaces.old'"),
        (
            "from loadstone.spaces.old.pk import nope",
            "cannot import name 'nope' from 'loadstone.spaces.old.pk'",
        ),
    ],
)
def test_what_is_not_there_is_an_import_error(project, statement, error):
    """Python's words for modules and names, ours for spaces."""
    p = project({"app.py": statement})
    p.sync("old")
    done = p.python("app.py")

    assert error in done.stderr.splitlines()[-1]


def test_submodules_are_found_from_the_host_while_a_space_with_extensions_is_open(project):
    """The import system asks the package for them, and the package is a view of the space's: the host asks."""
    library = os.path.join(
        sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix}), "lib-dynload"
    )
    extension = os.path.join(library, "_json" + EXTENSION_SUFFIXES[0])
    if not os.path.exists(extension):
        pytest.skip("this Python has its extension modules built in: there is no file to copy")
    app = "import loadstone.spaces.own.kit._json\nfrom loadstone.spaces.own.kit import one, two\nprint(one.ONE)\n"
    files = {"app.py": app, "own/kit/__init__.py": "", "own/kit/one.py": "ONE = 1", "own/kit/two.py": ""}
    p = project(files, pyproject='[tool.loadstone.spaces.own]\npath = ["own"]\n')
    shutil.copy(extension, p / "own/kit")
    done = p.python("app.py")

    assert (done.stdout, done.stderr) == ("1\n", "")


def test_mistakes_in_the_table_are_all_in_the_error(project):
    """A program that names a space hears of every mistake, with lines."""
    p = project(
        {"app.py": "import loadstone.spaces.a"},
        pyproject='[tool.loadstone.spaces.a]\ndeny = 1\n[tool.loadstone.spaces.b]\nshare = "x"\n',
    )
    lines = p.python("app.py").stderr.splitlines()[-2:]

    assert lines[0].endswith(
        'pyproject.toml:2: tool.loadstone.spaces.a.deny: it must be a list of names, such as ["socket"]'
    )
    assert lines[1].endswith(
        'pyproject.toml:4: tool.loadstone.spaces.b.share: it must be a list of names, such as ["app_api"]'
    )


def test_spaces_import_from_each_other_where_it_is_allowed(project):
    """imports-from opens the way in one direction."""
    p = project(
        {
            "mine/user.py": "from loadstone.spaces.old import pk as theirs\nimport pk\n",
            "app.py": "from loadstone.spaces.new import user\nprint(user.theirs.who(), user.pk.who())",
            "other.py": "from loadstone.spaces.old import curious\n",
            "old/curious.py": "import loadstone.spaces.new.pk",
        },
        pyproject="""
            [tool.loadstone.spaces.old]
            dependencies = ["pk<2"]
            path = ["old"]
            [tool.loadstone.spaces.new]
            dependencies = ["pk>=2"]
            path = ["mine"]
            imports-from = ["old"]
            """,
    )
    p.sync()

    assert p.python("app.py").stdout == "pk 1.1 pk 2.0\n"
    assert (
        p.python("other.py").stderr.splitlines()[-1]
        == "loadstone.errors.ModuleDenied: space 'old' may not import 'loadstone.spaces.new': imports-from names none"
    )


def test_share_and_deny_are_obeyed(project):
    """A declared space is given what share names, by the host or by another space, and denied the rest."""
    p = project(
        {
            "app_api.py": "class Report: pass",
            "left/api.py": "X = object()",
            "right/m.py": """
                import app_api, api
                try:
                    import socket
                except ImportError as error:
                    said = str(error)
                """,
            "app.py": """
            import app_api
            from loadstone.spaces.right import m
            from loadstone.spaces.left import api
            print(m.app_api is app_api, m.api is api, m.said)
            """,
        },
        pyproject="""
            [tool.loadstone.spaces.left]
            path = ["left"]
            [tool.loadstone.spaces.right]
            path = ["right"]
            share = { app_api = "host", api = "left" }
            deny = ["socket"]
            """,
    )

    assert (
        p.python("app.py").stdout == "True True space 'right' may not import 'socket': deny names 'socket'\n"
    )


def test_the_project_is_that_of_the_program(project):
    """A program elsewhere is asked, not the current folder; a command without a file means the current folder."""
    p = project({"app.py": "from loadstone.spaces.old import pk", "elsewhere/": ""})
    p.sync("old")

    assert (
        p.python("-c", "import os; os.chdir('elsewhere'); from loadstone.spaces.old import pk").returncode
        == 0
    )
    assert p.python("-c", "import os; os.chdir('/'); from loadstone.spaces.old import pk").returncode == 1
    code = f"import os, runpy, sys; os.chdir('/'); sys.argv = [{str(p / 'app.py')!r}]; runpy.run_path(sys.argv[0])"
    assert p.python("-c", code).returncode == 0


def test_a_closed_space_is_opened_anew(project):
    """Closing takes the long names out of sys.modules; the next statement that names the space opens it again."""
    p = project(
        {
            "app.py": """
            import sys
            from loadstone import Space
            from loadstone.spaces.old import pk
            from loadstone.spaces.old.pk import helper
            first = Space.from_project("old")
            del pk, helper
            print(first.close(), [name for name in sys.modules if name.startswith("loadstone.spaces.")])
            from loadstone.spaces.old import pk
            print(pk.who(), Space.from_project("old") is first)
            """
        }
    )
    p.sync("old")

    assert p.python("app.py").stdout == "() []\npk 1.1 False\n"
