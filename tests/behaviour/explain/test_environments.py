"""Modules installed for another environment, and compiled modules that cannot be loaded here."""

from __future__ import annotations

import json  # noqa: F401 - it loads the compiled module _json
import sys
import sysconfig

import pytest

from loadstone.explain.failure import Failure
from loadstone.explain.files import Files
from loadstone.explain.kinds.broken_extension import explain
from loadstone.explain.state import State
from loadstone.testing import tree

LIB = "lib/python3.9/site-packages"
METADATA = "Metadata-Version: 2.1\nName: PyThing\nVersion: 1.2\n\nA thing."


def environment(prefix: str, **files: str) -> dict[str, str]:
    """Return the files of a virtual environment that has PyThing, whose module is `thing`."""
    base = {
        "pyvenv.cfg": "version = 3.9.1",
        "bin/python": "#!/bin/sh\necho other python",
        f"{LIB}/thing/__init__.py": "",
        f"{LIB}/pything-1.2.dist-info/METADATA": METADATA,
        f"{LIB}/pything-1.2.dist-info/RECORD": "thing/__init__.py,,\n",
    }
    return {f"{prefix}/{path}": text for path, text in {**base, **files}.items()}


def test_virtual_environment_beside(explained):
    """A module of the project's own environment, which is not the one that runs."""
    with tree({**environment(".venv"), "main.py": "import thing"}) as t:
        (t / ".venv/bin/python").chmod(0o755)
        done = explained(t, "main.py")

        assert done.last == "ModuleNotFoundError: No module named 'thing'"
        assert done.text == (
            "loadstone: 'thing' is not installed for this Python, but for another: PyThing 1.2 in .venv\n"
            f"  {sys.executable} runs this program (Python {sys.version_info[0]}.{sys.version_info[1]})\n"
            f"  .venv/{LIB}/thing/__init__.py  has it (virtual environment, Python 3.9)\n"
            "  repair: run the program with that environment:\n"
            "      .venv/bin/python main.py\n"
            "  or: install it for this one:\n"
            "      python -m pip install PyThing"
        )


def test_environment_above(explained):
    """An environment in a folder above is found as well; one without an interpreter cannot be used."""
    with tree({**environment("venv"), "app/main.py": "import thing"}) as t:
        (t / "venv/bin/python").unlink()
        done = explained(t, "app/main.py")

        assert [repair["run"] for repair in done.value["repairs"]] == ["python -m pip install PyThing"]


def test_active_environment(explained):
    """An environment that is active, while another Python runs."""
    with tree({**environment("elsewhere/deep/env"), "main.py": "import thing"}) as t:
        done = explained(t, "main.py", env={"VIRTUAL_ENV": str(t / "elsewhere/deep/env")})

        assert done.value["facts"]["environment"] == str(t / "elsewhere/deep/env")


def test_user_site(explained):
    """The user's own folder, when this Python does not look there."""
    files = {f"home/.local/{LIB}/thing.py": "", "main.py": "import thing"}
    with tree(files) as t:
        done = explained(t, "main.py", env={"HOME": str(t / "home")})

        assert done.kind == "other-environment"
        assert [repair["run"] for repair in done.value["repairs"]] == ["python -m pip install thing"]


def test_environment_without_the_module(explained):
    """An environment that has it not either says nothing."""
    with tree({**environment(".venv"), "main.py": "import thang"}) as t:
        assert explained(t, "main.py").kind is None


def test_environment_without_the_submodule(explained):
    """Nor does one that has the package without the submodule."""
    with tree({**environment(".venv"), "main.py": "import thing.absent"}) as t:
        assert explained(t, "main.py").kind is None


def test_compiled_for_another_python(explained):
    """A compiled module for another version is there, and no import even looks at it."""
    with tree({"fastm.cpython-39-x86_64-linux-gnu.so": b"\x7fELF", "main.py": "import fastm"}) as t:
        done = explained(t, "main.py")
        mine = f"CPython {sys.version_info[0]}.{sys.version_info[1]}"

        assert done.last == "ModuleNotFoundError: No module named 'fastm'"
        assert (
            "'fastm' is there, but fastm.cpython-39-x86_64-linux-gnu.so is built for CPython 3.9, "
            f"and this is {mine}\n"
        ) in done.text
        assert f"this Python loads fastm{sysconfig.get_config_var('EXT_SUFFIX')} or" in done.text


