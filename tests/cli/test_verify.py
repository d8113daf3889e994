"""``loadstone verify``: two folders, revisions of git, patches; what is objected to, and what is not."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from loadstone.testing import tree

BEFORE = {
    "a.py": "def f(): ...\ndef g(): ...\n",
    "b.py": "def f(): ...\n",
    "m.py": "from a import *\nfrom b import *\n\nf(), g()\n",
    "n.py": "import os\nfrom m import f\n\ndef later():\n    from m import g\n",
}


def verified(after, before=BEFORE, *words):
    files = {f"old/{name}": text for name, text in before.items()}
    files |= {f"new/{name}": text for name, text in {**before, **after}.items() if text is not None}
    with tree(files) as t:
        return t.loadstone("verify", "old", "new", *words)


def kinds(done):
    return [line.partition(":")[0] for line in done.stdout.splitlines()[:-1]]


def test_no_change():
    """Two folders with the same files differ in nothing."""
    done = verified({})

    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout == "0 modules changed: every name, every effect and every loop of imports is as it was\n"
    )


def test_a_change_that_holds():
    """Stars by names, and an import that nobody asks for taken away: nothing speaks against it."""
    done = verified({"m.py": "from a import g\nfrom b import f\n\nf(), g()\n", "n.py": BEFORE["n.py"][10:]})

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "dropped: nobody in the project asks for `n:os`",
        "2 modules changed: every name, every effect and every loop of imports is as it was",
    ]


def test_a_name_with_another_origin():
    """Stars that change places change an origin, in the module and wherever the name is passed on."""
    done = verified({"m.py": "from b import *\nfrom a import *\n\nf(), g()\n"})

    assert done.returncode == 1
    assert "origin: m.py:2: m: `f` was b:f, and would be a:f" in done.stdout
    assert "origin: n.py:2: n: `f` was b:f, and would be a:f" in done.stdout


def test_a_name_that_is_lost():
    """A name that another module takes, even inside a function, is missed."""
    done = verified({"m.py": "from b import f\n\nf()\n"})

    assert done.returncode == 1
    assert "lost: m.py:1: m: loses `g` (a:g), which is taken by n (line 5)" in done.stdout


def test_names_that_an_eval_may_find():
    """What one eval may find is one caution, with the first names and how many more; JSON has all of them."""
    before = {"a.py": "A = B = C = D = E = F = G = 1\n", "m.py": "from a import *\n\nprint(eval('A'))\n"}
    done = verified({"m.py": "print(eval('A'))\n"}, before)
    found = json.loads(verified({"m.py": "print(eval('A'))\n"}, before, "--format", "json").stdout)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "caution: m.py:1: m: loses `A`, `B`, `C`, `D`, `E` and 2 more, each of which may be found by eval()",
        "1 module changed: 7 names may be missed",
    ]
    assert [(one["name"], one["certain"]) for one in found["objections"]] == [
        (name, False) for name in "ABCDEFG"
    ]


def test_cautions_beside_objections():
    """What is certain and what is not are counted apart; two modules that look names up are two cautions."""
    star = "from a import *\n\nprint(eval('A'), B)\n"
    gone = {name: star.partition("\n\n")[2] for name in ("m.py", "n.py")}
    done = verified(gone, {"a.py": "A = B = 1\n", "m.py": star, "n.py": star})

    assert kinds(done).count("caution") == 2
    assert "caution: n.py:1: n: loses `A` (a:A), which may be found by eval()" in done.stdout
    assert done.stdout.endswith("2 modules changed: 4 objections, and 2 names may be missed\n")


def test_a_builtin_takes_the_place():
    """A star that looks unused provided what looks like a builtin."""
    before = {"a.py": "def open(x): ...\n", "m.py": "from a import *\nopen('x')\n"}
    done = verified({"m.py": "open('x')\n"}, before)

    assert kinds(done)[0] == "lost"
    assert "loses `open` (a:open), which is used in line 1" in done.stdout


def test_an_effect_that_moves():
    """Two imports that register something must not change places."""
    before = {
        "reg.py": "ALL = []\n",
        "a.py": "import reg\nreg.ALL.append('a')\n",
        "b.py": "import reg\nreg.ALL.append('b')\n",
        "m.py": "import b\nimport a\n",
    }
    done = verified({"m.py": "import a\nimport b\n"}, before)

    assert done.returncode == 1
    assert kinds(done) == ["moved"]
    assert "would happen before" in done.stdout


def test_imports_without_effects_may_move():
    """Where importing does nothing that is seen, the order is free."""
    before = {
        "a.py": "X = 1\n",
        "b.py": "def f(): ...\n",
        "m.py": "import json\nimport b\nimport a\nb, a, json\n",
    }

    assert verified({"m.py": "import a\nimport b\nimport json\nb, a, json\n"}, before).returncode == 0


def test_an_effect_that_is_gone():
    """An import that was there for what it does is missed."""
    before = {"plug.py": "print('hello')\n", "m.py": "import plug\n"}
    done = verified({"m.py": ""}, before)

    assert done.returncode == 1
    assert (
        "moved: plug.py:1: plug: when m is imported, `print('hello')` does not happen any more" in done.stdout
    )


def test_a_loop_that_crashes():
    """A from-import in a loop can fail where a star did not."""
    before = {"a.py": "from b import *\ndef f(): ...\n", "b.py": "from a import *\ndef g(): ...\n"}
    done = verified({"a.py": "from b import g\ndef f(): ...\n"}, before)

    assert done.returncode == 1
    assert "crash: a.py:1: a: importing b first would raise ImportError" in done.stdout


def test_a_file_that_does_not_compile():
    """A change that breaks a file is told as that."""
    assert kinds(verified({"b.py": "def f(:\n"}))[0] == "unreadable"


def test_a_module_that_goes():
    """Who imports a module that is gone misses its names."""
    done = verified({"b.py": None})

    assert done.returncode == 1
    assert "m: `f` was b:f, and would be a:f" in done.stdout


@pytest.mark.parametrize(
    "importer",
    [
        "import shop.cart\n",
        "from shop.cart import *\n",
        "from shop import cart\n",
        "def f():\n    import shop.cart\n",
        "def f():\n    from shop.cart import X\n",
        "def f():\n    from shop import cart\n",
    ],
)
def test_a_module_that_is_imported_and_goes(importer):
    """However a module is imported, at the top or in a function: when it is gone, that fails."""
    before = {"shop/__init__.py": "", "shop/cart.py": "X = 1\n", "main.py": importer}
    done = verified({"shop/cart.py": None}, before)
    caught = verified(
        {"shop/cart.py": None},
        {**before, "main.py": "try:\n    import shop.cart\nexcept ImportError:\n    pass\n"},
    )

    assert (done.returncode, len(kinds(done))) == (1, 1)
    assert f"main.py:{importer.count(chr(10))}: " in done.stdout
    assert caught.returncode == 0


def test_a_submodule_that_another_module_imported():
    """Who has a submodule as an attribute, and leaves it to others to import it, misses it when nobody does."""
    before = {
        "shop/__init__.py": "",
        "shop/cart.py": "X = 1\n",
        "a.py": "import shop\n\ndef f():\n    return shop.cart.X\n",
        "b.py": "import shop.cart\n",
        "c.py": "import shop.cart\nshop.cart\n",
    }
    nobody = verified({"b.py": "", "c.py": ""}, before)
    others = verified({"b.py": ""}, before)
    accident = verified({"c.py": "import shop\nshop.cart\n"}, before)

    assert nobody.stdout.splitlines()[0] == (
        "lost: a.py:4: a: `shop.cart` would be no attribute: nobody imports shop.cart any more"
    )
    assert others.returncode == 0
    assert accident.stdout.splitlines()[0] == (
        "lost: c.py:2: c: `shop.cart` would be there by accident: this module does not import shop.cart any more"
    )


def test_json():
    """--format json has every objection with its place."""
    found = json.loads(verified({"m.py": "from b import f\n\nf()\n"}, BEFORE, "--format", "json").stdout)

    assert found["holds"] is False
    assert found["changed"] == ["m"]
    assert {one["kind"] for one in found["objections"]} == {"lost"}
    assert found["objections"][0]["path"] == "m.py"


PATCH = """\
--- a/m.py
+++ b/m.py
@@ -1,2 +1,2 @@
-from a import *
-from b import *
+from a import g
+from b import f
"""


def test_a_patch():
    """A patch on standard input is judged, and not applied."""
    with tree({**BEFORE, "pyproject.toml": ""}) as t:
        done = t.loadstone("verify", "-", stdin=PATCH)
        wrong = t.loadstone("verify", "-", stdin=PATCH.replace("+from b import f", "+from a import f"))
        bad = t.loadstone("verify", "-", stdin=PATCH.replace("-from a", "-from z"))

        assert done.returncode == 0
        assert wrong.returncode == 1
        assert bad.returncode == 2
        assert "the patch cannot be applied: it does not fit" in bad.stderr
        assert (t / "m.py").read_text() == BEFORE["m.py"]


def test_an_empty_patch():
    """A tool that has nothing to change prints nothing, and nothing speaks against that."""
    with tree({**BEFORE, "pyproject.toml": ""}) as t:
        done = t.loadstone("verify", "-", stdin="")

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("0 modules changed")


def test_a_patch_that_was_applied():
    """A patch that is in the files already is compared with what was before it."""
    with tree(
        {**BEFORE, "m.py": "from a import g\nfrom a import f\n\nf(), g()\n", "pyproject.toml": ""}
    ) as t:
        done = t.loadstone("verify", "-", stdin=PATCH.replace("+from b import f", "+from a import f"))

        assert done.returncode == 1
        assert "`f` was b:f, and would be a:f" in done.stdout


RENAMED = "diff --git a/m.py b/moved.py\nsimilarity index 100%\nrename from m.py\nrename to moved.py\n"


def test_a_new_name_that_was_given():
    """A patch that only moves a file may have been applied as well."""
    files = {"a.py": "X = 1\n", "moved.py": "from a import X\n", "pyproject.toml": ""}
    with tree(files) as t:
        done = t.loadstone("verify", "-", stdin=RENAMED)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 modules changed:")


def test_a_patch_of_other_files():
    """Where no file of a patch is in the project, nothing was proven; of documents alone there is nothing to prove."""
    strange = "--- a/cart.py\n+++ b/cart.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n"
    with tree({"a.py": "X = 1\n", "pyproject.toml": ""}) as t:
        lost = t.loadstone("verify", "-", stdin=strange)
        documents = t.loadstone("verify", "-", stdin=strange.replace("cart.py", "cart.md"))

    assert (lost.returncode, lost.stdout) == (2, "")
    assert "there is no a/cart.py in " in lost.stderr
    assert documents.stdout.startswith("0 modules changed")


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_revisions_of_git():
    """--git REV compares with the files as they are, --git A..B two revisions."""
    with tree({**BEFORE, "pyproject.toml": ""}) as t:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "one"]):
            subprocess.run(["git", *words], cwd=t.path, check=True, capture_output=True)
        t.write("m.py", "from b import *\nfrom a import *\n\nf(), g()\n")

        assert t.loadstone("verify", "--git", "HEAD").returncode == 1
        assert t.loadstone("verify", "--git", "HEAD..HEAD").returncode == 0
        assert t.loadstone("verify", "--git", "v9").returncode == 2


@pytest.mark.parametrize("words", [[], ["old"], ["--git", "HEAD", "-"], ["old", "nowhere"]])
def test_wrong_use(words):
    """What cannot be compared is exit code 2."""
    with tree({"old/a.py": ""}) as t:
        done = t.loadstone("verify", *words)

        assert (done.returncode, done.stdout) == (2, "")
