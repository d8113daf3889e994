"""An `__all__` that names what is not there: Python points at the star import."""

from __future__ import annotations

import pytest

from loadstone.testing import tree

STAR = {"main.py": "from shop import *\nprint(total, rate)"}


def test_name_that_is_not_there(explained, repaired):
    """The line of `__all__` is shown, and the name that was meant."""
    with tree({**STAR, "shop.py": '__all__ = ["total", "rates"]\ntotal = rate = 1'}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.last.startswith("AttributeError: module 'shop' has no attribute 'rates'")
        assert done.text == (
            "loadstone: `__all__` of shop names 'rates', which shop does not have\n"
            '  shop.py:1  __all__ = ["total", "rates"]  names it\n'
            "  main.py:1  from shop import *            fails for that, and for all of its names\n"
            "  repair: write 'rate', which is there\n"
            "  or: take 'rates' out of `__all__`"
        )
        assert t.python("main.py").stdout == "1 1\n"


@pytest.mark.parametrize(
    ("exports", "say"),
    [
        ('__all__ = [\n    "total"\n    "rate",\n]', "put a comma between 'total' and 'rate'"),
        ('__all__ = ["total" "rate"]', "put a comma between 'total' and 'rate'"),
        ('__all__ = ["rate", "total", "gone"]', "take 'gone' out of `__all__`"),
        ('__all__ = (\n    "rate",\n    "total",\n    "gone",\n)', "take 'gone' out of `__all__`"),
        ('__all__ = ["rate"]\n__all__ += ["total", "gone"]', "take 'gone' out of `__all__`"),
    ],
)
def test_repair(explained, repaired, exports, say):
    """What is wrong with the list is put right where it stands."""
    with tree({**STAR, "shop.py": f"total = rate = 1\n{exports}\n"}) as t:
        done = explained(t, "main.py")
        repaired(done)

        assert done.value["repair"]["say"] == say
        assert t.python("main.py").stdout == "1 1\n"


@pytest.mark.parametrize(
    ("exports", "last", "says"),
    [
        ("'total'", "has no attribute 't'", "which a star import takes letter by letter"),
        ("[total]", "must be str, not int", "its entries are names, written as texts"),
    ],
)
def test_list_of_another_kind(explained, exports, last, says):
    """An `__all__` that is no list of names."""
    with tree({**STAR, "shop.py": f"total = rate = 1\n__all__ = {exports}"}) as t:
        done = explained(t, "main.py")

        assert last in done.last
        assert says in done.text


@pytest.mark.parametrize(
    ("shop", "program"),
    [
        ('__all__ = ["gone"]', "import shop\nshop.gone"),  # not by a star import
        ("total = 1", "from shop import *\nimport shop\nshop.gone"),
    ],
)
def test_other_failure(explained, shop, program):
    """The same error without a star import is not the fault of `__all__`."""
    with tree({"shop.py": shop, "main.py": program}) as t:
        assert explained(t, "main.py").kind is None
