"""What a program finds under `loadstone run`: `__main__`, `sys`, and the many forms a program can have."""

from __future__ import annotations

import os
import py_compile
import zipfile

import pytest

from loadstone.testing import tree

MAIN = """
    import sys
    for name, value in sorted(globals().items()):
        if name not in ("sys", "__loader__", "__spec__"):
            print(name, value)
    print(type(__loader__) is type and __loader__ or type(__loader__), getattr(__loader__, "path", None))
    print(__spec__ and (__spec__.name, __spec__.origin, __spec__.parent, __spec__.has_location, __spec__.cached))
    print(list(globals()), sys.modules["__main__"].__dict__ is globals(), list(sys.modules)[2:5])
    print(sys.argv, sys.orig_argv, sys.path, sys.flags, sys.warnoptions, sys._xoptions, __debug__)
    print({k: v for k, v in sys.path_importer_cache.items() if v is None and "loadstone" not in k.rpartition("/")[0]})
"""


@pytest.mark.parametrize(
    "args",
    [
        ["main.py", "a", "--b", "-c"],
        ["./main.py"],
        ["inner/../main.py"],
        ["-m", "main", "a"],
        ["-m", "pkg", "-m"],
        ["-m", "pkg.module"],
        ["-m", "pkg.__main__"],
        ["folder", "x"],
        ["./folder/"],
        ["app.pyz", "x"],
        ["compiled.pyc", "x"],
        ["-O", "main.py"],
        ["-OO", "-B", "main.py"],
        ["-I", "main.py"],
        ["-P", "main.py"],
        ["-E", "-s", "main.py"],
        ["-P", "folder"],
        ["-Xdev", "main.py"],
        ["-X", "utf8", "-W", "error", "-Wignore::UserWarning", "-bb", "-u", "-q", "main.py"],
        ["--check-hash-based-pycs", "always", "main.py"],
        ["--", "main.py"],
    ],
    ids=" ".join,
)
def test_main_and_sys(same, args):
    """`__main__` and `sys` are what they are under Python, whichever way the program is named."""
    with tree({"main.py": MAIN, "pkg/__init__.py": "", "pkg/__main__.py": MAIN, "pkg/module.py": MAIN}) as t:
        t.write("folder/__main__.py", MAIN)
        t.write("inner/")
        py_compile.compile(str(t / "main.py"), str(t / "compiled.pyc"))
        with zipfile.ZipFile(t / "app.pyz", "w") as archive:
            archive.write(t / "folder/__main__.py", "__main__.py")
        result = same(t, *args)

    assert result.returncode == 0


def test_main_and_sys_of_code_and_standard_input(same):
    """So they are for -c, for a dash and for no FILE at all."""
    code = "\n".join(line[4:] for line in MAIN.split("\n"))
    with tree({}) as t:
        same(t, "-c", code, "a", "-x")
        same(t, "-I", "-c", code)
        same(t, "-", "a", stdin=code)
        same(t, stdin=code)
        result = same(t, "-E", stdin=code)

    assert result.returncode == 0


def test_safe_path_by_environment(same):
    """PYTHONSAFEPATH keeps the script's folder off the path."""
    with tree({"main.py": "import other\n", "other.py": ""}) as t:
        result = same(t, "main.py", env={"PYTHONSAFEPATH": "1"}, explained=True)

    assert result.returncode == 1


def test_script_behind_a_symbolic_link(same):
    """`sys.path[0]` is the folder of the real file, `__file__` the link."""
    with tree(
        {"real/main.py": "import sys, other\nprint(sys.path[0], __file__)\n", "real/other.py": ""}
    ) as t:
        (t / "link.py").symlink_to("real/main.py")
        result = same(t, "link.py")

    assert "link.py" in result.stdout


def test_script_in_another_folder(same):
    """The script's own folder is on the path, the current one is not."""
    with tree({"a/main.py": "import beside\nimport here\n", "a/beside.py": "", "here.py": ""}) as t:
        result = same(t, "a/main.py", explained=True)

    assert "No module named 'here'" in result.stderr


