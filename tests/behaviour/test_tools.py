"""Debuggers, profilers and whatever else looks at running code see a space's modules as they see the host's.

Each program here gets `load`, which imports a module into the host or into a space, and must print the same
either way.
"""

import re

import pytest

from loadstone.testing import tree

NATIVE = "from importlib import import_module as load\n"
SPACED = "from loadstone.runtime.space import Space\nload = Space('tools', ['.']).import_module\n"

SHOP = {
    "shop.py": """
        import cart

        def total(prices):
            result = 0
            for price in prices:
                result += cart.rounded(price)
            return result

        class Order:
            def pay(self):
                return total([1.2, 2.7])
    """,
    "cart.py": """
        def rounded(price):
            from numbers_of import digits
            return round(price, digits)

        def fail():
            raise ValueError("fail")
    """,
    "numbers_of.py": "digits = 0\n",
}


def outputs(program, files=SHOP, **options):
    """Return what `program` prints natively and with its modules in a space, without the folder's name."""
    printed = []
    for start in (NATIVE, SPACED):
        with tree({**files, "drive.py": program}) as t:
            drive = t / "drive.py"
            drive.write_text(start + drive.read_text())
            done = t.python("drive.py", **options)
            assert done.returncode == 0, done.stderr
            printed.append((done.stdout + done.stderr).replace(str(t.path), "HERE"))
    return printed[0], printed[1]


def test_settrace_sees_the_same_calls_and_lines():
    """Each call, line and return in the modules' files is told to a trace function, in order."""
    native, ours = outputs("""
        import os, sys

        def trace(frame, event, argument):
            name = os.path.basename(frame.f_code.co_filename)
            if name in ("shop.py", "cart.py", "numbers_of.py"):
                print(name, event, frame.f_lineno, frame.f_code.co_name)
            return trace

        sys.settrace(trace)
        shop = load("shop")
        shop.Order().pay()
        shop.Order().pay()
        sys.settrace(None)
    """)

    assert ours == native
    assert "numbers_of.py line 1 <module>" in native


def test_a_profile_has_the_same_rows():
    """The profiler counts the calls of each function of the modules."""
    native, ours = outputs("""
        import cProfile, os, pstats

        with cProfile.Profile() as profile:
            load("shop").Order().pay()
        for (path, line, name), (_, count, *_) in sorted(pstats.Stats(profile).stats.items()):
            if os.path.basename(path) in ("shop.py", "cart.py", "numbers_of.py"):
                print(os.path.basename(path), line, name, count)
    """)

    assert ours == native
    assert "cart.py 1 rounded 2" in native


@pytest.mark.parametrize("options", ["include=['*']", "source=['.']", "source=['.'], branch=True"])
def test_coverage_measures_the_same_lines(options):
    """So it is with files chosen by pattern and by folder."""
    pytest.importorskip("coverage")
    native, ours = outputs(f"""
        import coverage

        measure = coverage.Coverage(data_file=None, {options})
        measure.start()
        load("shop").Order().pay()
        measure.stop()
        for name in ("shop.py", "cart.py", "numbers_of.py"):
            _, statements, _, missing, _ = measure.analysis2(name)
            print(name, statements, missing)
    """)

    assert ours == native
    assert "cart.py [1, 2, 3, 5, 6] [6]" in native


PDB = """
    import pdb
    shop = load("shop")
    pdb.runcall(shop.total, [1.2])
"""


@pytest.mark.parametrize(
    "commands",
    [
        "n\nn\nn\nn\nn\nr\nc\n",
        "n\nn\ns\nn\nn\np price\na\nr\nn\np result\nc\n",
        "b cart.rounded\nc\np price\nn\nn\nn\nr\nc\n",
        "b HERE/cart.py:3\nc\nl\nll\np digits\nc\n",
        "p cart\npp [prices]\nwhatis cart.rounded\nsource cart.rounded\nc\n",
        "tbreak 5\nc\nu\nd\n!result = 10\nc\n",
    ],
)
def test_pdb_shows_the_same(commands):
    """Stepping over imports, breakpoints in other modules, listings and expressions."""
    printed = []
    for start in (NATIVE, SPACED):
        with tree({**SHOP, "drive.py": PDB}) as t:
            drive = t / "drive.py"
            drive.write_text(start + drive.read_text())
            done = t.python("drive.py", stdin=commands.replace("HERE", str(t.path)))
            printed.append(re.sub(r"drive.py\(\d+\)", "drive.py", done.stdout.replace(str(t.path), "HERE")))

    assert printed[1] == printed[0]
    assert "HERE/shop.py" in printed[0]


def test_breakpoint_stops_in_the_module():
    """`breakpoint()` of a space's module opens the debugger there."""
    files = {"stop.py": "def f(x):\n    breakpoint()\n    return x + 1\n"}
    native, ours = outputs("load('stop').f(3)", files, stdin="p x\nw\nc\n")

    assert ours.replace("drive.py(3)", "drive.py(2)") == native
    assert "\n(Pdb) 3\n" in native


def test_breakpoint_calls_the_hook_that_a_module_has_set():
    """`sys.breakpointhook` is the process's, also when a space's module sets it."""
    files = {
        "stop.py": """
            import sys
            sys.breakpointhook = lambda: print("stopped in", sys._getframe(1).f_code.co_name)

            def f():
                breakpoint()
        """
    }
    native, ours = outputs("load('stop').f(); breakpoint()", files)

    assert ours == native == "stopped in f\nstopped in <module>\n"


