"""exec, eval, code, pdb, bdb, timeit, trace, profilers: code that is given as text runs in the space."""

from __future__ import annotations

SHOP = {"shop.py": "NAME = 'shop'\ndef f(n):\n    import shop\n    return shop.NAME * n\n"}


def test_exec_and_eval(same):
    """Code without globals of its own, with empty ones, and compiled elsewhere imports from the space."""
    assert same(
        SHOP,
        program="""
            import builtins
            def run():
                empty, given = {}, {"__builtins__": builtins}
                exec("import shop", empty)
                exec(compile("from shop import NAME", "x", "exec"), given)
                return (
                    empty["shop"].NAME, given["NAME"], eval("__import__('shop').NAME"),
                    list(map(eval, ["1 + 1"])),
                )
        """,
    )


def test_interpreters(same):
    """`code.InteractiveInterpreter` and `InteractiveConsole` run their lines in the space."""
    assert same(
        SHOP,
        program="""
            import code, contextlib, io
            def run():
                out = io.StringIO()
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                    interpreter = code.InteractiveInterpreter()
                    interpreter.runsource("import shop; print(shop.NAME)")
                    console = code.InteractiveConsole({"__name__": "console"})
                    for line in ("import shop", "for n in range(2):", "    print(shop.f(n))", ""):
                        console.push(line)
                return out.getvalue(), interpreter.locals["shop"].NAME
        """,
    ).startswith(r"('shop\n\nshop\n', 'shop'")


def test_the_debugger(same):
    """`pdb.run`, `runcall` and `Pdb` with commands execute and evaluate in the space."""
    assert same(
        SHOP,
        program="""
            import contextlib, io, pdb
            def run():
                out = io.StringIO()
                lines = ["import shop", "p shop.NAME", "break shop:3", "continue", "where", "p n", "continue", ""]
                commands = io.StringIO("\\n".join(lines))
                debugger = pdb.Pdb(stdin=commands, stdout=out, nosigint=True, readrc=False)
                debugger.use_rawinput = False
                debugger.run("import shop; shop.f(2)", {"__name__": "debugged"})
                called = pdb.Pdb(stdin=io.StringIO("continue\\n"), stdout=io.StringIO(), nosigint=True, readrc=False)
                called.use_rawinput = False
                import shop
                return "'shop'" in out.getvalue(), "shop.py" in out.getvalue(), called.runcall(shop.f, 3)
        """,
    ) == repr((True, True, "shopshopshop"))


def test_debuggers_of_ones_own(same):
    """`bdb.Bdb` runs a text in the space and stops in its files."""
    assert same(
        SHOP,
        program="""
            import bdb
            seen = []
            class Mine(bdb.Bdb):
                def user_call(self, frame, arguments): seen.append(frame.f_code.co_name)
            def run():
                mine = Mine()
                names = {}
                mine.run("import shop; result = shop.f(1)", names)
                return names["result"], "f" in seen, mine.runeval("__import__('shop').NAME", {})
        """,
    )


def test_timing(same):
    """`timeit` executes statement and set-up in the space."""
    assert same(
        SHOP,
        program="""
            import timeit
            def run():
                seen = []
                timeit.timeit("seen.append(shop.NAME)", "import shop", number=2, globals={"seen": seen})
                timer = timeit.Timer("import shop; shop.f(1)")
                return seen, timer.timeit(1) >= 0, len(timeit.repeat("import shop", repeat=2, number=1))
        """,
    )


def test_tracing(same):
    """`trace.Trace` counts the lines of the space's files, and its results are kept and read again."""
    assert same(
        SHOP,
        program="""
            import os, shop, trace
            def run():
                tracer = trace.Trace(count=True, trace=False)
                result = tracer.runfunc(shop.f, 2)
                tracer.run("import shop; shop.f(1)")
                counts = tracer.results().counts
                path = os.path.join(os.path.dirname(__file__), "counts")
                trace.CoverageResults(counts, outfile=path).write_results(coverdir=os.path.dirname(path))
                again = trace.CoverageResults(infile=path).counts
                return result, counts[(shop.__file__, 4)], again[(shop.__file__, 4)]
        """,
    )


def test_profiles(same):
    """`cProfile` and `profile` execute a text in the space; `pstats` names its functions."""
    assert same(
        SHOP,
        program="""
            import cProfile, contextlib, io, profile, pstats
            def run():
                names, out = {}, io.StringIO()
                with contextlib.redirect_stdout(out):
                    cProfile.runctx("import shop; a = shop.f(1)", names, names)
                    profile.runctx("import shop; b = shop.f(2)", names, names)
                profiler = cProfile.Profile()
                profiler.run("import shop; shop.f(1)")
                pstats.Stats(profiler, stream=out).print_stats("shop.py")
                return names["a"], names["b"], "shop.py:2(f)" in out.getvalue()
        """,
    )


def test_memory_snapshots(same):
    """A snapshot of `tracemalloc` names the space's files, and is kept and read again."""
    assert same(
        SHOP,
        program="""
            import os, tracemalloc
            def run():
                tracemalloc.start()
                try:
                    import shop
                    kept = [shop.f(n) for n in range(1000, 1100)]
                    snapshot = tracemalloc.take_snapshot()
                finally:
                    tracemalloc.stop()
                path = os.path.join(os.path.dirname(__file__), "snapshot")
                snapshot.dump(path)
                again = tracemalloc.Snapshot.load(path)
                return any(each.traceback[0].filename == shop.__file__ for each in again.statistics("lineno"))
        """,
    )


def test_command_lines(same):
    """`argparse` and `optparse` read the arguments that `sys.argv` of the space has."""
    assert same(
        program="""
            import argparse, optparse, sys
            def run():
                sys.argv = ["prog", "--size", "3"]
                parser = argparse.ArgumentParser()
                parser.add_argument("--size", type=int)
                old = optparse.OptionParser()
                old.add_option("--size", type="int")
                return parser.parse_args(), parser.prog, str(old.parse_args()[0])
        """
    ) == repr(None).replace("None", "(Namespace(size=3), 'prog', \"{'size': 3}\")")


def test_completions(same):
    """`rlcompleter` completes names of the space's ``__main__``."""
    assert same(
        SHOP,
        program="""
            import rlcompleter, shop
            def run():
                completer = rlcompleter.Completer({"shop": shop})
                return completer.complete("shop.NA", 0), completer.complete("sho", 0)
        """,
    )


def test_compiling(same):
    """`compileall` and `py_compile` compile files of the space's path."""
    assert same(
        SHOP,
        program="""
            import compileall, os, py_compile, sys
            def run():
                here = os.path.dirname(__file__)
                # Not what else is on the path natively: the interpreter's own library would be compiled.
                whole, sys.path[:] = sys.path[:], [here]
                try:
                    compiled = compileall.compile_path(quiet=2, legacy=True)
                finally:
                    sys.path[:] = whole
                return compiled, os.path.exists(os.path.join(here, "shop.pyc"))
        """,
    )


def test_templates_as_code(same):
    """`string`, `ast` and `symtable` work on a module's text as everywhere."""
    assert same(
        SHOP,
        program="""
            import ast, inspect, shop, symtable
            def run():
                tree = ast.parse(inspect.getsource(shop))
                names = {}
                exec(compile(tree, shop.__file__, "exec"), names)
                return (
                    names["f"](2), ast.literal_eval("[1]"),
                    symtable.symtable("import shop", "x", "exec").get_symbols()[0].get_name(),
                )
        """,
    )
