"""`loadstone why`: which file an import finds, and where a name comes from."""

from __future__ import annotations

import importlib.machinery
import json
import os
import sys
import zipfile

import pytest

from loadstone.testing import tree


def why(t, *args, code=0, **options):
    result = t.loadstone("why", *args, **options)
    assert (result.returncode, result.stderr) == (code, "")
    return result.stdout


def outcomes(output):
    """Return {place: (outcome, reason)} of the table."""
    rows = {}
    for line in output.splitlines():
        parts = line.split(None, 2)
        if line.startswith("  ") and len(parts) > 1:
            rows[parts[0]] = (parts[1], parts[2] if len(parts) > 2 else "")
    return rows


def test_each_finder_and_entry_is_told():
    """The finders and the entries of the path come in Python's order, with what each has under the name."""
    with tree({"shop.py": ""}) as t:
        output = why(t, "shop")
        rows = outcomes(output)

    assert output.startswith("shop: a module (shop.py)\n")
    assert rows["sys.modules"] == ("no", "not there when a program starts")
    assert rows["BuiltinImporter"] == ("no", "not compiled into Python")
    assert rows["FrozenImporter"] == ("no", "not frozen into Python")
    assert rows[str(t.path)] == ("used", "shop.py")
    assert rows[os.path.dirname(os.__file__)][0] == "no"
    assert rows["bytecode"] == ("no", "none yet")


def test_what_is_hidden_is_told():
    """A file named like a module of the standard library hides it, and the report says which file that is."""
    with tree({"random.py": ""}) as t:
        output = why(t, "random")

    hidden = os.path.join(os.path.dirname(os.__file__), "random.py")
    assert output.splitlines()[:2] == [
        "random: a module (random.py)",
        f"  hides {hidden} of the standard library",
    ]
    assert outcomes(output)[os.path.dirname(os.__file__)] == ("hidden", "random.py")


def test_the_order_is_that_of_the_path():
    """Of two entries with the same name the first wins, and the second is hidden."""
    with tree({"one/shop/__init__.py": "", "two/shop.py": ""}) as t:
        path = os.pathsep.join([str(t / "one"), str(t / "two")])
        rows = outcomes(why(t, "shop", env={"PYTHONPATH": path}))

    assert rows["one"] == ("used", "shop/__init__.py")
    assert rows["two"] == ("hidden", "shop.py")


def test_files_beside_one_another():
    """In one folder a package comes before an extension, and that before a source file."""
    extension = "shop" + importlib.machinery.EXTENSION_SUFFIXES[0]
    with tree({"shop/__init__.py": "", "shop.py": "", extension: b""}) as t:
        output = why(t, "shop")

    assert f"shop/__init__.py, which comes before {extension} and shop.py" in output


def test_what_is_almost_the_module():
    """Another case, a hyphen, and an extension for another Python are told where they are."""
    with tree({"Shop.py": "", "my-tool.py": "", "fast.cpython-39-x86_64-linux-gnu.so": b""}) as t:
        case = why(t, "shop", code=1)
        hyphen = why(t, "my_tool", code=1)
        other = why(t, "fast", code=1)

    assert "Shop.py is there: spelled in another way" in case
    assert "my-tool.py is there: spelled in another way" in hyphen
    assert "fast.cpython-39-x86_64-linux-gnu.so is there, for another version of Python" in other


def test_packages_above_are_located_and_not_imported():
    """For a submodule the folders of its package are searched; its `__init__` does not run."""
    with tree({"pkg/__init__.py": "raise SystemExit('ran')\n", "pkg/mod.py": ""}) as t:
        output = why(t, "pkg.mod")
        everything = why(t, "pkg.mod", "--all")

    assert "the entries of pkg.__path__, in order:" in output
    assert outcomes(output)["pkg"] == ("used", "mod.py")
    assert "pkg/__init__.py" in everything


