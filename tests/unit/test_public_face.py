"""What `import loadstone` is, and what it does not do."""

import json
import subprocess
import sys

import loadstone

PROBE = """
import json, sys, threading
before = {"meta_path": [repr(f) for f in sys.meta_path], "path": list(sys.path), "hooks": len(sys.path_hooks),
          "import": repr(__import__), "excepthook": repr(sys.excepthook)}
import loadstone
loadstone.Space
after = {"meta_path": [repr(f) for f in sys.meta_path], "path": list(sys.path), "hooks": len(sys.path_hooks),
         "import": repr(__import__), "excepthook": repr(sys.excepthook)}


print(json.dumps({"same": before == after, "threads": len(threading.enumerate())}))
"""


def run(code, *flags):
    done = subprocess.run([sys.executable, *flags, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_every_public_name_is_there():
    """Each name of __all__ can be taken from the package, and dir() lists it."""
    assert all(getattr(loadstone, name) is not None for name in loadstone.__all__)
    assert set(loadstone.__all__) <= set(dir(loadstone))


def test_an_unknown_name_is_an_attribute_error():
    """A misspelt name fails as it does on any module."""
    try:
        loadstone.Spaec  # noqa: B018
    except AttributeError as error:
        message = str(error)

    assert message == "module 'loadstone' has no attribute 'Spaec'"


def test_importing_changes_nothing():
    """No finder, path entry, hook or thread appears when the package and its Space are imported."""
    found = json.loads(run(PROBE))

    assert found == {"same": True, "threads": 1}


def test_a_space_costs_no_heavy_import():
    """`loadstone.Space` brings none of the standard library's slow modules."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "import loadstone; loadstone.Space('x')\n"
        "print(*(set(sys.modules) - before))"
    )
    brought = set(run(code).split())

    assert not brought & {
        "dataclasses",
        "typing",
        "argparse",
        "ast",
        "inspect",
        "enum",
        "re",
        "json",
        "collections",
    }


def test_explain_is_a_function_and_a_package():
    """The package `loadstone.explain` can be called, whichever of its modules was imported first."""
    code = (
        "import loadstone.explain.explanation, loadstone\n"
        "from loadstone import explain\n"
        "print(explain is loadstone.explain, explain(ValueError('x')))"
    )

    assert run(code) == "True None\n"
