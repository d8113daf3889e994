"""inspect, pydoc, doctest, traceback and linecache: what they find out about a space's modules."""

from __future__ import annotations

SHOP = {
    "shop.py": '''
        """A shop."""
        import functools

        class Base:
            def pay(self):
                """Pay the bill."""

        class Order(Base):
            """An order."""
            def pay(self):
                return total([1, 2])

        # What it costs.
        def total(prices: "list[int]", *, tax: "float" = 0.5) -> "int":
            """Return the sum.

            >>> total([1, 2])
            3
            >>> from shop import Order
            >>> Order().pay()
            4
            """
            return sum(prices)
    ''',
}


def test_sources(same):
    """`getsource`, `getfile`, `getsourcelines`, `getcomments` of functions, classes, methods and modules."""
    assert "class Order(Base)" in same(
        SHOP,
        program="""
            import inspect, shop
            def run():
                return (
                    [inspect.getsource(each) for each in (shop.total, shop.Order, shop.Order.pay, shop)],
                    [inspect.getfile(each) for each in (shop.total, shop.Order, shop)],
                    inspect.getsourcelines(shop.Order)[1], inspect.getcomments(shop.total),
                    inspect.getsourcefile(shop.Order),
                )
        """,
    )


def test_sources_of_the_standard_library(same):
    """A class of the standard library has its source, though the space imported only the package it is in."""
    assert "class JSONDecoder" in same(
        program="""
            import inspect, json, pydoc, typing
            def run():
                return inspect.getsource(json.JSONDecoder)[:40], inspect.getmodule(json.JSONDecoder).__name__
        """
    )


def test_modules_of_things(same):
    """`getmodule` of classes, functions, frames and code; `getdoc` inherits from a base of another module."""
    assert same(
        SHOP,
        program="""
            import inspect, shop
            class Late(shop.Base):
                def pay(self): ...
            def run():
                things = shop.total, shop.Order, inspect.currentframe(), shop.total.__code__
                found = [inspect.getmodule(each) for each in things]
                return (
                    [module.__name__ for module in found], found[0] is shop, inspect.getdoc(Late.pay),
                    inspect.getdoc(shop.Order.pay),
                )
        """,
    )


def test_frames(same):
    """`stack`, `trace` and `getframeinfo` show file, line and text."""
    assert same(
        {"fails.py": "def fail():\n    raise ValueError('x')\n"},
        program="""
            import fails, inspect
            def run():
                top = inspect.stack()[0]
                try:
                    fails.fail()
                except ValueError:
                    seen = [(frame.function, frame.lineno, frame.code_context) for frame in inspect.trace()]
                return (
                    top.function, top.code_context, seen,
                    inspect.getframeinfo(inspect.currentframe()).filename,
                )
        """,
    )


def test_signatures_and_annotations(same):
    """`signature` and `get_annotations` evaluate text in the space."""
    assert same(
        SHOP
        | {
            "typed.py": """
                from __future__ import annotations
                import shop
                class C:
                    a: shop.Order
                def f(a: shop.Order) -> C: ...
            """
        },
        program="""
            import inspect, shop, sys, typed
            def run():
                return (
                    str(inspect.signature(shop.total)), str(inspect.signature(typed.f, eval_str=True)),
                    inspect.get_annotations(typed.C, eval_str=True), inspect.get_annotations(typed.f, eval_str=True),
                    inspect.getfullargspec(shop.total).kwonlyargs,
                    inspect.getmembers(shop.Order, inspect.isfunction)[0][0],
                )
        """,
    )


