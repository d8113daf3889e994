"""Slips of the pen, names of Python 2, and what has been removed or has moved."""

from __future__ import annotations

import sys

import pytest

from loadstone.testing import tree


def test_module(explained, repaired):
    """A slip in a module's name: the one module that is nearly called that."""
    with tree({"main.py": "import jsn\nprint('fine')"}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last == "ModuleNotFoundError: No module named 'jsn'"
        assert "there is no module 'jsn'; there is 'json', which is nearly the same" in done.text
        assert t.python("main.py").stdout == "fine\n"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("import Json", "import json"),
        ("import xml.etre.ElementTree", "import xml.etree.ElementTree"),
        ("import helprs", "import helpers"),
        ("from Helpers import total", "from helpers import total"),
        ("from shop import databse", "from shop import database"),
        ("from shop.databse import X", "from shop.database import X"),
        ("from collections import Defaultdict", "from collections import defaultdict"),
        ("from helpers import totl", "from helpers import total"),
    ],
)
def test_slips(explained, repaired, wrong, right):
    """Modules, submodules, names, and the case of letters: the statement as it should be."""
    files = {
        "helpers.py": "def total(): pass",
        "shop/__init__.py": "",
        "shop/database.py": "X = 1",
        "main.py": wrong,
    }
    with tree(files) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert (done.kind, done.value["repair"]["say"]) == ("misspelt", f"write `{right}`")
        assert t.python("main.py").stderr == ""


def test_where_the_name_is_bound(explained):
    """The line that binds the name that was meant is shown."""
    with tree({"helpers.py": "import sys\n\ndef total(): pass", "main.py": "from helpers import totl"}) as t:
        assert "helpers.py:3  def total()               binds total" in explained(t, "main.py").text


def test_attribute(explained):
    """An attribute of a module, likewise."""
    with tree({"helpers.py": "def total(): pass", "main.py": "import helpers\nhelpers.totl()"}) as t:
        done = explained(t, "main.py")

        assert "helpers has no 'totl'; it has 'total', which is nearly the same" in done.text
        assert done.value["repair"]["say"] == "write `total` for `totl`"


def test_relative_import(explained, repaired):
    """A relative import keeps its dots."""
    files = {"shop/__init__.py": "", "shop/database.py": "X = 1", "shop/cart.py": "from .databse import X"}
    with tree(files) as t:
        done = explained(t, "-m", "shop.cart")
        repaired(done)

        assert done.value["repair"]["say"] == "write `from .database import X`"
        assert t.python("-m", "shop.cart").stderr == ""


def test_two_that_are_as_near(explained):
    """Two names that are equally near are no guess."""
    with tree({"helpers.py": "totals = total1 = 1", "main.py": "from helpers import total"}) as t:
        assert explained(t, "main.py").kind is None


def test_name_that_was_deleted(explained):
    """A similar name that the module has deleted is not there."""
    with tree({"helpers.py": "total = 1\ndel total", "main.py": "from helpers import totl"}) as t:
        assert explained(t, "main.py").kind is None


def test_module_that_has_not_the_name(explained):
    """A similar module without the name that is imported is not meant."""
    with tree({"helpers.py": "other = 1", "main.py": "from helprs import total"}) as t:
        assert explained(t, "main.py").kind is None


