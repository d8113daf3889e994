"""Tables [tool.loadstone.spaces.NAME]: what they may say, and every mistake in them at once."""

import pytest

from loadstone.declared.catalog import Catalog
from loadstone.declared.project import above, of_project
from loadstone.errors import BadOptions, NoSuchSpace
from loadstone.testing import tree


def problems(text, files=None):
    """Return what is said of a pyproject.toml, without its path."""
    with tree({"pyproject.toml": text, **(files or {})}) as t:
        with pytest.raises(BadOptions) as caught:
            of_project(str(t / "pyproject.toml"))
        found = [one.removeprefix(f"{t / 'pyproject.toml'}:") for one in caught.value.problems]
        return [one.replace(str(t.path), "FOLDER") for one in found]


def test_a_declaration_says_what_a_space_needs():
    """Every key of the table is in the value, with absolute paths."""
    text = """
        [tool.loadstone.spaces.modern]
        [tool.loadstone.spaces.legacy]
        dependencies = ["pydantic<2"]
        path = ["plugins/legacy"]
        share = ["app_api"]
        deny = ["socket"]
        imports-from = ["modern"]
        """
    with tree({"pyproject.toml": text, "plugins/legacy/": ""}) as t:
        space = of_project(str(t / "pyproject.toml"))["legacy"]

        assert space.line == 2
        assert space.dependencies == ("pydantic<2",)
        assert space.path == (str(t / "plugins" / "legacy"),)
        assert (space.share, space.deny, space.imports_from) == (
            {"app_api": "host"},
            ("socket",),
            ("modern",),
        )
        assert space.lock == str(t / "pylock.legacy.toml")
        assert space.site == str(t / ".loadstone" / "spaces" / "legacy" / "site-packages")


def test_all_mistakes_are_reported_at_once_with_their_lines():
    """One error has a line for each mistake of every table."""
    text = """
        [tool.loadstone.spaces.one]
        dependencies = "jinja2"
        path = ["no/such"]
        shared = ["app_api"]
        [tool.loadstone.spaces.two]
        deny = ["a.b"]
        imports-from = ["on"]
        """
    assert problems(text) == [
        '2: tool.loadstone.spaces.one.dependencies: it must be a list of requirements, such as ["pydantic<2"]',
        "3: tool.loadstone.spaces.one.path: there is no folder 'no/such' in FOLDER",
        "4: tool.loadstone.spaces.one.shared: unknown key 'shared': did you mean 'share'?",
        "6: tool.loadstone.spaces.two.deny: deny takes top-level names, and 'a.b' has a dot: write 'a'",
        "7: tool.loadstone.spaces.two.imports-from: unknown space 'on': did you mean 'one'?",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("class", "class: 'class' is a word of the language, which no import statement can name"),
        ('"a.b"', "a.b: the name of a space has no dots: import statements have it as one word"),
        ("a.b", "a.b: the name of a space has no dots: import statements have it as one word"),
        ("my-space", "my-space: 'my-space' is no name for a module: use letters, digits and _"),
        ("__x", "__x: '__x' is no name for a module: use letters, digits and _"),
        ("host", "host: 'host' is the space that Python itself starts with: use another name"),
    ],
)
def test_a_name_that_no_import_statement_can_say_is_a_mistake(name, said):
    """Keywords, dots, hyphens and double underscores each have their sentence."""
    text = f"[tool.loadstone.spaces.{name}]\ndependencies = []\n"

    assert problems(text) == [f"1: tool.loadstone.spaces.{said}"]


def test_a_table_with_a_dot_too_many_is_found_where_it_stands():
    """Also below other tables, and with nothing written under the first name alone."""
    text = "[project]\nname = 'app'\n[tool.loadstone.spaces.a.b]\ndependencies = []\n"

    assert problems(text) == [
        "3: tool.loadstone.spaces.a.b: the name of a space has no dots: import statements have it as one word"
    ]


def test_names_that_differ_in_case_are_one_folder_on_some_systems():
    """Two such names are a mistake on all systems."""
    assert problems("[tool.loadstone.spaces.ab]\n[tool.loadstone.spaces.AB]\n") == [
        "2: tool.loadstone.spaces.AB: it differs from 'ab' in nothing but case"
    ]


def test_a_ring_of_imports_is_a_mistake():
    """The error names the ring in order."""
    text = """
        [tool.loadstone.spaces.a]
        imports-from = ["b"]
        [tool.loadstone.spaces.b]
        imports-from = ["c"]
        [tool.loadstone.spaces.c]
        imports-from = ["a"]
        """
    assert problems(text) == [
        "6: tool.loadstone.spaces.c.imports-from: it makes a ring: a imports from b imports from c imports from a"
    ]


def test_a_space_may_be_given_modules_of_another():
    """Share as a table names who gives; a giver that is not declared is a mistake."""
    assert problems('[tool.loadstone.spaces.first]\nshare = { api = "frst", app = "host" }\n') == [
        "2: tool.loadstone.spaces.first.share.api: unknown space 'frst': did you mean 'first'?"
    ]


def test_the_nearest_pyproject_counts():
    """It is looked for in the program's folder and those above."""
    with tree({"pyproject.toml": "", "deep/down/": ""}) as t:
        assert above(str(t / "deep" / "down")) == str(t / "pyproject.toml")


def test_a_space_that_is_not_declared_says_what_is():
    """The error names the file and what may have been meant."""
    with tree({"pyproject.toml": "[tool.loadstone.spaces.legacy]\n"}) as t:
        with pytest.raises(NoSuchSpace, match=r"pyproject\.toml declares legacy; did you mean legacy\?"):
            Catalog(str(t.path), []).find("legcy")


def test_an_installed_package_declares_spaces_of_its_own():
    """An entry point names a file of the package; the program's own declaration of a name comes first."""
    declared = "[tool.loadstone.spaces.theirs]\n[tool.loadstone.spaces.both]\n"
    files = {
        "pyproject.toml": "[tool.loadstone.spaces.both]\n",
        "site/shop/__init__.py": "raise SystemExit('reading imports nothing')",
        "site/shop/spaces.toml": declared,
        "site/shop-1.0.dist-info/entry_points.txt": """
            [console_scripts]
            x=y:z
            [loadstone.spaces]
            any = shop:spaces.toml
            """,
    }
    with tree(files) as t:
        every = Catalog(str(t.path), [str(t / "site")]).every()

        assert [*every] == ["both", "theirs"]
        assert every["both"].source == str(t / "pyproject.toml")
        assert every["theirs"].source == str(t / "site" / "shop" / "spaces.toml")


def test_two_packages_that_declare_one_name_are_both_named():
    """Neither hides the other silently."""
    files = {}
    for name in ("one", "two"):
        files[f"{name}/__init__.py"] = ""
        files[f"{name}/spaces.toml"] = "[tool.loadstone.spaces.same]\n"
        files[f"{name}-1.dist-info/entry_points.txt"] = f"[loadstone.spaces]\nx = {name}:spaces.toml\n"
    with tree(files) as t:
        with pytest.raises(BadOptions, match="declares 'same' as well") as caught:
            Catalog("/", [str(t.path)]).every()
        assert str(t / "one" / "spaces.toml") in str(caught.value)
        assert str(t / "two" / "spaces.toml") in str(caught.value)
