"""What a space shares, with whom, and what it is denied."""

import json
import sys

import pytest

from loadstone import Space
from loadstone.errors import BadSharing, ModuleDenied
from loadstone.testing import tree

API = """
class Report:
    pass
"""


@pytest.fixture
def host_path(monkeypatch):
    """Return a function that puts a folder on the host's path; its modules are forgotten at the end."""
    before = set(sys.modules)

    def add(folder):
        monkeypatch.syspath_prepend(str(folder))

    yield add
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in ("app_api", "ns"):
            del sys.modules[name]


def test_what_is_not_shared_is_private(host_path):
    """A package that the host has is loaded again in a space that has it on its path."""
    with tree({"app_api.py": API}) as t:
        host_path(t.path)
        import app_api

        assert t.space().import_module("app_api").Report is not app_api.Report


def test_share_gives_the_module_of_the_host(host_path):
    """With share the class is the same on both sides, by every form of the statement."""
    files = {
        "host/app_api/__init__.py": API,
        "host/app_api/more.py": "X = object()",
        "space/plugin.py": """
            import app_api, app_api.more
            import app_api.more as more
            from app_api import Report
            from app_api.more import X
            def later():
                from app_api import Report
                return Report
            """,
    }
    with tree(files) as t:
        host_path(t.path / "host")
        plugin = Space("s", [t / "space"], share=["app_api"]).import_module("plugin")
        import app_api.more

        assert plugin.Report is plugin.later() is app_api.Report
        assert plugin.app_api is app_api
        assert plugin.more is app_api.more
        assert plugin.X is app_api.more.X


def test_a_shared_module_that_the_host_lacks_is_not_looked_for_in_the_space():
    """A name is wholly of one side: a file on the space's path does not stand in for the host's."""
    with tree({"app_api.py": API}) as t:
        with pytest.raises(ModuleNotFoundError, match="No module named 'app_api'"):
            t.space(share=["app_api"]).import_module("app_api")


def test_a_space_is_given_modules_of_another():
    """share={"api": other} gives the other's module; its own imports stay in the other."""
    files = {
        "one/api/__init__.py": "from . import inner\nimport helper\n",
        "one/api/inner.py": "X = object()",
        "one/helper.py": "WHO = 'one'",
        "two/helper.py": "WHO = 'two'",
        "two/user.py": """
            import helper
            import api.inner as inner
            from api.inner import X
            from api import helper as theirs
            """,
    }
    with tree(files) as t:
        one = Space("one", [t / "one"])
        user = Space("two", [t / "two"], share={"api": one}).import_module("user")

        assert user.inner is one.modules["api.inner"]
        assert user.X is one.modules["api.inner"].X
        assert (user.helper.WHO, user.theirs.WHO) == ("two", "one")


@pytest.mark.parametrize(
    "statement",
    ["import socket", "from socket import socket", "import socket as s", "import email.policy, socket"],
)
def test_a_denied_module_says_by_which_rule(statement):
    """Deny forbids a name, of the standard library too; the error names the space and the rule."""
    with tree({"m.py": statement}) as t:
        with pytest.raises(ModuleDenied) as caught:
            t.space(deny=["socket"]).import_module("m")

        assert str(caught.value) == "space 'test' may not import 'socket': deny names 'socket'"
        assert isinstance(caught.value, ImportError)
        assert not isinstance(caught.value, ModuleNotFoundError)


def test_what_is_denied_here_is_not_denied_there():
    """The host's modules go on importing what a space may not, on behalf of the space too."""
    space = Space("s", deny=["decimal"])

    assert space.import_module("statistics").Decimal.__name__ == "Decimal"
    with pytest.raises(ModuleDenied):
        space.import_module("decimal")


def test_deny_covers_submodules_and_private_modules():
    """A rule about a name is a rule about all below it, wherever it would come from."""
    with tree({"shop/__init__.py": "", "shop/cart.py": ""}) as t:
        space = t.space(deny=["shop"])
        for name in ("shop", "shop.cart"):
            with pytest.raises(ModuleDenied):
                space.import_module(name)


def test_a_namespace_package_is_of_one_side(host_path):
    """Portions in the host and in the space do not mix: without share the space's, with share the host's."""
    with tree({"host/ns/left.py": "", "space/ns/right.py": ""}) as t:
        host_path(t.path / "host")
        private = Space("private", [t / "space"])
        shared = Space("shared", [t / "space"], share=["ns"])

        assert private.import_module("ns.right")
        assert shared.import_module("ns.left") is sys.modules["ns.left"]
        with pytest.raises(ModuleNotFoundError):
            private.import_module("ns.left")
        with pytest.raises(ModuleNotFoundError):
            shared.import_module("ns.right")


def test_find_spec_knows_what_is_shared():
    """`importlib.util.find_spec` in a space answers for shared modules as an import would."""
    with tree(
        {"m.py": "from importlib.util import find_spec\njson, none = find_spec('json'), find_spec('no_such')"}
    ) as t:
        space = t.space(deny=["socket"])
        m = space.import_module("m")

        assert m.json.origin == json.__file__
        assert m.none is None
        with pytest.raises(ModuleDenied):
            space.find_spec("socket")


def test_rules_that_cannot_be_obeyed_are_all_reported():
    """Each problem of share and deny is a sentence of one error."""
    with pytest.raises(BadSharing) as caught:
        Space("s", share=["a.b", "x", "sys"], deny=["x", "not a name"])

    assert str(caught.value) == (
        "space 's': share takes top-level names, and 'a.b' has a dot: write 'a'; "
        "share cannot name 'sys': every space has its own; "
        "deny takes names of modules, and 'not a name' is none; "
        "'x' stands in share and in deny: take it out of one"
    )


def test_a_single_name_is_not_a_list_of_letters():
    """share="api" is told apart from share=["api"]."""
    with pytest.raises(TypeError, match=r"write share=\['api'\]"):
        Space("s", share="api")


def test_each_decision_has_its_reason():
    """The policy says of every name who decides it, and why."""
    data = Space("data")
    sharing = Space("s", share={"api": data}, deny=["socket"])._importer.sharing

    assert [sharing.reason(name)[0] for name in ("socket", "api.x", "json", "sys", "other")] == [
        "denied", "given", "shared", "facade", "private",
    ]  # fmt: skip
    assert sharing.reason("api.x")[1] == "share names 'api': it is 'data''s"
