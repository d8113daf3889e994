from __future__ import annotations

import os
import sys

import pytest

from loadstone.errors import BadOptions, FileMissing, NoInterpreter
from loadstone.source.tree import find_project
from loadstone.testing import tree


def found(t, *paths, **options):
    """Return {name: path from the tree's folder} of the project in the tree."""
    project = find_project([str(t / path) for path in paths] or [str(t.path)], **options)
    return {
        name: os.path.relpath(path, t.path).replace(os.sep, "/") for name, path in project.modules.items()
    }


def test_flat_layout():
    """Modules and packages beside pyproject.toml have the names they are imported by."""
    with tree({"pyproject.toml": "", "app.py": "", "shop/__init__.py": "", "shop/cart.py": ""}) as t:
        assert found(t) == {"app": "app.py", "shop": "shop/__init__.py", "shop.cart": "shop/cart.py"}


def test_src_layout():
    """A src folder is a source root, and the tests beside it belong to the folder above."""
    with tree({"pyproject.toml": "", "src/shop/__init__.py": "", "tests/test_shop.py": ""}) as t:
        assert found(t) == {"shop": "src/shop/__init__.py", "tests.test_shop": "tests/test_shop.py"}


def test_src_package():
    """A src folder with an __init__.py is a package named src."""
    with tree({"pyproject.toml": "", "src/__init__.py": "", "src/cart.py": ""}) as t:
        assert found(t) == {"src": "src/__init__.py", "src.cart": "src/cart.py"}


def test_namespace_packages():
    """Folders without __init__.py are portions of namespace packages."""
    with tree({"google/cloud/store/__init__.py": "from google.cloud import x", "google/cloud/x.py": ""}) as t:
        assert set(found(t)) == {"google.cloud.store", "google.cloud.x"}


def test_namespace_package_that_holds_packages_with_common_names():
    """A package in it that is named as a standard module, or named once without what is above, makes no root."""
    files = {
        "poetry/json/__init__.py": "import json\nimport json.decoder\nfrom poetry.json import x",
        "poetry/toml/__init__.py": "from poetry.toml.file import x\nimport poetry.toml.y\ndef f():\n    import toml",
    }
    with tree(files) as t:
        assert set(found(t)) == {"poetry.json", "poetry.toml"}


def test_package_in_a_folder_of_another_name():
    """A package whose own files import it from its own folder makes that folder a source root."""
    with tree(
        {"pyproject.toml": "", "lib/plot/__init__.py": "", "lib/plot/axes.py": "from plot import x"}
    ) as t:
        project = find_project([str(t.path)])

        assert set(project.modules) == {"plot", "plot.axes"}
        assert str(t / "lib") in project.source_roots


def test_monorepo():
    """Every folder with a pyproject.toml has source roots of its own; a second package of one name has its path."""
    files = {
        ".git/config": "",
        "packages/cart/pyproject.toml": "",
        "packages/cart/src/cart/__init__.py": "",
        "packages/cart/tests/__init__.py": "",
        "packages/pay/pyproject.toml": "",
        "packages/pay/src/pay/__init__.py": "",
        "packages/pay/tests/__init__.py": "",
    }
    with tree(files) as t:
        assert found(t) == {
            "cart": "packages/cart/src/cart/__init__.py",
            "tests": "packages/cart/tests/__init__.py",
            "pay": "packages/pay/src/pay/__init__.py",
            "packages.pay.tests": "packages/pay/tests/__init__.py",
        }


def test_every_module_is_located_at_its_file():
    """The library finds each module of the project, scripts and hidden ones too, at the file that it stands for."""
    files = {
        "pyproject.toml": "",
        "my-script.py": "",
        "time.py": "",
        "shop.py": "",
        "shop/__init__.py": "",
        "v1.2/main.py": "",
        "tools/run.py": "",
    }
    with tree(files) as t:
        project = find_project([str(t.path)])
        located = {name: project.library.locate(name).path for name in project.modules}

        assert located == dict(project.modules)
        assert set(located) == {"my-script", "time.py", "shop", "shop.py", "v1.2.main", "tools.run"}
        assert project.library.locate("time").kind == "built-in"