def test_namespace_packages():
    """A folder without `__init__.py` is a part of a namespace package, unless a later entry has a module."""
    with tree({"one/ns/a.py": "", "two/ns/b.py": "", "three/ns.py": ""}) as t:
        both = why(t, "ns", env={"PYTHONPATH": os.pathsep.join([str(t / "one"), str(t / "two")])})
        beaten = why(t, "ns", env={"PYTHONPATH": os.pathsep.join([str(t / "one"), str(t / "three")])})
        inside = why(t, "ns.b", env={"PYTHONPATH": os.pathsep.join([str(t / "one"), str(t / "two")])})

    assert both.startswith("ns: a namespace package (")
    assert (outcomes(both)["one"][0], outcomes(both)["two"][0]) == ("part", "part")
    assert (outcomes(beaten)["one"][0], outcomes(beaten)["three"][0]) == ("no", "used")
    assert outcomes(inside)["two/ns"] == ("used", "b.py")


def test_zip_files():
    """A zip file on the path is asked like a folder."""
    with tree({}) as t:
        with zipfile.ZipFile(t / "lib.zip", "w") as archive:
            archive.writestr("shop.py", "")
        output = why(t, "shop", env={"PYTHONPATH": str(t / "lib.zip")})

    assert outcomes(output)["lib.zip"] == ("used", "shop.py")


def test_entries_that_are_not_there():
    """An entry of the path that is missing, or no folder at all, is told."""
    with tree({"shop.py": "", "words.txt": "x"}) as t:
        output = why(t, "shop", env={"PYTHONPATH": os.pathsep.join([str(t / "gone"), str(t / "words.txt")])})

    assert outcomes(output)["gone"] == ("no", "not there")
    assert outcomes(output)["words.txt"] == ("no", "neither a folder nor a zip file")


def test_modules_that_are_there_before_the_program():
    """`os` is frozen and imported at start; a file of that name is never used, and nobody is told otherwise."""
    with tree({"os.py": "", "encodings.py": ""}) as t:
        frozen = why(t, "os")
        early = why(t, "encodings")

    assert frozen.startswith("os: a frozen module of the standard library (")
    assert outcomes(frozen)["sys.modules"][0] == "used"
    assert outcomes(frozen)[str(t.path)] == ("hidden", "os.py")
    assert early.startswith("encodings: a package of the standard library (")
    assert outcomes(early)[str(t.path)] == ("hidden", "encodings.py")


def test_built_in_modules():
    """`sys` is compiled into Python."""
    with tree({"sys.py": ""}) as t:
        output = why(t, "sys")

    assert output.startswith("sys: a built-in module\n")
    assert outcomes(output)[str(t.path)] == ("hidden", "sys.py")


def test_a_module_under_another_name():
    """`os.path` is what `os` has registered under that name."""
    with tree({}) as t:
        output = why(t, "os.path")

    assert output.startswith(
        f"os.path is {os.path.__name__}, which os puts into sys.modules under that name\n"
    )


def test_bytecode():
    """What is cached is told: up to date, older than the source, or made by another Python."""
    with tree({"shop.py": "X = 1\n"}) as t:
        t.python("-c", "import shop", env={"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""})
        fresh = why(t, "shop", env={"PYTHONPYCACHEPREFIX": ""})
        t.write("shop.py", "X = 1000\n")
        old = why(t, "shop", env={"PYTHONPYCACHEPREFIX": ""})
        cached = next((t / "__pycache__").iterdir())
        cached.write_bytes(b"0000" + cached.read_bytes()[4:])
        foreign = why(t, "shop", env={"PYTHONPYCACHEPREFIX": ""})

    assert outcomes(fresh)["bytecode"] == ("used", "up to date")
    assert outcomes(old)["bytecode"] == ("no", "older than the source: it will be written anew")
    assert outcomes(foreign)["bytecode"] == ("no", "made by another Python: it will be written anew")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("jsno", "jsno: not found; did you mean json?"),
        ("json.decodr", "json.decodr: not found; did you mean json.decoder?"),
        ("jsno.decoder", "jsno.decoder: not found; did you mean json.decoder?"),
        ("shp", "shp: not found; did you mean shop?"),
        ("zzzzzz", "zzzzzz: not found"),
        ("shop.part", "shop.part: not found"),
        ("shop.total", "shop.total: not found; total is a name in shop, no module: loadstone why shop:total"),
        (
            "shop.Cart.add",
            "shop.Cart.add: not found; Cart is a name in shop, no module: loadstone why shop:Cart",
        ),
        (
            "os.path.join",
            "os.path.join: not found; join is a name in os.path, no module: loadstone why os.path:join",
        ),
        ("math.tau", "math.tau: not found; tau is a name in math, no module: loadstone why math:tau"),
        ("broken.total", "broken.total: not found"),
    ],
)
def test_a_name_that_leads_nowhere(name, said):
    """The way is told all the same, the exit code is 1, and what was meant is suggested."""
    shop = "class Cart:\n    def add(self): ...\n\ndef total(): ...\n"
    with tree({"shop.py": shop, "broken.py": "def total("}) as t:
        output = why(t, name, code=1)

    assert output.splitlines()[0] == said


