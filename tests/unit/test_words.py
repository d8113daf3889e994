"""Words that messages share."""

from loadstone.words import listed, meant, plural, unknown


def test_plurals():
    """One is singular, and so is nothing else."""
    assert [plural(count, "name") for count in (0, 1, 2)] == ["0 names", "1 name", "2 names"]
    assert plural(2, "path entry", "path entries") == "2 path entries"


def test_what_was_meant_ends_a_sentence():
    """Nothing is said where nothing is near."""
    assert f"no module shp{meant('shp', ['shop'])}" == "no module shp: did you mean shop?"
    assert meant("shp", ["till"]) == ""


def test_an_unknown_word_is_answered_with_those_that_are_known():
    """The one that was meant, else all of a few, else where they are listed."""
    assert unknown("key", "pth", ["deny", "path"]) == "unknown key 'pth': did you mean 'path'?"
    assert unknown("key", "colour", ["deny", "path"]) == "unknown key 'colour': deny, path"
    assert unknown("rule", "colour", map(str, range(11))).endswith(": loadstone check --explain lists them")


def test_an_option_for_several_words():
    """They are apart by commas, or the option is given more than once."""
    assert listed(["star, alias", "bad-all,"]) == ["star", "alias", "bad-all"]