def test_compiled_inside_a_package(explained):
    """The same for a submodule, with the command that installs its distribution again."""
    files = {
        "site-packages/fast/__init__.py": "from fast import _speed",
        "site-packages/fast/_speed.cp39-win_amd64.pyd": b"MZ",
        "site-packages/fast-2.0.dist-info/METADATA": "Name: fast\nVersion: 2.0\n",
        "site-packages/fast-2.0.dist-info/RECORD": "fast/__init__.py,,\nfast/_speed.cp39-win_amd64.pyd,,\n",
        "main.py": "import fast._speed",
    }
    with tree({**files, "site-packages/fast/__init__.py": ""}) as t:
        done = explained(t, "main.py", path=["site-packages"])

        assert done.kind == "foreign-extension"
        assert done.value["repair"]["run"] == "python -m pip install --force-reinstall --no-deps fast==2.0"


def test_other_files_of_that_name(explained):
    """A shared library that says nothing of Python in its name is no module for another Python."""
    with tree({"fastm.x.so": b"\x7fELF", "fastm.txt": "", "main.py": "import fastm"}) as t:
        assert explained(t, "main.py").kind is None


@pytest.mark.skipif(sys.platform != "linux", reason="the first bytes of a library differ elsewhere")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty (0 bytes)"),
        (b"\x7fELF\x02\x01", "is cut off: it has only 6 bytes"),
        (b"version https://git-lfs.github.com/spec/v1\n" * 3, "is no library at all: it begins with b'vers'"),
        (b"MZ" + bytes(100), "is a Windows library"),
        (b"\x7fELF\x02\x01" + bytes(12) + b"\x28\x00" + bytes(44), "is built for ARM, and this machine is"),
    ],
)
def test_broken_extension(explained, content, says):
    """A compiled module that is no library: what its first bytes say."""
    with tree({"fastm.so": content, "main.py": "import fastm"}) as t:
        done = explained(t, "main.py")

        assert done.last.startswith(f"ImportError: {t / 'fastm.so'}: ")
        assert done.kind == "broken-extension"
        assert says in done.text


@pytest.mark.skipif(sys.platform != "linux", reason="the format of the library differs elsewhere")
def test_extension_that_is_cut_off(explained):
    """A real compiled module without its end: the table of contents points behind it."""
    real = _an_extension()
    with open(real, "rb") as file, tree({"fastm.so": file.read()[:100], "main.py": "import fastm"}) as t:
        assert "is cut off: its table of contents ends at byte" in explained(t, "main.py").text


@pytest.mark.skipif(sys.platform != "linux", reason="the message differs elsewhere")
def test_extension_under_another_name(explained):
    """A real compiled module that was renamed does not have the entry of its new name."""
    with open(_an_extension(), "rb") as file, tree({"fastm.so": file.read(), "main.py": "import fastm"}) as t:
        done = explained(t, "main.py")

        assert done.last.endswith("dynamic module does not define module export function (PyInit_fastm)")
        assert "it has no PyInit_fastm; was the file renamed?" in done.text


def test_undefined_symbol_and_missing_library():
    """Messages of the loader are told apart: a symbol of Python's, another one, and a library that is not there."""

    def told(text: str) -> str:
        error = ImportError(f"{text}", name="x", path="/nowhere/x.so")
        explanation = explain(Failure.of(error, State.host(), Files()))
        return explanation.summary if explanation else ""

    assert "needs PyUnicode_GetSize from Python's C interface" in told(
        "/x.so: undefined symbol: PyUnicode_GetSize"
    )
    assert "needs gdal_open, which no library" in told("/x.so: undefined symbol: gdal_open")
    needs = "libGL.so.1: cannot open shared object file: No such file or directory"
    assert "needs the library libGL.so.1" in told(needs)
    assert told("something else entirely") == ""


def _an_extension() -> str:
    file = getattr(sys.modules["_json"], "__file__", None)
    if file is None:
        pytest.skip("this interpreter has no compiled module in a file of its own")
    return file