def test_folders_that_are_left_out():
    """Virtual environments, hidden folders, build output and what .gitignore names are not the project's."""
    files = {
        "pyproject.toml": "",
        "app.py": "",
        ".hidden/a.py": "",
        "env/pyvenv.cfg": "",
        "env/lib/b.py": "",
        "node_modules/c.py": "",
        "build/lib/d.py": "",
        "__pycache__/e.py": "",
        "generated/f.py": "",
        "shop/kept.py": "",
        "shop/temp_1.py": "",
        "shop/.gitignore": "temp_*.py\n",
        ".gitignore": "# generated\n/generated/\n",
    }
    with tree(files) as t:
        assert set(found(t)) == {"app", "shop.kept"}


def test_package_named_build():
    """A folder named build that is a package is one."""
    with tree({"pyproject.toml": "", "build/__init__.py": "", "dist/old.py": ""}) as t:
        assert set(found(t)) == {"build"}


@pytest.mark.parametrize(
    ("patterns", "kept"),
    [
        ("*.py\n!a.py\n", {"a", "x.a"}),
        ("x/\n", {"a", "b", "y.d"}),
        ("/a.py\n", {"b", "x.a", "x.c", "y.d"}),
        ("**/c.py\n", {"a", "b", "x.a", "y.d"}),
        ("[ab].py\n", {"x.c", "y.d"}),
        ("x/*\n", {"a", "b", "y.d"}),
        ("?/a.py\n", {"a", "b", "x.c", "y.d"}),
        ("[\n", {"a", "b", "x.a", "x.c", "y.d"}),
    ],
)
def test_gitignore_notation(patterns, kept):
    """Patterns mean what they mean to git: the last that fits decides, a slash ties to the folder."""
    files = dict.fromkeys(("a.py", "b.py", "x/a.py", "x/c.py", "y/d.py"), "")
    with tree({**files, "pyproject.toml": "", ".gitignore": patterns}) as t:
        assert set(found(t)) == kept


def test_settings():
    """[tool.loadstone] names source roots and what to leave out."""
    settings = '[tool.loadstone]\nsource-roots = ["python"]\nexclude = ["old"]\n'
    with tree({"pyproject.toml": settings, "python/shop.py": "", "python/old/x.py": "", "conf.py": ""}) as t:
        project = find_project([str(t.path)])

        assert set(project.modules) == {"shop", "conf"}
        assert project.source_roots == (str(t / "python"),)


@pytest.mark.parametrize(
    "settings",
    [
        '[tool.loadstone]\nsource-roots = "src"',
        '[tool.loadstone]\nsource-roots = ["nowhere"]',
        "[tool.loadstone]\nexclude = [1]",
        "[tool]\nloadstone = 3",
        "[tool]\nloadstone = =",
    ],
)
def test_bad_settings(settings):
    """Settings that cannot be understood are an error that names the file and the line."""
    with tree({"pyproject.toml": settings}) as t:
        with pytest.raises(BadOptions, match=r"pyproject\.toml.*\b2\b"):
            find_project([str(t.path)])


def test_selected_modules():
    """The whole project is read, and the modules that were asked about are told apart."""
    with tree({"pyproject.toml": "", "a.py": "", "shop/b.py": "", "shop/c.py": ""}) as t:
        assert find_project([str(t / "shop")]).selected == ("shop.b", "shop.c")
        assert find_project([str(t / "a.py")]).selected == ("a",)
        assert set(find_project([str(t / "shop")]).modules) == {"a", "shop.b", "shop.c"}


def test_path_without_project():
    """Without any pyproject.toml only the folder that was named is read, and its package has its full name."""
    with tree({"site/shop/__init__.py": "", "site/shop/cart.py": "", "site/other.py": ""}) as t:
        assert set(found(t, "site/shop")) == {"shop", "shop.cart"}
        assert set(found(t, "site/shop/cart.py")) == {"shop", "shop.cart"}