def test_import_of_main(same):
    """`import __main__` is the program."""
    with tree(
        {"main.py": "X = 1\nimport other\n", "other.py": "import __main__\nprint(__main__.X, __main__)\n"}
    ) as t:
        result = same(t, "main.py")

    assert result.stdout.startswith("1 <module '__main__' from ")


def test_program_imported_by_its_own_name(same):
    """A module that imports the program by name gets a second copy, as under Python."""
    with tree({"main.py": "import other\nprint(__name__)\n", "other.py": "import main\n"}) as t:
        result = same(t, "main.py")

    assert result.stdout == "main\n__main__\n"


def test_module_in_its_package(same):
    """Relative imports work under -m; the package's `__init__` has run before."""
    files = {
        "pkg/__init__.py": "print('init')\n",
        "pkg/a.py": "from . import b\nfrom .b import X\nprint(X)\n",
    }
    with tree({**files, "pkg/b.py": "X = 1\n"}) as t:
        result = same(t, "-m", "pkg.a")

    assert result.stdout == "init\n1\n"


def test_module_that_its_package_has_imported(same):
    """Runpy's warning that a module is about to run twice is given too."""
    with tree({"pkg/__init__.py": "from pkg import cli\n", "pkg/cli.py": "print(__name__)\n"}) as t:
        result = same(t, "-m", "pkg.cli", explained=True)

    assert "RuntimeWarning" in result.stderr


def test_namespace_package(same):
    """A folder without `__init__.py` can be run by name when it has a `__main__.py`."""
    with tree({"ns/__main__.py": "print(__package__, __spec__.name)\n"}) as t:
        result = same(t, "-m", "ns")

    assert result.stdout == "ns ns.__main__\n"


def test_data_and_modules_in_a_zip_file(same):
    """A zip file is on the path while its program runs, and tracebacks name the files inside."""
    with tree({}) as t:
        with zipfile.ZipFile(t / "app", "w") as archive:
            archive.writestr("__main__.py", "import inside\ninside.f()\n")
            archive.writestr("inside.py", "def f():\n    raise ValueError(__file__)\n")
        result = same(t, "app")

    assert 'inside.py", line 2, in f' in result.stderr


def test_pickle_of_a_class_in_main(same):
    """Classes of the program pickle by the name `__main__`."""
    program = """
        import pickle

        class A:
            pass

        data = pickle.dumps(A())
        print(b"__main__" in data, pickle.loads(data).__class__ is A)
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.stdout == "True True\n"


def test_source_of_main(same):
    """`inspect.getsource` finds the program's functions."""
    program = """
        import inspect

        def f():
            return 1  # one

        print(inspect.getsource(f), inspect.getfile(f))
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert "# one" in result.stdout


def test_dataclasses_and_type_hints_in_main(same):
    """Annotations of the program are resolved in the program."""
    program = """
        from __future__ import annotations
        import dataclasses, typing

        @dataclasses.dataclass
        class Point:
            x: int
            next: Point | None = None

        def f(p: Point) -> typing.Optional[Point]: ...

        limit: int = 3
        print(Point(1), typing.get_type_hints(Point), typing.get_type_hints(f), __annotations__)
    """
    with tree({"main.py": program}) as t:
        result = same(t, "main.py")

    assert result.returncode == 0


def test_future_imports_do_not_leak_into_the_program(same):
    """Annotations are evaluated where the program does not ask for the contrary."""
    with tree({"main.py": "def f(x: 1 + 1): ...\nprint(f.__annotations__)\n"}) as t:
        same(t, "-c", "def f(x: 1 + 1): ...\nprint(f.__annotations__)\n")
        result = same(t, "main.py")

    assert result.stdout == "{'x': 2}\n"


def test_docstring_and_annotations_of_main(same):
    """The program's docstring and annotations land in `__main__`."""
    with tree({"main.py": '"""Words."""\nx: int = 1\nprint(__doc__, __annotations__)\n'}) as t:
        result = same(t, "main.py")

    assert result.stdout == "Words. {'x': <class 'int'>}\n"


