"""unittest and its mocks: tests that are found, loaded, patched and run in a space."""

from __future__ import annotations

import unittest

from loadstone.testing import tree

TESTS = {
    "shop/__init__.py": "",
    "shop/cart.py": """
        RATE = 2
        def price(n): return n * RATE
        class Cart:
            size = 1
            def fill(self, n): return n
    """,
    "tests/__init__.py": "",
    "tests/test_cart.py": """
        import unittest
        from shop import cart

        seen = []
        def setUpModule(): seen.append("up")
        def tearDownModule(): seen.append("down")

        class CartTest(unittest.TestCase):
            def test_price(self): self.assertEqual(cart.price(2), 4)
            def test_wrong(self): self.assertEqual(cart.price(2), 5)
            @unittest.skip("not now")
            def test_skipped(self): ...
            def test_sub(self):
                for n in range(2):
                    with self.subTest(n=n): self.assertEqual(n, 0)
    """,
}
SHOWN = """
            import io, unittest
            def shown(suite):
                result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
                return (
                    result.testsRun,
                    [str(test) for test, _ in result.failures + result.errors + result.skipped],
                )
"""


def test_loading_by_name(same):
    """`loadTestsFromName` imports modules, classes and methods by their names."""
    assert same(
        TESTS,
        program=SHOWN
        + """
            def run():
                load = unittest.defaultTestLoader.loadTestsFromName
                return (
                    shown(load("tests.test_cart")), shown(load("tests.test_cart.CartTest.test_price")),
                    shown(load("tests.nowhere")),
                )
        """,
    )


def test_discovery(same):
    """`discover` finds the tests below a folder and imports them into the space."""
    assert same(
        TESTS,
        program=SHOWN
        + """
            import os
            def run():
                here = os.path.dirname(__file__)
                found = unittest.TestLoader().discover(os.path.join(here, "tests"), top_level_dir=here)
                return shown(found)
        """,
    )


def test_module_fixtures(same):
    """`setUpModule` and `tearDownModule` of the space's module are called."""
    assert same(
        TESTS,
        program=SHOWN
        + """
            def run():
                import tests.test_cart
                shown(unittest.defaultTestLoader.loadTestsFromModule(tests.test_cart))
                return tests.test_cart.seen
        """,
    ) == repr(["up", "down"])


def test_a_whole_test_program(same):
    """`unittest.main` runs the tests of a module by its name, or of the caller's ``__main__``."""
    assert same(
        TESTS,
        program="""
            import io, sys, unittest
            def run():
                stream = io.StringIO()
                runner = unittest.TextTestRunner(stream=stream)
                program = unittest.main("tests.test_cart", argv=["x"], exit=False, testRunner=runner)
                return program.result.testsRun, len(program.result.failures)
        """,
    )


def test_asserting_warnings_and_logs(same):
    """`assertWarns`, `assertLogs` and `assertRaises` of a test in a space, asynchronous ones included."""
    assert same(
        warns="""
            import logging, warnings
            def f():
                warnings.warn("old", DeprecationWarning)
                logging.getLogger("shop").error("bad")
        """,
        program=SHOWN
        + """
            import warns
            class Test(unittest.IsolatedAsyncioTestCase):
                def test_warns(self):
                    for _ in range(2):
                        with self.assertWarns(DeprecationWarning) as caught, self.assertLogs("shop"): warns.f()
                        self.assertTrue(caught.filename.endswith(("warns.py", "warns.pyc")))
                async def test_later(self):
                    self.assertRaises(KeyError, {}.pop, 1)
            def run():
                return shown(unittest.defaultTestLoader.loadTestsFromTestCase(Test))
        """,
    ) == repr((2, []))


def test_patching(same):
    """`mock.patch` finds its target by name in the space, as decorator, in a block, for dicts and by several names."""
    assert same(
        TESTS,
        program="""
            from unittest import mock
            import shop.cart
            @mock.patch("shop.cart.RATE", 5)
            def decorated(): return shop.cart.price(2)
            @mock.patch.object(shop.cart.Cart, "size", 9)
            def an_object(): return shop.cart.Cart().size
            def run():
                with mock.patch("shop.cart.price") as price, mock.patch.dict("shop.cart.__dict__", ADDED=1):
                    price.return_value = "patched"
                    inside = shop.cart.price(1), shop.cart.ADDED
                with mock.patch.multiple("shop.cart", RATE=7):
                    several = shop.cart.price(1)
                return (
                    decorated(), an_object(), inside, several, shop.cart.price(1),
                    hasattr(shop.cart, "ADDED"),
                )
        """,
    ) == repr((10, 9, ("patched", 1), 7, 2, False))


def test_specifications_of_mocks(same):
    """`create_autospec`, `spec` and `wraps` know the space's classes; a mock is an instance of its spec."""
    assert same(
        TESTS,
        program="""
            from unittest import mock
            from shop.cart import Cart, price
            def run():
                cart = mock.create_autospec(Cart, instance=True)
                cart.fill(3)
                strict = mock.create_autospec(price)
                try:
                    strict(1, 2, 3)
                except TypeError as error:
                    refused = str(error)
                return (
                    isinstance(cart, Cart), cart.mock_calls, refused, mock.Mock(wraps=price)(2),
                    mock.call(1) == mock.call(1),
                )
        """,
    )


def test_cases_of_a_space_run_in_the_host():
    """A test case of a space is one for the host's runner."""
    with tree(TESTS) as t:
        module = t.space().import_module("tests.test_cart")

        assert issubclass(module.CartTest, unittest.TestCase)
        found = unittest.defaultTestLoader.loadTestsFromTestCase(module.CartTest)
        assert found.countTestCases() == 4
