"""`loadstone show`: the namespace of a file or module as a table."""

from __future__ import annotations

import json
import os
import sys

import pytest

import loadstone
from loadstone.testing import tree

REPORT = {
    "report.py": """
        from xml import dom as d
        from sales import total
        from sales import *
        from os.path import *

        print(join("a", "b"), total)
    """,
    "sales.py": "def total(): ...\ndef join(): ...\n",
}


def shown(t, *args, **options):
    result = t.loadstone("show", *args, **options)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def row(output, name):
    return next(line.split() for line in output.splitlines()[1:] if line.split()[:1] == [name])


def test_the_table_of_names():
    """Each name has its kind, its origin, the statement that bound it, and what that hid; a conflict stands below."""
    brings = len(vars(os.path)["__all__"])
    with tree(REPORT) as t:
        output = shown(t, "report.py")

    star = f"line 4  from os.path import *  (1 of {brings} used)"
    path = os.path.__name__
    conflict = f"Python uses {path}:join. To settle it add, after line 4: from sales import join"
    assert output.splitlines() == [
        "report: a module (report.py)",
        f"  name   kind      comes from{' ' * (len(path) - 3)}bound by{' ' * (len(star) - 6)}hides",
        f"  d      module    xml.dom{' ' * len(path)}line 1  from xml import dom as d",
        f"  total  function  sales:total{' ' * (len(path) - 4)}line 2  from sales import total",
        f"  join   function  {path}:join  {star}  sales:join  line 3  from sales import *",
        f"conflict: join is bound twice by star imports. {conflict}",
    ]


def test_a_module_by_name():
    """A name is looked for where a program in this folder would find it: here first."""
    with tree({"json.py": "HERE = 1\n"}) as t:
        output = shown(t, "json")

    assert output.startswith("json: a module (json.py)\n")
    assert row(output, "HERE")[:3] == ["HERE", "variable", "here"]


def test_nothing_is_run():
    """A module that would end the program, and what it imports, are only read."""
    with tree({"main.py": "import other\nraise SystemExit(9)\n", "other.py": "open('ran', 'w')\n"}) as t:
        output = shown(t, "main.py")

        assert row(output, "other")[1] == "module"
        assert not (t / "ran").exists()


def test_files_named_like_the_standard_library_are_never_imported():
    """An `ast.py` or `argparse.py` beside the file, on PYTHONPATH too, is not taken for ours."""
    bomb = "raise SystemExit('imported')\n"
    names = (
        "ast",
        "argparse",
        "json",
        "dataclasses",
        "typing",
        "enum",
        "re",
        "subprocess",
        "tokenize",
        "types",
    )
    command = [os.path.join(loadstone.__path__[0], "__main__.py"), "show", "main.py"]
    with tree({"main.py": "import ast\n", **{f"{name}.py": bomb for name in names}}) as t:
        # Not by -m: Python's own runpy would import the types.py here.
        output = t.python(*command, env={"PYTHONPATH": str(t.path)}).stdout
        described = t.python(*command, "--format", "json", env={"PYTHONPATH": str(t.path)}).stdout

    assert row(output, "ast")[1:3] == ["module", "ast"]
    assert json.loads(described)["name"] == "main"


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("module", "module: a module (module.py)"),
        ("package", "package: a package (package/__init__.py)"),
        ("package.inner", "package.inner: a module (package/inner.py)"),
        ("package/inner.py", "package.inner: a module (package/inner.py)"),
        ("./package", "package: a package (package/__init__.py)"),
        ("namespace", "namespace: a namespace package (namespace)"),
        ("my-file.py", "my-file: a module (my-file.py)"),
        ("sys", "sys: a built-in module"),
        ("package/__main__.py", "package.__main__: a module (package/__main__.py)"),
    ],
)
def test_what_it_is(target, what):
    """The first line says what the module is and where."""
    files = {"module.py": "", "package/__init__.py": "", "package/inner.py": "", "package/__main__.py": ""}
    with tree({**files, "namespace/a.py": "", "my-file.py": ""}) as t:
        output = shown(t, target)

    assert output.splitlines()[0] == what


def test_the_standard_library_and_distributions_are_named():
    """The first line says whose the module is."""
    with tree({}) as t:
        standard = shown(t, "json")
        pytest_itself = shown(t, "pytest")

    assert standard.startswith("json: a package of the standard library (")
    assert pytest_itself.startswith(f"pytest: a package of pytest {pytest.__version__} (")


