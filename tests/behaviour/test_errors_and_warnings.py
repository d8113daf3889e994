"""The errors and warnings of an import: type, text, fields, and the line that a warning points at."""

from __future__ import annotations

import sys

import pytest

from loadstone.testing import tree


@pytest.mark.parametrize(
    ("statement", "kind", "text"),
    [
        ("from . import x", "ImportError", "attempted relative import with no known parent package"),
        ("from .. import x", "ImportError", "attempted relative import with no known parent package"),
        ("from .sub import x", "ImportError", "attempted relative import with no known parent package"),
        ("__import__('')", "ValueError", "Empty module name"),
        ("__import__(5)", "TypeError", "module name must be a string"),
        ("__import__('a', level=-1)", "ValueError", "level must be >= 0"),
        ("__import__('a', {}, level=1)", "KeyError", "\"'__name__' not in globals\""),
        ("__import__('a', level=1)", "KeyError", "\"'__name__' not in globals\""),
        ("__import__('a', 5, level=1)", "TypeError", "globals must be a dict"),
        ("__import__('a', {'__package__': 5}, level=1)", "TypeError", "package must be a string"),
        ("__import__('a..b')", "ModuleNotFoundError", "No module named 'a.'; 'a' is not a package"),
        ("__import__('.a')", "ValueError", "Empty module name"),
        ("import importlib; importlib.import_module('')", "ValueError", "Empty module name"),
        (
            "import importlib; importlib.import_module('.x', 'nowhere')",
            "ModuleNotFoundError",
            "No module named 'nowhere'",
        ),
        (
            "import importlib; importlib.import_module('..x', 'a')",
            "ImportError",
            "attempted relative import beyond top-level package",
        ),
        (
            "import importlib; importlib.import_module('.x')",
            "TypeError",
            "the 'package' argument is required to perform a relative import for '.x'",
        ),
    ],
)
def test_misuse(same, statement, kind, text):
    """A statement or call that cannot mean a module fails with CPython's type and words."""
    with tree({"a.py": "", "main.py": statement}) as t:
        error = same(t, "import main")["error"]

        assert (error["type"], error["text"]) == (kind, text)


def test_beyond_the_top(same):
    """More dots than packages are an error that names no module."""
    with tree({"p/__init__.py": "", "p/a.py": "from ... import x"}) as t:
        error = same(t, "import p.a")["error"]

        assert error["text"] == "attempted relative import beyond top-level package"


def test_fields_of_a_missing_module(same):
    """The error of a missing module has its full name, wherever in the chain it went missing."""
    with tree({"p/__init__.py": "", "main.py": "import p.q.r"}) as t:
        error = same(t, "import main")["error"]

        assert (error["type"], error["fields"]["name"], error["fields"]["path"]) == (
            "ModuleNotFoundError",
            "'p.q'",
            "None",
        )


def test_fields_of_a_missing_name(same):
    """The error of a missing name has module, path and, since 3.12, the name."""
    with tree({"a.py": "", "main.py": "from a import b"}) as t:
        fields = same(t, "import main")["error"]["fields"]

        assert (fields["name"], fields["path"]) == ("'a'", "'/a.py'")
        assert fields["name_from"] == ("'b'" if sys.version_info >= (3, 12) else "None")


def test_syntax_error(same):
    """A syntax error keeps its file, line, column and text."""
    with tree({"a.py": "x = 1\ny = (2,\n", "main.py": "import a"}) as t:
        error = same(t, "import main")["error"]

        assert (error["type"], error["text"]) == ("SyntaxError", "'(' was never closed (a.py, line 2)")
        assert (error["fields"]["lineno"], error["fields"]["offset"], error["fields"]["filename"]) == (
            "2",
            "5",
            "'/a.py'",
        )


@pytest.mark.parametrize(
    ("stacklevel", "place"),
    [(1, "/old.py:2"), (2, "/main.py:1"), (3, "/above.py:1")],
)
def test_a_module_that_warns_points_at_its_importer(same, stacklevel, place):
    """``warnings.warn(stacklevel=2)`` in a module points at the import statement, 3 at the one above."""
    with tree(
        {
            "old.py": f"import warnings\nwarnings.warn('gone soon', DeprecationWarning, stacklevel={stacklevel})",
            "main.py": "import old",
            "above.py": "import main",
        }
    ) as t:
        warnings = same(t, "import above")["warnings"]

        assert warnings == [f"{place}: DeprecationWarning: gone soon"]


def test_a_function_that_warns_points_at_its_caller(same):
    """A deprecated function that is called at import warns about the line of the call."""
    with tree(
        {
            "lib.py": "import warnings\ndef old(): warnings.warn('old()', FutureWarning, stacklevel=2)",
            "main.py": "import lib\n\nlib.old()",
        }
    ) as t:
        assert same(t, "import main")["warnings"] == ["/main.py:3: FutureWarning: old()"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ("__package__ = 'q'", "__package__ != __spec__.parent"),
        (
            "__package__ = __spec__ = None",
            "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
        ),
        (
            "del __package__, __spec__",
            "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
        ),
    ],
)
def test_a_module_that_lies_about_its_package(same, change, text):
    """A relative import in a module whose attributes contradict each other warns at the statement."""
    with tree(
        {"p/__init__.py": "", "q/__init__.py": "x = 1", "p/x.py": "", "p/a.py": f"{change}\nfrom . import x"}
    ) as t:
        warnings = same(t, "import p.a, q")["warnings"]

        assert len(warnings) == 1
        assert warnings[0].startswith("/p/a.py:2: ")
        assert warnings[0].endswith(text)


def test_a_warning_that_is_an_error(same):
    """A warning that a filter turns into an error leaves through the statement, and the module is not kept."""
    with tree(
        {
            "old.py": "import warnings\nwarnings.warn('gone')",
            "main.py": """
                import sys, warnings
                warnings.simplefilter('error')
                try:
                    import old
                except UserWarning as e:
                    got = str(e), 'old' in sys.modules
            """,
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == "('gone', False)"


@pytest.mark.parametrize(
    "error", ["KeyboardInterrupt()", "SystemExit(3)", "GeneratorExit()", "MemoryError('m')"]
)
def test_any_exception_undoes_the_import(same, error):
    """Whatever leaves a module while it is executed, it is not kept, and its parent has no such attribute."""
    with tree(
        {
            "p/__init__.py": "",
            "p/a.py": f"raise {error}",
            "main.py": "import sys, p\ntry:\n    import p.a\nexcept BaseException as e:\n"
            "    got = type(e).__name__, 'p.a' in sys.modules, hasattr(p, 'a')",
        }
    ) as t:
        assert same(t, "import main")["modules"]["main"]["got"] == repr(
            (error.partition("(")[0], False, False)
        )


def test_a_module_that_removes_itself(same):
    """A module that is not in ``sys.modules`` any more when it ends is a KeyError, as in Python."""
    with tree({"a.py": "import sys\ndel sys.modules[__name__]", "main.py": "import a"}) as t:
        error = same(t, "import main")["error"]

        assert (error["type"], error["text"]) == ("KeyError", "'a'")


def test_an_import_error_of_the_modules_own(same):
    """An ImportError that a module raises itself passes through, cause and context included."""
    with tree(
        {
            "a.py": """
                try:
                    import fast
                except ImportError as e:
                    raise ImportError('needs fast', name='fast') from e
            """,
            "main.py": "import a",
        }
    ) as t:
        error = same(t, "import main")["error"]

        assert (error["text"], error["cause"]["text"]) == ("needs fast", "No module named 'fast'")
