"""``# loadstone: ignore[rule]``: what it silences, and when it is not needed."""

from __future__ import annotations

from loadstone.testing import tree

A = {"a.py": "f = g = 1"}


def test_a_comment_silences_its_statement(found):
    """A comment silences the named rules for its statement, and those alone."""
    files = {**A, "m.py": "from a import *  # loadstone: ignore[star]\nfrom a import *"}
    with tree(files) as t:
        assert [line.split(" ")[0] for line in found(t, "star")] == ["m.py:2:1:"]


def test_a_comment_without_rules_silences_all(found):
    """Without brackets a comment silences every rule."""
    with tree({"m.py": "import nowhere  # loadstone: ignore"}) as t:
        assert found(t, "missing-module") == []


def test_several_rules_in_one_comment(found):
    """A comment may name several rules, and stand behind other comments."""
    files = {**A, "m.py": "from a import nothing  # noqa: F401  # loadstone: ignore[star, missing-name]"}
    with tree(files) as t:
        assert found(t, "missing-name") == []


def test_a_comment_inside_a_long_statement(found):
    """A comment anywhere in a statement of several lines silences all of it."""
    text = """
        from a import (
            f,
            nothing,
            g,  # loadstone: ignore[missing-name]
        )
        """
    with tree({**A, "m.py": text}) as t:
        assert found(t, "missing-name") == []


def test_a_comment_above_a_statement(found):
    """A comment on a line of its own speaks for the statement below it."""
    with tree({**A, "m.py": "# loadstone: ignore[star]\n\nfrom a import *\nfrom a import *"}) as t:
        assert [line.split(" ")[0] for line in found(t, "star")] == ["m.py:4:1:"]


def test_a_comment_for_the_file(found):
    """ignore-file speaks for the whole file."""
    with tree({**A, "m.py": '"""Doc."""\nfrom a import *\n# loadstone: ignore-file[star]\n'}) as t:
        assert found(t, "star", "unused-ignore") == []


def test_what_stands_in_a_string_is_no_comment(found):
    """Text in quotes that looks like an ignore is none."""
    with tree({**A, "m.py": 'from a import *; x = "# loadstone: ignore[star]"'}) as t:
        assert len(found(t, "star")) == 1


def test_an_ignore_that_silences_nothing(printed):
    """An ignore that is not needed is a warning with the edit that takes it away."""
    with tree({"m.py": "import os  # loadstone: ignore[star]\n"}) as t:
        assert "1 - import os  # loadstone: ignore[star]\n1 + import os\n" in printed(
            t, "star", "unused-ignore"
        )


def test_an_ignore_of_a_rule_that_does_not_exist(found):
    """An ignore with a misspelt rule says what was meant."""
    with tree({"m.py": "import nowhere  # loadstone: ignore[mising-module]"}) as t:
        assert found(t, "missing-module", "unused-ignore") == [
            "m.py:1:8: warning[missing-module] there is no module nowhere in this project, and none is installed",
            "m.py:1:17: warning[unused-ignore] unknown rule 'mising-module': did you mean 'missing-module'?",
        ]


def test_an_ignore_of_a_rule_that_is_off(found):
    """An ignore of a rule that does not run may be needed: nothing is said."""
    with tree({"m.py": "import nowhere  # loadstone: ignore[missing-module]"}) as t:
        assert found(t, "star", "unused-ignore") == []


def test_half_of_an_ignore_is_unused(found):
    """Of several rules in a comment each is judged by itself, and no edit takes the needed one away."""
    with tree({"m.py": "import nowhere  # loadstone: ignore[missing-module, star]"}) as t:
        assert found(t, "missing-module", "star", "unused-ignore") == [
            "m.py:1:17: warning[unused-ignore] 'star' finds nothing here: the ignore can go"
        ]