def test_pydoc(same):
    """`render_doc`, `locate`, `help` and `apropos`-like synopses speak of the space's modules."""
    assert "Return the sum." in same(
        SHOP,
        program="""
            import io, pydoc, shop, sys
            def run():
                out = io.StringIO()
                pydoc.Helper(output=out).help("shop.total")
                text = pydoc.render_doc(shop, renderer=pydoc.plaintext)
                try:
                    pydoc.locate("broken")
                except pydoc.ErrorDuringImport as error:
                    failed = str(error).split(":")[0]
                return (
                    text, pydoc.locate("shop.Order") is shop.Order, pydoc.synopsis(shop.__file__),
                    out.getvalue(), failed,
                )
        """,
        broken="1 / 0",
    )


def test_the_prompts_help(same):
    """`help` of the builtins looks up a name in the space."""
    assert same(
        SHOP,
        program="""
            import contextlib, io, shop
            def run():
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    help(shop.total)
                return out.getvalue()
        """,
    )


def test_doctests(same):
    """`testmod`, `run_docstring_examples`, `DocTestFinder` and `testsource` see the space's module."""
    assert "(1, 3)" in same(
        SHOP,
        program="""
            import contextlib, doctest, io, shop
            def run():
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    result = doctest.testmod(shop)
                    doctest.run_docstring_examples(shop.total, vars(shop), name="total")
                found = [test.name for test in doctest.DocTestFinder().find(shop)]
                return (
                    tuple(result), found, out.getvalue().count("Expected:"),
                    doctest.testsource("shop", "shop.total"),
                )
        """,
    )


def test_doctest_files_and_suites(same):
    """`testfile` finds a file beside the calling module; `DocTestSuite` makes test cases of unittest."""
    assert same(
        SHOP | {"words.txt": ">>> import shop\n>>> shop.total([1])\n1\n"},
        program="""
            import doctest, io, unittest
            def run():
                suite = doctest.DocTestSuite("shop")
                result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
                return tuple(doctest.testfile("words.txt")), result.testsRun, len(result.failures)
        """,
    )


def test_tracebacks(same):
    """`traceback` shows the lines of the space's files, chained errors, notes and groups included."""
    assert same(
        {
            "fails.py": """
                def fail():
                    try:
                        1 / 0
                    except ZeroDivisionError as error:
                        raise ValueError("x") from error
            """
        },
        program="""
            import fails, sys, traceback
            def run():
                try:
                    fails.fail()
                except ValueError as error:
                    error.add_note("noted")
                    entries = traceback.extract_tb(error.__traceback__)
                    group = ExceptionGroup("all", [error])
                    return (
                        traceback.format_exc(), [entry.line for entry in entries],
                        traceback.format_exception(group),
                    )
        """,
    )


def test_lines(same):
    """`linecache` reads lines by file, and by a loader in the globals of a module."""
    assert same(
        SHOP,
        program="""
            import linecache, shop
            def run():
                class Loader:
                    def get_source(self, name): return f"made for {name}\\n"
                linecache.lazycache("<made>", {"__name__": "made", "__loader__": Loader()})
                return (
                    linecache.getline(shop.__file__, 3), linecache.getline("<made>", 1),
                    linecache.getline("nowhere.py", 1),
                )
        """,
    )


def test_browsing_classes(same):
    """`pyclbr` reads classes and functions of a module on the space's path, with bases of other modules."""
    assert same(
        SHOP | {"leaf.py": "from shop import Order\nclass Leaf(Order):\n    def f(self): ...\n"},
        program="""
            import pyclbr
            def run():
                tree = pyclbr.readmodule_ex("leaf")
                return sorted(tree), tree["Leaf"].super[0].module, sorted(pyclbr.readmodule("shop"))
        """,
    )


def test_finding_modules(same):
    """`modulefinder` follows the imports of a script along the space's path."""
    assert same(
        {"script.py": "import plain\nimport nowhere_at_all\n", "plain.py": ""},
        program="""
            import modulefinder, os
            def run():
                finder = modulefinder.ModuleFinder()
                finder.run_script(os.path.join(os.path.dirname(__file__), "script.py"))
                return finder.modules["plain"].__file__, sorted(finder.badmodules)
        """,
    )