def test_a_traceback_shows_the_modules_lines_and_nothing_of_ours():
    """An error that passes through import statements and calls."""
    files = {
        "top.py": "import middle\n",
        "middle.py": "from bottom import f\nf()\n",
        "bottom.py": "def f():\n    1 / 0\n",
    }
    native, ours = outputs(
        """
        import traceback
        try:
            load("top")
        except ZeroDivisionError:
            print(*traceback.format_exc().splitlines()[-6:], sep="\\n")
        """,
        files,
    )

    assert ours == native
    assert '  File "HERE/bottom.py", line 2, in f\n    1 / 0' in native


def test_inspect_and_linecache_find_the_source():
    """`getsource`, `getfile` and `getsourcelines` of modules and functions; lines by number."""
    native, ours = outputs("""
        import inspect, linecache
        shop = load("shop")
        print(inspect.getsource(shop), inspect.getsource(shop.total), inspect.getsource(shop.Order.pay))
        print(inspect.getfile(shop), inspect.getsourcefile(shop.total), inspect.getsourcelines(shop.total)[1])
        print(linecache.getline(shop.__file__, 3), inspect.signature(shop.total), inspect.ismodule(shop))
    """)

    assert ours == native
    assert "def total(prices):" in native


def test_inspect_in_a_space_finds_classes_and_modules():
    """What it knows from `sys.modules`, it knows from the space's when a module of the space asks."""
    files = {
        **SHOP,
        "look.py": """
            import inspect
            import shop

            print(inspect.getsource(shop.Order), inspect.getfile(shop.Order))
            print(inspect.getmodule(shop.total) is shop, inspect.getmodule(shop.Order) is shop)
            print(inspect.stack()[0].function, inspect.getmodule(inspect.currentframe()).__name__)
        """,
    }
    native, ours = outputs("load('look')", files)

    assert ours == native
    assert "class Order:" in native


def test_a_log_record_tells_its_caller():
    """Module, function and line are those of the call of `logging.warning`."""
    files = {
        "noisy.py": """
            import logging
            logging.basicConfig(format="%(module)s %(funcName)s %(lineno)d %(name)s %(message)s")

            def f():
                logging.getLogger(__name__).warning("low")
                logging.warning("here", stacklevel=1)
        """
    }
    native, ours = outputs("load('noisy').f()", files)

    assert ours == native == "noisy f 5 noisy low\nnoisy f 6 root here\n"


IMPORTERS = {
    "import old": "import old\n",
    "from old import x": "from old import x\n",
    "import old as o": "import old as o\n",
    "inside a function": "def f():\n    import old\nf()\n",
    "package.old": "\nimport package.old\n",
    "from package import old": "from package import old\n",
    "through a package": "import package.through\n",
    "__import__": "__import__('old')\n",
}
OLD = "import warnings\nwarnings.warn('old is deprecated', DeprecationWarning, stacklevel=2)\nx = 1\n"


@pytest.mark.parametrize("statement", IMPORTERS.values(), ids=IMPORTERS)
def test_a_module_that_warns_of_itself_points_at_the_import_statement(statement):
    """`warnings.warn(stacklevel=2)` passes over the import system's frames."""
    files = {
        "old.py": OLD,
        "package/__init__.py": "",
        "package/old.py": OLD,
        "package/through.py": "from . import old\n",
        "user.py": statement,
    }
    native, ours = outputs("load('user')", files, env={"PYTHONWARNINGS": "always"})

    assert ours == native
    assert re.match(r"HERE/(user|package/through).py:\d: DeprecationWarning: old is deprecated", native)


def test_a_function_that_warns_points_at_its_caller():
    """And the warning is shown once for each place, as the caller's module remembers it."""
    files = {
        "old.py": "import warnings\ndef f():\n    warnings.warn('old', stacklevel=2)\n",
        "user.py": "import old\nfor _ in range(3):\n    old.f()\nold.f()\n",
    }
    native, ours = outputs("load('user')", files)

    assert ours == native
    assert native.count("UserWarning") == 2


def test_doctest_runs_a_modules_examples():
    """`doctest.testmod` given the module reports the same failure."""
    files = {"words.py": "def f():\n    '''\n    >>> f()\n    2\n    '''\n    return 1\n"}
    native, ours = outputs("import doctest; print(doctest.testmod(load('words')))", files)

    assert ours == native
    assert "failed=1" in native


def test_timeit_and_code_objects_name_the_module():
    """Functions, classes and frames say which module they are of."""
    native, ours = outputs("""
        shop = load("shop")
        print(shop.total.__module__, shop.Order.__module__, shop.Order, shop.total.__qualname__, shop)
        print(shop.__name__, shop.__spec__.name, shop.__spec__.origin, shop.__file__, shop.__package__ == "")
    """)

    assert ours == native


def test_assertions_are_rewritten_under_loadstone_run():
    """The values are shown in a failed assertion, as it does under plain Python."""
    files = {
        "test_it.py": "import helper\n\ndef test_it():\n    left = [1, 2]\n    assert left == helper.right\n",
        "helper.py": "right = [1, 3]\n",
    }
    options = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--color=no")
    with tree(files) as t:
        native, ours = t.python(*options), t.loadstone("run", *options)

    assert without_times(ours.stdout) == without_times(native.stdout)
    assert "At index 1 diff: 2 != 3" in ours.stdout
    assert ours.returncode == native.returncode == 1


def without_times(text):
    """Return the text of a test run without its duration."""
    return re.sub(r"in \d+\.\d+s", "", text)