def test_editable_installations_are_named(tmp_path):
    """A package that is installed as a link to its folder belongs to that distribution (PEP 610)."""
    metadata = {
        "site-packages/shop-1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: Shop\nVersion: 1.2\n",
        "site-packages/shop-1.2.dist-info/RECORD": "shop-1.2.dist-info/METADATA,,\n",
    }
    with tree({**metadata, "code/shop/__init__.py": "X = 1\n"}) as t:
        url = (t / "code").as_uri()
        t.write(
            "site-packages/shop-1.2.dist-info/direct_url.json",
            json.dumps({"url": url, "dir_info": {"editable": True}}),
        )
        path = os.pathsep.join([str(t / "code"), str(t / "site-packages")])
        output = shown(t, "shop", env={"PYTHONPATH": path})

    assert output.startswith("shop: a package of Shop 1.2 (")


def test_who_uses_it():
    """The modules of the project that import it are listed with their lines, however they spell it."""
    files = {
        "pyproject.toml": "",
        "src/shop/__init__.py": "from . import cart\n",
        "src/shop/cart.py": "X = 1\n",
        "src/shop/till.py": "from .cart import X\ndef f():\n    import shop.cart as c\n",
        "tests/test_cart.py": "import os\nfrom shop import cart\n",
        "tests/test_other.py": "import shop\n# cart\n",
    }
    with tree(files) as t:
        output = shown(t, "src/shop/cart.py")
        package = shown(t, "src/shop/__init__.py")

    assert output.splitlines()[-4:] == [
        "imported by 3 modules:",
        "  src/shop/__init__.py line 1",
        "  src/shop/till.py lines 1, 3",
        "  tests/test_cart.py line 2",
    ]
    assert "  tests/test_other.py line 1" in package.splitlines()


def test_a_library_that_is_not_installed():
    """Its names are shown with what the statement says, and marked."""
    with tree(
        {"main.py": "import nowhere as n\nfrom nowhere.deep import f as g, h\nfrom nowhere import *\n"}
    ) as t:
        output = shown(t, "main.py")

    assert "  n     module  nowhere (not found)         line 1  import nowhere as n\n" in output
    assert (
        "  g     ?       nowhere.deep:f (not found)  line 2  from nowhere.deep import f as g, h\n" in output
    )
    assert "note: not found on this path: nowhere, nowhere.deep" in output


def test_stars_are_folded():
    """Of a star only the names count that the module uses; a star without any has one line. --all shows them."""
    names = "".join(f"def f{number}(): ...\n" for number in range(9))
    with tree(
        {"main.py": "from a import *\nfrom b import *\nf3()\n", "a.py": names, "b.py": "def g(): ...\n"}
    ) as t:
        output = shown(t, "main.py")
        everything = shown(t, "main.py", "--all")

    assert row(output, "f3")[-4:] == ["(1", "of", "9", "used)"]
    assert row(output, "*") == ["*", "b", "line", "2", "from", "b", "import", "*", "(0", "of", "1", "used)"]
    assert "f4" not in output
    assert row(everything, "f4")[2] == "a:f4"
    assert row(everything, "__name__")[1] == "implicit"


def test_what_a_name_hides_is_shortened():
    """The last two are told, or the last and a count; --all tells them all."""
    stars = "".join(f"from {name} import *\n" for name in "abcd")
    modules = {f"{name}.py": "def f(): ...\n" for name in "abcd"}
    with tree({"main.py": stars + "f()\n\ndef open(): ...\n", **modules}) as t:
        output = shown(t, "main.py")
        everything = shown(t, "main.py", "--all")

    assert "c:f  line 3  from c import *" in output
    assert "and 2 more" in output
    assert "builtins:open" in output
    assert "a:f  line 1  from a import *" in everything


def test_names_that_cannot_be_read_are_told():
    """Where code binds names in ways that cannot be read, the report says so and points there."""
    with tree({"main.py": "globals().update(a=1)\n"}) as t:
        output = shown(t, "main.py")
        run = shown(t, "main.py", "--run")

    assert (
        "note: line 1  globals().update(a=1) may bind further names that cannot be read; --run shows them"
        in output
    )
    assert row(run, "a")[1] == "dynamic"


def test_run_shows_what_is_really_there():
    """--run imports the module; what it prints goes to standard error."""
    with tree({"main.py": "import other\nprint('hello')\nX = 1\n", "other.py": ""}) as t:
        result = t.loadstone("show", "main.py", "--run")

    assert result.stderr == "hello\n"
    assert row(result.stdout, "other")[1] == "module"


