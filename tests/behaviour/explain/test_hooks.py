"""The hooks: what is printed, when, and that nothing else changes."""

from __future__ import annotations

import io
import subprocess
import sys
import threading

import pytest

import loadstone
from loadstone.testing import tree

MEANT = "loadstone: there is no module 'jsn'; there is 'json', which is nearly the same\n"
INSTALL = "import loadstone\nloadstone.install()\n"


@pytest.fixture(autouse=True)
def _as_before():
    before = sys.excepthook, threading.excepthook
    yield
    loadstone.uninstall()
    sys.excepthook, threading.excepthook = before


def test_installed_in_plain_python():
    """The explanation stands below Python's own traceback, and the exit code stays."""
    with tree({"main.py": INSTALL + "print('out')\nimport jsn"}) as t:
        done = t.python("main.py")

        assert (done.returncode, done.stdout) == (1, "out\n")
        assert f"\nModuleNotFoundError: No module named 'jsn'\n{MEANT}" in done.stderr


def test_installed_twice():
    """Installing again changes nothing: the explanation is printed once."""
    with tree({"main.py": INSTALL * 3 + "import jsn"}) as t:
        assert t.python("main.py").stderr.count(MEANT) == 1


def test_in_a_thread():
    """An error that ends a thread is explained as well; the program goes on."""
    program = (
        "import threading\ndef f():\n    import jsn\nt = threading.Thread(target=f)\nt.start()\nt.join()\n"
    )
    with tree({"main.py": INSTALL + program + "print('on')"}) as t:
        done = t.python("main.py")

        assert (done.returncode, done.stdout, done.stderr.count(MEANT)) == (0, "on\n", 1)


@pytest.mark.parametrize(
    "way_out", ["raise SystemExit(3)", "raise KeyboardInterrupt", "import sys; sys.exit('bye')"]
)
def test_other_ways_out(way_out):
    """What is no failure ends the program as it always did."""
    with tree({"main.py": way_out, "hooked.py": INSTALL + way_out}) as t:
        plain, hooked = t.python("main.py"), t.python("hooked.py")

        assert plain.returncode == hooked.returncode
        assert plain.stderr.splitlines()[-1:] == hooked.stderr.splitlines()[-1:]


def test_previous_hook_comes_first(capsys):
    """The hook that was there before is called first, with what it was called with."""
    calls = []
    sys.excepthook = lambda *args: calls.append(args)
    loadstone.install()
    error = _failed("jsn")
    sys.excepthook(type(error), error, error.__traceback__)

    assert calls == [(type(error), error, error.__traceback__)]
    assert capsys.readouterr().err.startswith(MEANT)


def test_uninstall():
    """Uninstalling puts back what was there, in both places."""
    before = sys.excepthook, threading.excepthook
    loadstone.install()
    loadstone.uninstall()

    assert (sys.excepthook, threading.excepthook) == before


def test_uninstall_twice():
    """Uninstalling what is not installed does nothing."""
    before = sys.excepthook
    loadstone.uninstall()
    loadstone.uninstall()

    assert sys.excepthook is before


def test_uninstall_below_another_hook(capsys):
    """A hook that was put over ours stays, and still reaches the one below ours, without an explanation."""
    calls = []
    sys.excepthook = lambda *args: calls.append("below")
    loadstone.install()
    ours = sys.excepthook

    def above(*args):
        calls.append("above")
        ours(*args)

    sys.excepthook = above
    loadstone.uninstall()
    error = _failed("jsn")
    sys.excepthook(type(error), error, error.__traceback__)

    assert sys.excepthook is above
    assert calls == ["above", "below"]
    assert capsys.readouterr().err == ""


def test_install_again_below_another_hook(capsys):
    """Installed again after that, the explanation is printed once."""
    sys.excepthook = lambda *args: None
    loadstone.install()
    ours = sys.excepthook

    def above(*args):
        ours(*args)

    sys.excepthook = above
    loadstone.uninstall()
    loadstone.install()
    error = _failed("jsn")
    sys.excepthook(type(error), error, error.__traceback__)

    assert capsys.readouterr().err.count(MEANT) == 1


def test_fault_in_the_explainer():
    """An error inside the explainer is dropped; with LOADSTONE_DEBUG=1 it is shown."""
    fault = "from loadstone.explain import engine\nengine.ORDER = (lambda failure: 1 / 0,)\nimport jsn"
    with tree({"main.py": INSTALL + fault}) as t:
        quiet, shown = t.python("main.py"), t.python("main.py", env={"LOADSTONE_DEBUG": "1"})

        assert "ZeroDivisionError" not in quiet.stderr
        assert "ZeroDivisionError" in shown.stderr
        assert (quiet.returncode, shown.returncode) == (1, 1)


def test_without_standard_error():
    """A program without a standard error, or with a closed one, ends as before."""
    for loss in ("sys.stderr = None", "sys.stderr.close()"):
        with tree({"main.py": INSTALL + f"import sys\n{loss}\nimport jsn"}) as t:
            assert t.python("main.py").returncode == 1


def test_importing_changes_nothing():
    """Importing the package, and installing, imports nothing of the explainer and none of its needs."""
    program = (
        "import sys; before = set(sys.modules); import loadstone.explain; hook = sys.excepthook; "
        "after = set(sys.modules) - before - {'__future__'}; loadstone.install(); later = set(sys.modules) - before; "
        "print(sorted(after), hook is sys.__excepthook__, bool(later & {'ast', 'dataclasses', 're', 'json'}))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", _found() + program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "['loadstone', 'loadstone.explain'] True False\n"


def test_explaining_imports_nothing_of_the_users():
    """Explaining looks at the user's files, and imports none of them."""
    program = """
        import sys, loadstone
        try:
            import helprs
        except ImportError as error:
            explanation = loadstone.explain(error)
        print(explanation.facts["meant"], "helpers" in sys.modules)
    """
    with tree({"helpers.py": "print('executed')", "main.py": program}) as t:
        assert t.python("main.py").stdout == "helpers False\n"


def test_report_to_a_file():
    """`report` writes to any file, and says whether there was something to write."""
    file = io.StringIO()

    assert loadstone.explain.report(_failed("jsn"), file)
    assert file.getvalue().startswith(MEANT)
    assert not loadstone.explain.report(ValueError("no import"), file)


def test_colour_only_on_a_terminal(monkeypatch):
    """Colour is for terminals, and not for those who do not want it."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    plain, coloured, refused = io.StringIO(), Terminal(), Terminal()
    loadstone.explain.report(_failed("jsn"), plain)
    loadstone.explain.report(_failed("jsn"), coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    loadstone.explain.report(_failed("jsn"), refused)

    assert "\x1b[" in coloured.getvalue()
    assert "\x1b[" not in plain.getvalue() + refused.getvalue()


def test_explain_takes_an_exception():
    """Anything else than an exception is refused with a clear error."""
    with pytest.raises(TypeError, match="explain\\(\\) takes an exception, not str"):
        loadstone.explain("jsn")


def _failed(name: str) -> ImportError:
    try:
        __import__(name)
    except ImportError as error:
        return error
    raise AssertionError(name)


def _found() -> str:
    from pathlib import Path

    root = Path(loadstone.__file__).parents[1]
    return f"import sys; sys.path.insert(0, {str(root)!r}); "
