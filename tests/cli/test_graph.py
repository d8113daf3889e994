"""``loadstone graph``: the tree, chains, cycles, what changed, and its formats."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from loadstone.testing import tree

SHOP = {
    "pyproject.toml": "",
    "shop/__init__.py": "",
    "shop/cart.py": "import json\nfrom shop import money\n\ndef pay():\n    from shop import db\n",
    "shop/money.py": "from shop.rates import VAT\n",
    "shop/rates.py": "VAT = 19\n",
    "shop/db.py": "import shop.money\n",
}


def test_the_tree_has_each_module_with_its_imports():
    """Each module is followed by what it imports from the project, with the line, and when if not at once."""
    with tree(SHOP) as t:
        done = t.loadstone("graph", "shop/cart.py")

        assert done.returncode == 0
        assert done.stdout.splitlines() == [
            "shop.cart",
            "├─ shop.money  line 2",
            "└─ shop.db  line 5, later",
            "1 module, 2 imports",
        ]


def test_external_imports_are_asked_for():
    """With --external, what is imported from outside of the project is there as well."""
    with tree(SHOP) as t:
        assert "├─ json  line 1" in t.loadstone("graph", "shop/cart.py", "--external").stdout


def test_chains_are_printed_the_shortest_first():
    """--from and --to print each chain with file, line and statement of every step."""
    with tree(SHOP) as t:
        done = t.loadstone("graph", "--from", "shop.cart", "--to", "shop.rates")

        assert done.returncode == 0
        assert done.stdout.splitlines()[:3] == [
            "shop.cart",
            "└─ shop.money  shop/cart.py:2  from shop import money",
            "   └─ shop.rates  shop/money.py:1  from shop.rates import VAT",
        ]
        assert done.stdout.endswith("\nshop.cart reaches shop.rates by 2 chains\n")


def test_chains_that_are_not_all():
    """Where --most leaves chains out, the last line says so."""
    with tree(SHOP) as t:
        done = t.loadstone("graph", "--from", "shop.cart", "--to", "shop.rates", "--most", "1")

        assert done.stdout.count("shop.cart\n") == 1
        assert done.stdout.endswith("by more than 1 chain; these are the shortest (--most shows more)\n")


def test_no_chain_is_one():
    """Where there is no chain, a sentence says so and the exit code is 1."""
    with tree(SHOP) as t:
        done = t.loadstone("graph", "--from", "shop.rates", "--to", "shop.db")

        assert (done.returncode, done.stdout) == (1, "shop.rates does not reach shop.db\n")


def test_a_module_that_is_nowhere_is_wrong_use():
    """A misspelt module is exit code 2, with the one that was meant."""
    with tree(SHOP) as t:
        done = t.loadstone("graph", "--from", "shop.crat", "--to", "shop.db")

        assert done.returncode == 2
        assert "there is no module shop.crat here: did you mean shop.cart?" in done.stderr


def test_cycles_are_listed_with_their_lines():
    """A cycle is printed with its statements, and is exit code 1."""
    with tree({"a.py": "import b", "b.py": "import a", "c.py": "import a"}) as t:
        done = t.loadstone("graph", "--cycles")

        assert done.returncode == 1
        assert done.stdout == "a -> b -> a\n  a.py:1  import b\n  b.py:1  import a\n\n1 cycle\n"


def test_json_has_modules_and_edges():
    """--format json is one object, for the graph and for each question about it."""
    with tree(SHOP) as t:
        found = json.loads(t.loadstone("graph", "--format", "json").stdout)
        chains = json.loads(
            t.loadstone("graph", "--from", "shop.money", "--to", "shop.rates", "--format", "json").stdout
        )

        assert {"name": "shop.db", "path": str(t / "shop/db.py")} in found["modules"]
        assert found["edges"][0] == {
            "importer": "shop.cart",
            "imported": "shop.money",
            "when": "import",
            "line": 2,
            "text": "from shop import money",
            "path": str(t / "shop/cart.py"),
        }
        assert [edge["imported"] for edge in chains["chains"][0]] == ["shop.rates"]


def test_dot_is_a_graph_of_graphviz():
    """--format dot has every module, every edge, and dashes for imports inside functions."""
    with tree(SHOP) as t:
        lines = t.loadstone("graph", "--format", "dot").stdout.splitlines()

        assert (lines[0], lines[-1]) == ("digraph imports {", "}")
        assert '    "shop.cart" -> "shop.money";' in lines
        assert '    "shop.cart" -> "shop.db" [style=dashed];' in lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "a"], "--from and --to belong together"),
        (["--cycles", "--rev", "HEAD"], "ask for one thing at a time"),
        (["--cycles", "--format", "dot"], "--format dot is for the graph itself"),
        (["--from", "a", "--to", "b", "--most", "0"], "--most must be at least 1"),
    ],
)
def test_options_that_do_not_go_together(words, said):
    """Wrong use is exit code 2 and a sentence."""
    with tree({"a.py": ""}) as t:
        done = t.loadstone("graph", *words)

        assert done.returncode == 2
        assert said in done.stderr


def git(t, *words):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=t.path, check=True, capture_output=True)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_what_changed_since_a_revision():
    """--rev A compares with the files as they are, --rev A..B two revisions; the work tree is left alone."""
    with tree(SHOP) as t:
        git(t, "init", "-q")
        git(t, "add", ".")
        git(t, "commit", "-qm", "one")
        t.write("shop/rates.py", "import shop.cart\nVAT = 19\n")
        t.write("shop/new.py", "")
        since = t.loadstone("graph", "--rev", "HEAD")
        same = t.loadstone("graph", "--rev", "HEAD..HEAD")
        unknown = t.loadstone("graph", "--rev", "nowhere")

        assert since.stdout.splitlines() == [
            "+ shop.new",
            "+ shop.rates -> shop.cart (line 1)",
            "+ cycle: shop.cart -> shop.money -> shop.rates -> shop.cart",
            "modules: 1 added, 0 removed; imports: 1 added, 0 removed",
        ]
        assert same.stdout == "no module and no import changed\n"
        assert unknown.returncode == 2
        assert "there is no revision 'nowhere'" in unknown.stderr


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_folder_without_git_has_no_revisions():
    """--rev outside of a repository is wrong use, and git's own words are passed on."""
    with tree({"a.py": ""}) as t:
        done = t.loadstone("graph", "--rev", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(t.path.parent)})

        assert done.returncode == 2
        assert "there is no revision 'HEAD'" in done.stderr
