"""What `loadstone run` says to a program that is not there or cannot be read: what Python says."""

from __future__ import annotations

import os

import pytest

from loadstone.testing import tree


def test_missing_file(same):
    """A missing file is reported in Python's words, with exit code 2."""
    with tree({}) as t:
        result = same(t, "nothing.py", "x")

    assert result.returncode == 2
    assert "can't open file" in result.stderr


def test_missing_module(same):
    """A missing module is reported in Python's words."""
    with tree({"pkg/__init__.py": "", "script.py": ""}) as t:
        same(t, "-m", "pkg.missing")
        same(t, "-m", "pkg", explained=True)
        same(t, "-m", "script.py")
        same(t, "-m", "missing.part")
        same(t, "-m", "..pkg")
        same(t, "-m", "")
        same(t, "-m", "os.path.sep")
        same(t, "-m", "sys")
        result = same(t, "-m", "missing")

    assert result.stderr.endswith(": No module named missing\n")


def test_package_that_fails_under_m(same):
    """An error of the package above the module is shown with the frames of runpy."""
    with tree({"pkg/__init__.py": "1 / 0\n", "pkg/a.py": ""}) as t:
        result = same(t, "-m", "pkg.a")

    assert "<frozen runpy>" in result.stderr


def test_folder_without_main(same):
    """A folder without `__main__.py` is reported in Python's words."""
    with tree({"folder/a.py": ""}) as t:
        same(t, ".")
        result = same(t, "folder")

    assert "can't find '__main__' module in" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(same):
    """A file without permission to read is reported in Python's words."""
    with tree({"main.py": ""}) as t:
        (t / "main.py").chmod(0)
        result = same(t, "main.py")

    assert "Permission denied" in result.stderr


def test_empty_name(same):
    """An empty file name is the current folder, as for Python."""
    with tree({}) as t:
        result = same(t, "")

    assert "can't find '__main__' module" in result.stderr


@pytest.mark.parametrize(
    "source",
    [
        b"def f(:\n    pass\n",
        b"if True:\nx = 1\n",
        b"return 1\n",
        b"x = '''\n",
        b"print('a\n",
        b"x = 1\n\tx = 2\n        y = 3\n",
        b"nonlocal x\n",
        b"from __future__ import nonsense\n",
        b"x = '\\d'\ndef f(:\n",
        b"print('a')\x00\n",
        b"# caf\xe9\n",
        b"# coding: nonsense\nx = 1\n",
        b"# coding: ascii\nx = '\xc3\xa9'\n",
        b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
        b"\xff\xfeprint()\n",
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"(" * 300,
        b"x = " + b"9" * 5000 + b"\n",
    ],
    ids=lambda source: repr(source[:20]),
)
def test_source_that_does_not_compile(same, source):
    """A program that Python cannot compile is reported by Python itself, from a file and from standard input."""
    with tree({"main.py": source}) as t:
        same(t, "main.py", "x")
        same(t, "-X", "dev", "main.py")
        same(t, "-m", "main")
        result = same(t, "main.py")

    assert result.returncode == 1


def test_standard_input_that_does_not_compile(same):
    """What was read from standard input is still there for Python to report on."""
    with tree({}) as t:
        same(t, stdin="x = 1\nif x:\ny\n")
        same(t, stdin="x = 1\nprint(x\n" + "# long\n" * 50_000)
        result = same(t, "-", "a", stdin="def f(:\n")

    assert "SyntaxError" in result.stderr


def test_code_that_does_not_compile(same):
    """A slip in -c is reported by Python itself."""
    with tree({}) as t:
        same(t, "-c", "  x = 1")
        same(t, "-c", "")
        same(t, "-c", "\n\n")
        result = same(t, "-c", "def f(:")

    assert "SyntaxError" in result.stderr


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"#",
        b"print('no end of line')",
        b"\xef\xbb\xbfprint('bom', len('\xc3\xa9'))\n",
        b"# -*- coding: latin-1 -*-\nprint(ascii('\xe9'))\n",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nprint(ascii('\x80'))\n",
        b"print('crlf')\r\nif 1:\r\n    print('x')\r\n",
        b"print('cr')\rprint('old mac')\r",
        b"print('form feed')\n\x0cprint('x')\n",
        b"x = '''a\r\nb'''\nprint(ascii(x))\n",
        b"print('tabs')\nif 1:\n\tprint('x')\n",
        b"if 1: print('x')\n    # odd comment\n\n\n",
        "größe = 1\nprint(ascii(größe))\n".encode(),
        b"'words'\nfrom __future__ import annotations\nx: nonsense = 1\n",
    ],
    ids=lambda source: repr(source[:20]),
)
def test_source_that_compiles_all_the_same(same, source):
    """Encodings, line ends and other odd but legal texts are read as Python reads them."""
    with tree({"main.py": source}) as t:
        result = same(t, "main.py")

    assert result.returncode == 0


def test_first_line_skipped(same):
    """-x leaves out the first line and keeps the numbers of the others."""
    with tree({"main.py": "not python at all\n1 / 0\n", "bad.py": "not python\nx = (\n"}) as t:
        same(t, "-x", "bad.py")
        result = same(t, "-x", "-O", "main.py")

    assert "line 2" in result.stderr


@pytest.mark.parametrize("content", [b"", b"short", b"\x00" * 64], ids=["empty", "short", "zeros"])
def test_bytecode_that_is_none(same, content):
    """A .pyc file of another Python or with garbage in it is reported by Python itself."""
    with tree({"main.pyc": content}) as t:
        result = same(t, "main.pyc")

    assert result.returncode == 1


def test_archive_that_is_broken(same):
    """A damaged zip file is taken for a script, as Python takes it."""
    with tree({"app.zip": b"PK\x03\x04" + b"\x00" * 40}) as t:
        result = same(t, "app.zip")

    assert result.returncode == 1


def test_current_folder_that_was_removed(same):
    """-m still finds the standard library when the current folder is gone."""
    code = (
        "import os, sys, tempfile\nos.chdir(tempfile.mkdtemp()); os.rmdir(os.getcwd())\n"
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    with tree({}) as t:
        plain = t.python("-c", code, "-m", "json.tool", "--help")
        ours = t.python("-c", code, "-m", "loadstone", "run", "-m", "json.tool", "--help")

    assert (ours.stdout, ours.stderr, ours.returncode) == (plain.stdout, plain.stderr, plain.returncode)