def test_warnings_and_where_they_point(same):
    """Warnings name the program's lines; DeprecationWarning is shown in `__main__` only."""
    program = """
        import warnings, other
        def old():
            warnings.warn("old", DeprecationWarning, stacklevel=2)
        old()
        warnings.warn("here")
        other.old()
    """
    with tree(
        {
            "main.py": program,
            "other.py": "import warnings\ndef old():\n    warnings.warn('other', DeprecationWarning)\n",
        }
    ) as t:
        same(t, "-W", "error", "main.py")
        same(t, "-W", "ignore", "main.py")
        same(t, "main.py", env={"PYTHONWARNINGS": "always"})
        result = same(t, "main.py")

    assert "main.py:4: DeprecationWarning: old" in result.stderr


def test_warnings_of_the_compiler(same):
    """A warning about the program's text is printed once, with its line, and is an error under -W error."""
    with tree({"main.py": "x = 1\nprint(x is 1)\n", "broken.py": "x = 1\nx is 1\ndef f(:\n"}) as t:
        same(t, "-W", "error", "main.py")
        same(t, "broken.py")
        result = same(t, "main.py")

    assert result.stderr.count("SyntaxWarning") == 1


@pytest.mark.skipif(os.name == "nt", reason="fork")
@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_multiprocessing(same, method):
    """Children of `multiprocessing` find the program's functions, however they are started."""
    program = f"""
        import multiprocessing

        def double(x):
            return x * 2, __name__

        if __name__ == "__main__":
            context = multiprocessing.get_context("{method}")
            with context.Pool(1) as pool:
                print(pool.map(double, [1, 2]))
    """
    with tree({"main.py": program, "pkg/__init__.py": "", "pkg/module.py": program}) as t:
        same(t, "-m", "pkg.module")
        result = same(t, "main.py")

    assert "4" in result.stdout


def test_subprocess_of_the_same_interpreter(same):
    """`sys.executable` and the interpreter's flags are passed on by programs that start themselves."""
    program = "import subprocess, sys\nprint(sys.executable, subprocess._args_from_interpreter_flags())\n"
    with tree({"main.py": program}) as t:
        result = same(t, "-O", "-X", "dev", "-W", "error", "main.py")

    assert "-O" in result.stdout


def test_standard_input_of_the_program(same):
    """A script reads standard input; a program that came from there finds it at its end."""
    with tree({"main.py": "import sys\nprint(input(), list(sys.stdin))\n"}) as t:
        same(t, "-", stdin="import sys\nprint(repr(sys.stdin.read()))\n")
        result = same(t, "main.py", stdin="one\ntwo\nthree\n")

    assert result.stdout == "one ['two\\n', 'three\\n']\n"


def test_prompt_after_the_program(same):
    """-i opens the prompt in the program's namespace, after an error and after SystemExit too."""
    with tree(
        {"main.py": "x = 42\n", "bad.py": "x = 43\n1 / 0\n", "stop.py": "x = 44\nraise SystemExit(3)\n"}
    ) as t:
        same(t, "-i", "main.py", stdin="print(x, __name__)\n")
        same(t, "-i", "bad.py", stdin="print(x)\nimport sys\nprint(sys.last_value)\n")
        same(t, "-i", "stop.py", stdin="print(x)\n")
        same(t, "-i", "-c", "x = 1", stdin="print(x)\n")
        same(t, "-i", stdin="print(6 * 7)\n")
        same(t, "main.py", stdin="print(x)\n", env={"PYTHONINSPECT": "1"})
        result = same(t, "-i", "main.py", stdin="print(x)\n")

    assert result.stdout == "42\n"


def test_same_under_the_flags_of_the_interpreter():
    """Flags may stand before `-m loadstone` as well."""
    program = "import sys\nprint(sys.flags.optimize, sys.flags.dev_mode, sys.orig_argv[1:])\n"
    with tree({"main.py": program}) as t:
        plain = t.python("-O", "-X", "dev", "main.py", "x")
        ours = t.python("-O", "-X", "dev", "-m", "loadstone", "run", "main.py", "x")

    assert ours.stdout == plain.stdout
