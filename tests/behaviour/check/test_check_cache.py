"""A check that remembers says what a check that reads everything says: at once, and after every edit."""

from __future__ import annotations

import json
import os
import random
import time

from loadstone.check import Settings, check
from loadstone.source.store import Store
from loadstone.source.tree import find_project
from loadstone.testing import tree

SHOP = {
    "shop/__init__.py": "from shop.cart import *\nfrom shop.bill import *\n\nprint(total)\n",
    "shop/cart.py": "import shop.money\nfrom shop.money import VAT\n\ndef total(): return VAT\n",
    "shop/bill.py": "def total(): ...\ndef pay():\n    import nowhere\n    from shop.money import VTA\n",
    "shop/money.py": "VAT = 0.19\nRATE: float = 1\n",
    "run.py": "import xml\n\nxml.etree.ElementTree\n",
}
EDITS = [
    ("shop/money.py", "VTA = 1\nVAT = 2\n"),
    ("shop/bill.py", "# a line more\n\ndef total(): ...\n"),
    ("shop/cart.py", "from shop import pay\n__all__ = ['total', 'gone']\n\ndef total(): ...\n"),
    ("shop/bill.py", "import shop.cart\nx = shop.cart.total\ndef pay(: ...\n"),
    ("shop/bill.py", "import shop.cart\nx = shop.cart.total\ndef pay(): ...\n"),
    ("random.py", "import this_is_not_there\n"),
    ("shop/tools/late.py", "from shop.money import *\n"),
    ("shop/money.py", None),
    (".gitignore", "shop/tools\n"),
    ("pyproject.toml", "[tool.loadstone.check]\nignore = ['star']\n"),
    ("run.py", "import xml.etree.ElementTree  # loadstone: ignore\n"),
]


def command(t, *args):
    done = t.loadstone("check", "--format", "json", *args)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_remembered_is_read_anew_after_every_edit():
    """After each of many edits the command with its cache and without it print the same."""
    with tree(SHOP) as t:
        for path, text in [("run.py", SHOP["run.py"]), *EDITS]:
            if text is None:
                os.remove(t.path / path)
            else:
                t.write(path, text)
            fresh = command(t, "--no-cache")
            assert command(t) == fresh
        assert command(t) == fresh


def test_an_edit_within_the_clocks_step():
    """A file that is written twice at one time, with the same length, is read twice."""
    late = (
        time.time_ns() + 3_600_000_000_000
    )  # in the future, so that it is young however slow the machine is
    with tree({"m.py": "import nowhere_a\n"}) as t:
        os.utime(t.path / "m.py", ns=(late, late))
        first = command(t)
        t.write("m.py", "import nowhere_b\n")
        os.utime(t.path / "m.py", ns=(late, late))

        assert command(t) != first
        assert command(t) == command(t, "--no-cache")


def test_random_projects_after_random_edits():
    """Summaries from the store lead to the findings that the files themselves lead to."""
    chance = random.Random(7)
    lines = [
        "from {m} import *", "from {m} import {n}", "import {m}", "{n} = 1", "def {n}(): return {o}",
        "__all__ = ['{n}']", "del {n}", "{m}.{n}", "if {n}:\n    from {m} import {o} as {n}",
    ]  # fmt: skip

    def text():
        fields = (
            {"m": f"m{chance.randrange(5)}", "n": chance.choice("abc"), "o": chance.choice("abc")}
            for _ in "12345"
        )
        return "\n".join(chance.choice(lines).format(**one) for one in fields) + "\n"

    with tree({}) as t:
        for _ in range(25):
            t.write(f"m{chance.randrange(5)}.py", text())
            with Store(str(t.path / "cache" / "c.sqlite")) as store:
                kept = check(find_project([str(t.path)], root=str(t.path), store=store), Settings())
            assert kept == check(find_project([str(t.path)], root=str(t.path)), Settings())


def test_nothing_is_written_into_the_project():
    """The cache is the user's: a check leaves the project as it was."""
    with tree(SHOP) as t:
        before = sorted(os.listdir(t.path))
        command(t)

        assert sorted(os.listdir(t.path)) == before


def test_a_cache_of_anything_is_no_matter():
    """Whatever is in the file of the cache, the check says what it says without it."""
    with tree({**SHOP, "cache/": ""}) as t:
        env = {"LOADSTONE_CACHE": str(t.path / "cache")}
        fresh = t.loadstone("check", "run.py", env=env).stdout
        (file,) = (t.path / "cache").iterdir()
        for content in (b"", b"x" * 9000, file.read_bytes()[:6000]):
            file.write_bytes(content)
            done = t.loadstone("check", "run.py", env=env)
            assert (done.stdout, done.stderr) == (fresh, "")