def test_submodule_of_what_is_no_package():
    """A module has no submodules."""
    with tree({"shop.py": ""}) as t:
        output = why(t, "shop.part", code=1)

    assert "shop is no package: it has no submodules" in output


def test_the_path_is_the_programs():
    """Under PYTHONSAFEPATH a program would not look here, so neither does the answer."""
    with tree({"shop.py": ""}) as t:
        output = why(t, "shop", code=1, env={"PYTHONSAFEPATH": "1"})

    assert str(t.path) not in output


def test_what_the_answer_says_is_what_python_does():
    """For many modules the file found is the one that Python finds."""
    names = [
        "json",
        "random",
        "xml.dom",
        "email.mime.text",
        "asyncio",
        "sqlite3",
        "_json",
        "pytest",
        "_pytest.mark",
    ]
    with tree({"random.py": "", "xml.py": ""}) as t:
        for name in names:
            ours = json.loads(t.loadstone("why", name, "--format", "json").stdout)
            asked = t.python(
                "-c", f"import importlib.util as u; s = u.find_spec({name!r}); print(s and s.origin)"
            )
            native = asked.stdout.strip() if asked.returncode == 0 else "None"
            assert str(ours["path"]) == native or (native == "built-in" and ours["kind"] == "built-in"), name


def test_json_shape_of_a_resolution():
    """As JSON the answer has every step, and the package above."""
    with tree({"pkg/__init__.py": "", "pkg/random.py": ""}) as t:
        facts = json.loads(why(t, "pkg.random", "--format", "json"))

    assert list(facts) == [
        "name", "found", "kind", "path", "search", "hides", "steps", "bytecode", "parent",
        "distribution", "standard_library", "suggestion",
    ]  # fmt: skip
    assert (facts["found"], facts["kind"], facts["parent"]["name"]) == (True, "module", "pkg")
    assert [step["where"] for step in facts["steps"]][:2] == ["sys.modules", facts["steps"][1]["where"]]
    assert {"where", "outcome", "reason", "path", "inner"} == set(facts["steps"][0])


CHAIN = {
    "report.py": """
        from sales import *
        from tools import *

        def f(join):
            import sales as s
            return join, s, total, print
    """,
    "sales.py": "from inner import add as total\ndef join(): ...\n",
    "inner.py": "def add(): ...\n",
    "tools.py": "def join(): ...\n",
}


def test_the_chain_to_the_origin():
    """Each statement between a name and its first binding is told, with its place."""
    with tree(CHAIN) as t:
        output = why(t, "report:total")

    assert [" ".join(line.split()) for line in output.splitlines()] == [
        "report:total: a function, inner:add",
        "where statement",
        "report.py:1 from sales import *",
        "sales.py:1 from inner import add as total",
        "inner.py:1 def add()",
    ]


