"""Reading a program that imports from spaces, and watching one: neither takes a space's modules for missing."""

from loadstone import Space
from loadstone.testing import tree

PROGRAM = """
    from loadstone.spaces.old import pk as one
    import loadstone.spaces.new.pk.sub as two
    from loadstone.spaces.old.pk import Thing, other
    print(one, two, Thing, other)
    """


def test_check_finds_nothing_wrong_with_imports_from_spaces():
    """What is in a space is known when the program runs, and is no missing module before."""
    with tree({"app.py": PROGRAM}) as t:
        assert t.loadstone("check", "app.py").stdout == "1 file: nothing found\n"


def test_show_names_the_space():
    """The origin of each name is its long name."""
    with tree({"app.py": PROGRAM}) as t:
        shown = t.loadstone("show", "app.py").stdout

    assert "loadstone.spaces.old.pk:Thing" in shown
    assert "loadstone.spaces.new.pk.sub" in shown
    assert "not found" not in shown


def test_why_answers_for_the_space_that_a_name_is_in():
    """The long name of a module is asked for as the program's statements have it."""
    with tree({"mine/pk.py": "", "pyproject.toml": '[tool.loadstone.spaces.old]\npath = ["mine"]\n'}) as t:
        said = t.loadstone("why", "loadstone.spaces.old.pk").stdout

    assert said.startswith("pk: a module (mine/pk.py)\n  space old")


def test_events_say_who_decided():
    """Each import of a space says by which rule the module came."""
    files = {
        "m.py": """
            import sys, json, pickle, api
            try:
                import socket
            except ImportError:
                pass
            """,
        "o/api.py": "",
    }
    with tree(files) as t:
        other = Space("other", [t / "o"])
        space = t.space(share={"api": other}, deny=["socket"])
        told = []
        with space.on_import(told.append):
            space.import_module("m")
        how = [(event.module, event.how) for event in told if event.importer == "m"]

    assert how == [
        ("sys", "facade"),
        ("json", "shared"),
        ("pickle", "graft"),
        ("api", "given"),
        ("socket", "denied"),
    ]
