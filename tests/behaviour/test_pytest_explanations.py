"""The kinds of explanation below what pytest reports: one run for all of them, and for what only looks alike."""

from __future__ import annotations

import os
import re

import pytest

from loadstone.testing import tree

CHECKERS = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from hand_basket import Basket\n"
OPTIONAL = "try:\n    import yamml\nexcept ImportError:\n    yamml = None\n"

KINDS = {
    "misspelt": ({"test_it.py": "import jsn"}, "there is no module 'jsn'; there is 'json'"),
    "moved": (
        {"test_it.py": "from collections import Mapping"},
        "collections.Mapping is collections.abc.Mapping since Python 3.10",
    ),
    "distribution": ({"test_it.py": "import cv2"}, "opencv-python"),
    "circular_from": (
        {
            "test_it.py": "import hen",
            "hen.py": "from egg import shell\ndef feather(): ...",
            "egg.py": "from hen import feather\ndef shell(): ...",
        },
        "circular import: hen runs egg before it binds feather",
    ),
    "circular_attribute": (
        {
            "test_it.py": "import ring_one",
            "ring_one.py": "import ring_two\nGOLD = 1",
            "ring_two.py": "import ring_one\nring_one.GOLD",
        },
        "circular import: ring_one runs ring_two before it binds GOLD",
    ),
    "hidden": (
        {"test_it.py": "from colorsys import rgb_to_hsv", "colorsys.py": "RED = 1"},
        "colorsys.py hides the standard library's 'colorsys'",
    ),
    "hidden_part": (
        {
            "test_it.py": "import sys\nsys.path[1:1] = ['one', 'two']\nimport corp.bill",
            "../one/corp/__init__.py": "",
            "../two/corp/bill.py": "",
        },
        "makes corp a regular package",
    ),
    "off_the_path": (
        {"test_it.py": "import faraway", "src/faraway.py": ""},
        "'faraway' is off_the_path/src/faraway.py, but its folder, off_the_path/src, is not on the module path",
    ),
    "submodule": (
        {
            "test_it.py": "import wood\ndef test_it():\n    wood.oak",
            "wood/__init__.py": "",
            "wood/oak.py": "",
        },
        "wood.oak is a module of its own, and nothing has imported it",
    ),
    "swallowed": (
        {"test_it.py": f"{OPTIONAL}\ndef test_it():\n    yamml.load('x')"},
        "yamml is None, because `import yamml` failed",
    ),
    "checkers": (
        {"test_it.py": f"{CHECKERS}\ndef test_it():\n    Basket()", "hand_basket.py": "class Basket: ..."},
        "binds it under TYPE_CHECKING only",
    ),
    "all": (
        {"test_it.py": "from listed import *", "listed.py": "__all__ = ['total', 'rates']\ntotal = rate = 1"},
        "`__all__` of listed names 'rates', which listed does not have",
    ),
    "left_over": (
        {"test_it.py": "import removed\nremoved.act()", "removed/__pycache__/m.cpython-311.pyc": ""},
        "'removed' is only the folder",
    ),
    "no_package": (
        {"test_it.py": "import mailbag.letter", "mailbag.py": ""},
        "'mailbag' is the single file",
    ),
    "member": (
        {"test_it.py": "import datetime\ndef test_it():\n    datetime.now()"},
        "'datetime' is the module here; 'now' is in the class 'datetime' inside it",
    ),
    "unspelt": (
        {"test_it.py": "import my_report", "my-report.py": ""},
        "there is a file unspelt/my-report.py, with a hyphen in its name",
    ),
    "forgotten": ({"test_it.py": "def test_it():\n    json.dumps(1)"}, "nothing there imports it"),
    "relative": (
        {"test_it.py": "from .tools import act", "tools.py": ""},
        "imported as the top-level module 'test_relative'",
    ),
    "same_name": (
        {"one/test_same.py": "def test_a(): ...", "two/test_same.py": "def test_b(): ..."},
        "two test files are the module 'test_same' to Python",
    ),
}
"""For each: the files below a folder of its name, where ``test_it`` stands for a name of its own; what is said."""

LIKE = {
    "nothing_near": {"test_it.py": "import wholly_absent_and_unlike"},
    "only_said": {"test_it.py": "raise ImportError(\"cannot import name 'lods' from 'json'\")"},
    "blocked": {"test_it.py": "import sys\nsys.modules['decimel'] = None\nimport decimel"},
    "absent_name": {"test_it.py": "import iron\ndef test_it():\n    iron.granite", "iron/__init__.py": ""},
    "no_module": {"test_it.py": "def test_it():\n    ''.jion([])"},
    "none_of_its_own": {"test_it.py": "cache = None\ndef test_it():\n    cache.load('x')"},
    "undefined": {"test_it.py": "def test_it():\n    basket_of_nobody()"},
    "loop_that_works": {
        "test_it.py": "import sun\ndef test_it():\n    assert sun.moon.LIGHT == 2",
        "sun.py": "import moon\nLIGHT = 1",
        "moon.py": "import sun\nLIGHT = 1",
    },
    "own_class": {"test_it.py": "class datetime: ...\ndef test_it():\n    datetime.now()"},
    "list_of_names": {
        "test_it.py": "__all__ = ['rates']\nrate = 1\ndef test_it():\n    assert 'rate' in __all__"
    },
}
"""Failures that look alike, of which there is nothing to say."""


def laid_out(cases):
    """Return the files of all cases in one tree."""
    return {
        os.path.normpath(f"{case}/{path}").replace("_it.", f"_{case}."): text.replace(
            "test_it", f"test_{case}"
        )
        for case, files in cases.items()
        for path, text in files.items()
    }


@pytest.fixture(scope="module")
def reported():
    """Return what pytest says of each case in one run: {case: the text below its heading}."""
    with tree(laid_out({case: files for case, (files, _) in KINDS.items()} | LIKE)) as t:
        # No environments but this one: what else this machine has installed must not decide a test.
        alone = {"PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "HOME": str(t.path), "PATH": ""}
        quiet = (
            "-q",
            "--tb=short",
            "-p",
            "no:cacheprovider",
            "--rootdir=.",
            "--continue-on-collection-errors",
        )
        done = t.python("-m", "pytest", *quiet, "-p", "loadstone.pytest_plugin", env=alone)
    assert "Traceback (most recent call last)" not in done.stdout + done.stderr
    _, *parts = re.split(
        r"^_+ (?:ERROR collecting )?(\w+)\S* _+$",
        done.stdout.partition("= short test summary")[0],
        flags=re.MULTILINE,
    )
    return {head.removeprefix("test_"): body for head, body in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("case", KINDS)
def test_what_is_said(reported, case):
    """Below the failed collection or test stands a section with the explanation."""
    _, _, section = reported[case].partition("- loadstone -")

    assert KINDS[case][1] in section


@pytest.mark.parametrize("case", LIKE)
def test_nothing_is_said(reported, case):
    """The failure is reported as pytest alone reports it."""
    assert "loadstone" not in reported[case].replace("/loadstone-", "")