def test_name_in_a_module_of_the_package(explained, repaired):
    """A name that a package does not have itself, and one of its modules has."""
    files = {
        "shop/__init__.py": "",
        "shop/cart.py": "class Cart: pass",
        "main.py": "from shop import Cart as C",
    }
    with tree({**files, "shop/other.py": "from shop.cart import Cart"}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.text == (
            "loadstone: shop has no 'Cart' itself; its module shop.cart has\n"
            "  main.py:1       from shop import Cart as C\n"
            "  shop/cart.py:1  class Cart                  binds Cart\n"
            "  repair: write `from shop.cart import Cart as C`"
        )
        assert t.python("main.py").stderr == ""


def test_name_in_several_modules_of_the_package(explained):
    """A name that two modules define is no guess."""
    files = {"shop/__init__.py": "", "shop/one.py": "class Cart: pass", "shop/two.py": "class Cart: pass"}
    with tree({**files, "main.py": "from shop import Cart"}) as t:
        assert explained(t, "main.py").kind is None


def test_attribute_of_an_ordinary_object(explained):
    """An attribute of something else than a module is no matter of imports."""
    with tree({"main.py": "'text'.uper()"}) as t:
        done = explained(t, "main.py")

        assert done.last.startswith("AttributeError: 'str' object has no attribute 'uper'")
        assert done.kind is None


def test_script_itself(explained):
    """The program's own file is not what it meant to import."""
    with tree({"flasky.py": "import flask1"}) as t:
        assert explained(t, "flasky.py").kind is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import ConfigParser", "import configparser as ConfigParser"),
        ("import Queue as Q", "import queue as Q"),
        ("from StringIO import StringIO", "from io import StringIO"),
        ("import urllib2", "import urllib.request as urllib2"),
        ("from urlparse import urljoin", "from urllib.parse import urljoin"),
        ("from HTMLParser import HTMLParser as P", "from html.parser import HTMLParser as P"),
    ],
)
def test_python_2_module(explained, repaired, old, new):
    """A module by its Python 2 name: the statement for Python 3, which leaves the rest of the file as it is."""
    with tree({"main.py": old}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert (done.kind, done.value["repair"]["say"]) == ("python-2-name", f"write `{new}`")
        assert t.python("main.py").stderr == ""


def test_python_2_module_without_the_name(explained):
    """A name that the Python 3 module has not is not promised to be there."""
    with tree({"main.py": "from urllib2 import splitattr2"}) as t:
        assert explained(t, "main.py").value["repair"]["say"] == "look for it in urllib.request"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="still there")
def test_removed_module(explained):
    """A module that was removed: since when, and what does its work."""
    with tree({"main.py": "import imp", "setup.py": "from distutils.core import setup"}) as t:
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'imp'"
        assert "'imp' was removed from the standard library in Python 3.12; this is 3." in done.text
        assert done.value["repair"]["say"] == "use importlib"
        assert explained(t, "setup.py").value["repair"]["run"] == "python -m pip install setuptools"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="removed by then")
def test_module_that_is_not_removed_yet(explained):
    """Before that, the module imports, and nothing is said."""
    with tree({"main.py": "import asyncore"}) as t:
        assert explained(t, "main.py").code == 0


@pytest.mark.skipif(sys.version_info < (3, 13), reason="still there")
def test_removed_submodule(explained):
    """typing.io never was a real submodule; what it held is in typing."""
    with tree({"main.py": "from typing.io import TextIO"}) as t:
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'typing.io'; 'typing' is not a package"
        assert (done.kind, done.value["facts"]["use"]) == ("removed-module", "typing")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from collections import Mapping", "from collections.abc import Mapping"),
        (
            "from collections import Mapping as M, deque",
            "from collections import deque; from collections.abc import Mapping as M",
        ),
        ("from fractions import gcd", "from math import gcd"),
        ("from itertools import izip", "izip = zip"),
        ("from time import clock", "from time import perf_counter as clock"),
    ],
)
def test_moved_name(explained, repaired, old, new):
    """A name of the standard library that has moved: the import that brings it, under the name it had."""
    with tree({"main.py": old}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert (done.kind, done.value["repair"]["say"]) == ("moved-name", f"write `{new}`")
        assert t.python("main.py").stderr == ""


def test_moved_attribute(explained):
    """The same, asked of the module as an attribute."""
    with tree({"main.py": "import collections\ncollections.Mapping"}) as t:
        done = explained(t, "main.py")

        assert "collections.Mapping is collections.abc.Mapping since Python 3.10" in done.text
        assert (
            done.value["repair"]["say"] == "write `collections.abc.Mapping`, after `import collections.abc`"
        )


def test_own_module_with_the_name_of_a_standard_one(explained):
    """What has moved in the standard library has not moved in a module of one's own."""
    with tree(
        {"shop/__init__.py": "", "shop/collections.py": "", "main.py": "from shop.collections import Mapping"}
    ) as t:
        assert explained(t, "main.py").kind is None