def test_what_a_name_hides_on_the_way():
    """The binding that lost is told beside the statement that won, and the conflict below."""
    with tree(CHAIN) as t:
        output = why(t, "report.py:join")

    assert "report.py:2  from tools import *  sales:join  report.py:1" in output
    assert "conflict: join is bound twice by star imports." in output


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        (6, "join", "join on line 6 of report: local of f"),
        (6, "s", "s on line 6 of report: local of f"),
        (6, "total", "total on line 6 of report: global, a function, inner:add"),
        (6, "print", "print on line 6 of report: builtin, a function, builtins:print"),
        (6, "totl", "totl on line 6 of report: nothing in sight binds it; did you mean total?"),
        (1, "join", "join on line 1 of report: global, a function, tools:join"),
        (99, "total", "total on line 99 of report: global, a function, inner:add"),
    ],
)
def test_scopes(line, name, said):
    """A name on a line belongs to a scope: a parameter is local, a star's name global, the rest builtin or nothing."""
    with tree(CHAIN) as t:
        output = why(t, f"report.py:{line}:{name}", code=int("nothing" in said))

    assert output.splitlines()[0] == said


def test_a_line_of_a_module_by_name():
    """A line may be one of a module that is named and not given as a file."""
    with tree(CHAIN) as t:
        output = why(t, "report:6:total")

    assert output.splitlines()[0] == "total on line 6 of report: global, a function, inner:add"


def test_an_import_inside_a_function():
    """The statement inside the function is told, and what it brought."""
    with tree(
        {
            "main.py": "def f():\n    from inner import add as plus\n    return plus\n",
            "inner.py": CHAIN["inner.py"],
        }
    ) as t:
        output = why(t, "main.py:3:plus")

    assert output.splitlines()[0] == "plus on line 3 of main: local of f, a function, inner:add"
    assert "main.py:2   from inner import add as plus" in output


def test_json_shape_of_a_chain():
    """As JSON the answer has the scope, the chain and its end."""
    with tree(CHAIN) as t:
        facts = json.loads(why(t, "report.py:6:total", "--format", "json"))

    assert (facts["scope"], facts["origin"], facts["found"]) == ("global", "inner:add", True)
    assert [one["origin"]["module"] for one in facts["chain"]] == ["inner"] * len(facts["chain"])


def test_run_answers_for_what_is_really_there():
    """--run imports the module and reads its live namespace."""
    with tree({"main.py": "globals()['made'] = 1\nimport json\n"}) as t:
        read = why(t, "main:made", "--run")
        module = why(t, "main", "--run")

    assert read.startswith("main:made: a dynamic, main:made")
    assert module.startswith("main: a module (main.py)")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("missing.py:3:x", "there is no file"),
        ("nowhere:x", "there is no module 'nowhere'"),
        ("nowhere:3:x", "there is no module 'nowhere'"),
        (
            "sys:3:path",
            "'sys' has no source to read: it is a built-in module; ask for a name of it, sys:NAME",
        ),
        ("a..b", "'a..b' is not a module name"),
        ("", "'' is not a module name"),
        ("one:2:three:4", "there is no file"),
    ],
)
def test_bad_questions(question, said):
    """A question that cannot be answered is refused in one line, with exit code 2."""
    with tree({}) as t:
        result = t.loadstone("why", question)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("loadstone why: ")
    assert said in result.stderr


def test_a_name_that_the_module_does_not_have():
    """The exit code is 1, and a name like it is suggested."""
    with tree(CHAIN) as t:
        output = why(t, "report:jion", code=1)

    assert output == "report:jion: no such name; did you mean join?\n"


def test_finders_that_installed_tools_have_put_in_place():
    """A finder on `sys.meta_path` that is not Python's own is asked too, and named."""
    site = """
        import sys
        from importlib.util import spec_from_file_location
        class Links:
            @staticmethod
            def find_spec(name, path=None, target=None):
                return spec_from_file_location(name, __file__) if name == "linked" else None
        sys.meta_path.append(Links)
    """
    with tree({"sitecustomize.py": site}) as t:
        output = why(t, "linked", env={"PYTHONPATH": str(t.path)})

    assert outcomes(output)["Links"] == ("used", "sitecustomize.py")
    assert sys.version_info  # the interpreter under test is this one
