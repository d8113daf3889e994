"""Random small projects: what is read from the source is what Python makes of it."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadstone.source.origins import namespace
from loadstone.source.project import Library
from loadstone.testing import tree

MODULES = ("a", "b", "c", "d", "pkg", "pkg.x", "pkg.y", "pkg.sub", "pkg.sub.z")
NAMES = ("f", "g", "h", "x", "y", "sub", "_p", "open")
FILES = {
    module: module.replace(".", "/") + ("/__init__.py" if module in {"pkg", "pkg.sub"} else ".py")
    for module in MODULES
}

modules = st.sampled_from(MODULES)
names = st.sampled_from(NAMES)
lists = st.lists(names, max_size=3, unique=True)


def definition(module):
    return st.builds(
        lambda name, form: form.format(name=name, home=f"{module}:{name}"),
        names,
        st.sampled_from(
            (
                "def {name}(): pass",
                "class {name}: pass",
                '{name} = {{"home": "{home}"}}',
                '({name}, _q) = {{"home": "{home}"}}, []',
                'for {name} in [{{"home": "{home}"}}]: pass',
                'if ({name} := {{"home": "{home}"}}): pass',
            )
        ),
    )


def import_(module):
    targets = [modules]
    if module.startswith("pkg"):
        targets.append(st.sampled_from((".", ".x", ".y", ".sub", ".sub.z")))
    target = st.one_of(targets)
    return st.one_of(
        st.builds("from {} import *".format, target),
        st.builds("from {} import *".format, target),
        st.builds("from {} import {}".format, target, names),
        st.builds("from {} import {} as {}".format, target, names, names),
        st.builds("import {}".format, modules),
        st.builds("import {} as {}".format, modules, names),
    )


def exports(module):
    return st.one_of(
        st.builds("__all__ = {}".format, lists),
        st.builds("__all__ = ['f']; __all__ += {}".format, lists),
        st.builds("__all__ = []; __all__.extend({})".format, lists),
        st.builds(
            "import {0} as m_; __all__ = m_.__all__ + {1}".format, st.sampled_from(("a", "b", "pkg.x")), lists
        ),
    )


def fork(module):
    simple = st.one_of(definition(module), import_(module).filter(lambda text: "*" not in text))
    return st.one_of(
        st.builds("try:\n    {}\nexcept ImportError:\n    {}".format, simple, definition(module)),
        st.builds("import sys\nif sys.version_info >= (3, 8):\n    {}\nelse:\n    {}".format, simple, simple),
        st.builds("if __name__ == '{}':\n    {}".format, modules, simple),
        st.builds("try:\n    del {}\nexcept NameError:\n    pass".format, names),
    )


def body(module):
    statement = st.one_of(
        definition(module),
        definition(module),
        import_(module),
        import_(module),
        import_(module),
        fork(module),
        exports(module),
    )
    return st.lists(statement, min_size=0, max_size=6).map("\n".join)


projects = st.fixed_dictionaries({module: body(module) for module in MODULES})


@pytest.fixture(scope="module")
def importer():
    process = subprocess.Popen(
        [sys.executable, "-I", str(pathlib.Path(__file__).with_name("importer.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(folder, wanted):
        process.stdin.write(json.dumps([str(folder), wanted]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.communicate()


@given(project=projects, order=st.permutations(MODULES))
# Which draws are thrown away is hypothesis's matter: the projects it keeps are what counts.
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_static_names_and_origins_are_those_of_python(importer, project, order):
    """Every module that Python can import has the names, and the origins, that its source was read to have."""
    with tree({FILES[module]: text for module, text in project.items()}) as t:
        library = Library([str(t.path), *sys.path[1:]])
        really = importer(t.path, list(MODULES))

        for module in order:
            read = namespace(library, module)
            if really[module] is not None and read.complete:
                found = {name: one.origin for name, one in read.items() if not name.startswith("__")}
                expected = really[module]
                assert found.keys() == expected.keys(), module
                origins = {name: str(origin) for name, origin in found.items() if expected[name]}
                assert origins == {name: home for name, home in expected.items() if home}, module
