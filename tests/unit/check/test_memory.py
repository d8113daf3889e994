"""What was asked for a module, and is known the next time."""

from __future__ import annotations

from loadstone.check.memory import Memory


def never():
    raise AssertionError("this was known")


def remembered(**without):
    """Return a memory that knows one answer, read from what another has kept."""
    before = Memory()
    before.ask(("missing_name.lacks", "shop.money", "VAT"), lambda: False)
    return Memory.read(before.kept(), **without)


def test_a_question_is_worked_out_once():
    """The second time the answer is known, also when it is None."""
    memory = Memory()
    memory.ask(("is it there?", "shop.money"), lambda: None)

    assert memory.ask(("is it there?", "shop.money"), never) is None


def test_what_was_kept_is_known():
    """A question of an earlier check is not worked out again."""
    memory = remembered(without=())

    assert memory.ask(("missing_name.lacks", "shop.money", "VAT"), never) is False


def test_a_question_about_a_new_name_is_asked_again():
    """A name that has come or gone makes every question new in which it is mentioned, as a part of a path, too."""
    for name in ("VAT", "money"):
        memory = remembered(without={name})

        assert memory.ask(("missing_name.lacks", "shop.money", "VAT"), lambda: True) is True


def test_what_is_not_asked_any_more_is_forgotten():
    """Only what was asked this time is kept for the next."""
    memory = Memory.read(remembered(without=()).kept(), without=())

    assert (
        Memory.read(memory.kept(), ()).ask(("missing_name.lacks", "shop.money", "VAT"), lambda: "anew")
        == "anew"
    )