def test_run_of_a_module_that_fails():
    """Its traceback is printed without our frames, then the explanation, and the exit code is 1."""
    with tree({"main.py": "import nowhere_at_all\n", "gone.py": "raise SystemExit(5)\n"}) as t:
        result = t.loadstone("show", "main.py", "--run")
        gone = t.loadstone("show", "gone.py", "--run")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("File ") == 1
    assert "ModuleNotFoundError: No module named 'nowhere_at_all'" in result.stderr
    assert (gone.returncode, "SystemExit: 5" in gone.stderr) == (1, True)


def test_json_shape():
    """As JSON the report has everything, folded names too."""
    with tree({**REPORT, "app.py": "import report\n"}) as t:
        facts = json.loads(shown(t, "report.py", "--format", "json"))
        path = str(t / "report.py")

    assert list(facts) == [
        "name", "kind", "path", "search", "distribution", "standard_library", "complete", "exports",
        "bindings", "conflicts", "dynamic", "imported_by",
    ]  # fmt: skip
    assert (facts["name"], facts["kind"], facts["path"], facts["complete"]) == (
        "report",
        "module",
        path,
        True,
    )
    bindings = {one["name"]: one for one in facts["bindings"]}
    assert bindings["total"]["statement"] == {
        "path": path, "line": 2, "column": 1, "end_line": 2, "text": "from sales import total",
    }  # fmt: skip
    assert bindings["total"]["origin"] == {"module": "sales", "name": "total"}
    assert bindings["join"]["hides"][0]["origin"] == {"module": "sales", "name": "join"}
    assert bindings["d"]["alias"] == "d"
    assert "isabs" in bindings
    assert facts["conflicts"][0]["settle"] == "from sales import join"
    assert facts["imported_by"] == [{"module": "app", "path": str(t.path / "app.py"), "lines": [1]}]


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("missing.py", 2, "there is no file {folder}/missing.py: check the spelling and the folder"),
        ("mian.py", 2, "did you mean main.py?"),
        ("nowhere", 2, "there is no module 'nowhere'"),
        ("jsno", 2, "did you mean json?"),
        ("json.decodr", 2, "did you mean json.decoder?"),
        ("a..b", 2, "'a..b' is not a module name: write its parts with single dots"),
        ("", 2, "'' is not a module name"),
        ("no-name", 2, "there is no file {folder}/no-name"),
        ("empty/", 2, "it is a folder without __init__.py; name one of its files"),
        ("syntax.py", 1, "syntax.py:2:5: invalid syntax\n    x = = 1\n        ^"),
        ("bytes.py", 1, "bytes.py:1:"),
        ("coded.py", 1, "coded.py"),
        ("null.py", 1, "null bytes"),
    ],
)
def test_bad_input(target, code, said):
    """What cannot be shown is told in one line (a caret below it for a syntax error), with what was meant."""
    files = {"main.py": "", "empty/": "", "syntax.py": "\nx = = 1\n", "null.py": b"x = 1\x00\n"}
    with tree({**files, "bytes.py": b"x = '\xff\xfe'\n", "coded.py": b"# coding: nonsense\n"}) as t:
        t.write("syntax.py", b"# one\nx = = 1\n")
        result = t.loadstone("show", target)

        assert result.returncode == code
        assert result.stderr.startswith("loadstone show: ")
        assert said.format(folder=t.path) in result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file():
    """A file without permission to read is told in one line."""
    with tree({"main.py": "x = 1\n"}) as t:
        (t / "main.py").chmod(0)
        result = t.loadstone("show", "main.py")

    assert result.returncode == 1
    assert "Permission denied" in result.stderr


def test_show_as_a_value():
    """`loadstone.show` returns a value that prints what the command prints."""
    with tree(REPORT) as t:
        output = shown(t, str(t / "report.py"))
        value = loadstone.show(str(t / "report.py"))

    assert str(value).replace(f"{t.path}/", "") + "\n" == output
    assert value.namespace["join"].origin.name == "join"


def test_show_of_a_live_module():
    """A module that is imported is shown as it is now, whichever space it is of."""
    with tree({"plugin.py": "from helper import f\nX = 1\n", "helper.py": "def f(): ...\n"}) as t:
        module = t.space().import_module("plugin")
        module.added = 2
        value = loadstone.show(module)

    assert value.namespace["f"].origin.module == "helper"
    assert value.namespace["added"].kind == "dynamic"
    assert "plugin" not in sys.modules


def test_show_of_a_module_of_the_host():
    """A module of the host, with and without source."""
    assert loadstone.show(json).namespace["loads"].kind == "function"
    assert loadstone.show(sys).about.kind == "built-in"
