"""``loadstone why NAME --space S``: who decides about an import in a space."""

import json
import sysconfig

import pytest

from loadstone.testing import tree

PYPROJECT = """
    [tool.loadstone.spaces.left]
    path = ["left"]
    [tool.loadstone.spaces.right]
    path = ["right"]
    share = { app_api = "host", api = "left" }
    deny = ["socket"]
    imports-from = ["left"]
    """

FILES = {
    "pyproject.toml": PYPROJECT,
    "app_api.py": "",
    "left/api.py": "raise SystemExit('why runs nothing')",
    "right/own.py": "",
    f"right/fast{sysconfig.get_config_var('EXT_SUFFIX')}": b"",
    f"right/both{sysconfig.get_config_var('EXT_SUFFIX')}": b"",
    "right/both.py": "",
}


@pytest.mark.parametrize(
    ("name", "decisions"),
    [
        ("own", [("space right", "private"), ("PathFinder", "used"), ("from C", "guard")]),
        ("fast", [("space right", "private"), ("PathFinder", "used"), ("from C", "guard"), ("at its start", "window")]),
        ("both", [("space right", "private"), ("PathFinder", "used"), ("source", "used"), ("from C", "guard")]),
        ("api", [("space right", "given"), ("space left", "private"), ("PathFinder", "used"), ("from C", "guard")]),
        ("loadstone.spaces.left.api", [("space right", "given"), ("space left", "private"), ("PathFinder", "used")]),
        ("loadstone.spaces.other.api", [("space right", "denied")]),
        ("socket", [("space right", "denied")]),
        ("app_api", [("space right", "given"), ("sys.modules", "nothing")]),
        ("statistics", [("space right", "shared"), ("sys.modules", "nothing")]),
        ("pickle", [("space right", "graft"), ("sys.modules", "nothing")]),
        ("sys", [("space right", "facade"), ("sys.modules", "used")]),
    ],
)  # fmt: skip
def test_the_first_step_says_who_decides(name, decisions):
    """Then come the finders of the side that has the module, and how C code comes to it."""
    with tree(FILES) as t:
        done = t.loadstone("why", name, "--space", "right", "--format", "json")
        steps = [(step["where"], step["outcome"]) for step in json.loads(done.stdout)["steps"]]

    assert steps[: len(decisions)] == decisions
    assert done.returncode == (1 if decisions[0][1] == "denied" else 0)


def test_as_text():
    """The reason stands beside the decision."""
    with tree(FILES) as t:
        done = t.loadstone("why", "socket", "--space", "right")
        unknown = t.loadstone("why", "socket", "--space", "rigth")

    assert done.stdout == "socket: not found\n  space right  denied  deny names 'socket'\n"
    assert unknown.stderr.endswith("declares left, right; did you mean right?\n")


OWN_PRICE = "own:price --space right"


@pytest.mark.parametrize(
    ("question", "said", "status"),
    [
        ("own:price", "own:price: a function, parts:price", 0),
        ("own:prise", "own:prise: no such name; did you mean price?", 1),
        ("api:cost", "api:cost: a variable, api:cost", 0),
        ("json:loads", "json:loads: a function, json:loads", 0),
        ("socket:socket", "socket: not found", 1),
        ("onw", "onw: not found; did you mean own?", 1),
        ("own.price", "own.price: not found; price is a name in own, no module: loadstone why " + OWN_PRICE, 1),
        ("app.py:1:own", "loadstone why: a space is asked for MODULE or MODULE:NAME, not 'app.py:1:own'", 2),
    ],
)  # fmt: skip
def test_a_name_in_a_space_and_what_was_meant(question, said, status):
    """A name of a module is looked up on the side that has the module; a typo is met as it is in the program."""
    files = {"right/own.py": "from parts import price\n", "right/parts.py": "def price():\n    pass\n"}
    with tree({**FILES, **files, "left/api.py": "cost = 1\n"}) as t:
        done = t.loadstone("why", question, "--space", "right")

    assert (done.stdout + done.stderr).splitlines()[0] == said
    assert done.returncode == status


def test_a_space_itself_is_no_module():
    """What was named says what may be asked instead."""
    with tree(FILES) as t:
        done = t.loadstone("why", "loadstone.spaces.left")

    assert (
        done.stderr
        == "loadstone why: 'left' is a space: ask for a module of it, or loadstone space list left\n"
    )