def test_installed_package_is_not_its_environments_project():
    """A package inside a virtual environment does not belong to the project around the environment."""
    with tree(
        {
            "pyproject.toml": "",
            "app.py": "",
            ".venv/pyvenv.cfg": "",
            ".venv/lib/site-packages/x/__init__.py": "",
        }
    ) as t:
        assert set(found(t, ".venv/lib/site-packages/x")) == {"x"}


def test_path_that_is_left_out_and_named():
    """What the user names is read, even where .gitignore leaves it out."""
    with tree({"pyproject.toml": "", ".gitignore": "gen/", "gen/a.py": "", "gen/inner/b.py": ""}) as t:
        assert set(found(t, "gen")) == {"gen.a", "gen.inner.b"}
        assert set(found(t, "gen/inner/b.py")) == {"gen.inner.b"}


def test_root_that_is_a_package():
    """A project folder with an __init__.py is a package, whose parent is the source root."""
    with tree({"shop/pyproject.toml": "", "shop/__init__.py": "", "shop/cart.py": ""}) as t:
        assert found(t, "shop") == {"shop": "shop/__init__.py", "shop.cart": "shop/cart.py"}


def test_missing_path():
    """A path that is not there is an error."""
    with tree({}) as t:
        with pytest.raises(FileMissing):
            find_project([str(t / "nothing")])


def test_empty_folder():
    """A folder without Python files is a project without modules."""
    with tree({}) as t:
        project = find_project([str(t.path)])

        assert dict(project.modules) == {}


def test_symbolic_links_in_a_loop():
    """Links that lead back are followed once at most."""
    with tree({"pyproject.toml": "", "a/x.py": "", "b/y.py": ""}) as t:
        os.symlink(t / "a", t / "b" / "to_a")
        os.symlink(t / "b", t / "a" / "to_b")
        os.symlink(t.path, t / "a" / "self")
        os.symlink("nothing", t / "dangling.py")
        os.symlink("ring", t / "ring")

        names = set(found(t))

        assert {"a.x", "b.y"} <= names
        assert len(names) < 8


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads any folder")
def test_unreadable_folder():
    """A folder that cannot be read is reported, and the rest is found."""
    with tree({"pyproject.toml": "", "a.py": "", "locked/b.py": ""}) as t:
        os.chmod(t / "locked", 0)
        project = find_project([str(t.path)])
        os.chmod(t / "locked", 0o700)

        assert set(project.modules) == {"a"}
        assert "locked" in str(project.troubles[0])


def test_the_tree_is_not_on_our_own_path():
    """A project with random.py, string.py and ast.py is read by an interpreter that never imports them."""
    boom = "raise SystemExit('imported')"
    files = dict.fromkeys(("random.py", "string.py", "ast.py", "tomllib.py", "re.py"), boom)
    program = "from loadstone.source.tree import find_project; print(sorted(find_project().modules))"
    with tree({**files, "pyproject.toml": ""}) as t:
        done = t.python("-P", "-c", program)

        assert done.stdout.strip() == "['ast', 'random', 're', 'string', 'tomllib']"
        assert str(t.path) not in [os.path.abspath(entry) for entry in sys.path]


def test_interpreter_by_path():
    """The packages are those of the interpreter that was named; ours is the standard library."""
    with tree({"pyproject.toml": "", "a.py": ""}) as t:
        path = find_project([str(t.path)], python=sys.executable).library.path

        assert os.path.dirname(os.__file__) in path
        assert os.path.dirname(os.path.dirname(pytest.__file__)) in path
        assert os.getcwd() not in path


def test_interpreter_that_is_none():
    """A --python that does not answer is an error."""
    with tree({"a.py": ""}) as t:
        with pytest.raises(NoInterpreter, match=r"a\.py"):
            find_project([str(t.path)], python=str(t / "a.py"))
