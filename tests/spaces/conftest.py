"""Shared by the tests of declared spaces: small wheels in a folder, which uv takes for its index."""

import base64
import hashlib
import os
import sysconfig
import zipfile

import pytest

from loadstone.declared.project import of_project
from loadstone.declared.sync.syncing import sync
from loadstone.declared.sync.uv import find_uv
from loadstone.errors import NoUv
from loadstone.testing import tree

PYPROJECT = """
    [project]
    name = "app"
    requires-python = ">=3.11"

    [tool.loadstone.spaces.old]
    dependencies = ["pk<2"]

    [tool.loadstone.spaces.new]
    dependencies = ["pk>=2"]
    imports-from = ["old"]
    """


def make_wheel(folder, name, version, files, requires=(), tag="py3-none-any"):
    """Write a wheel: `files` maps paths to text."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {one}\n" for one in requires)
    members = {
        **files,
        f"{info}/METADATA": metadata,
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = "".join(f"{path},sha256={_digest(text)},{len(text)}\n" for path, text in members.items())
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as wheel:
        for path, text in {**members, f"{info}/RECORD": record + f"{info}/RECORD,,\n"}.items():
            wheel.writestr(path, text)


def _digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    """Return the environment in which uv knows a few packages and no network: pk 1.0, 1.1 and 2.0, and needy."""
    try:
        find_uv()
    except NoUv:
        pytest.skip("uv is not installed")
    folder = tmp_path_factory.mktemp("wheels")
    for version in ("1.0", "1.1", "2.0"):
        code = f"VERSION = {version!r}\ndef who():\n    from pk import helper\n    return helper.WHO\n"
        make_wheel(
            folder,
            "pk",
            version,
            {
                "pk/__init__.py": code,
                "pk/helper.py": f"WHO = 'pk {version}'\n",
                "pk/py.typed": "",
                "pk/typed.py": "from pk.helper import WHO\nclass Thing:\n    size: int = 1\n",
            },
        )
    make_wheel(folder, "needy", "1.0", {"needy.py": "import pk\n"}, requires=["pk<2"])
    return {
        "UV_FIND_LINKS": str(folder),
        "UV_NO_INDEX": "1",
        "UV_CACHE_DIR": str(tmp_path_factory.mktemp("cache")),
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
    }


def _sync(project, names, options):
    declared = of_project(str(project / "pyproject.toml"))
    return [sync(declared[name], **options) for name in names or declared]


@pytest.fixture
def project(wheels, monkeypatch):
    """Return a function that makes a tree with a pyproject.toml.

    It has `sync` for spaces by name, in this process, and `space_command` for ``loadstone space``.
    """
    opened = []
    for name, value in wheels.items():
        monkeypatch.setenv(name, value)

    def make(files=None, pyproject=PYPROJECT):
        context = tree({"pyproject.toml": pyproject, **(files or {})})
        opened.append(context)
        new = context.__enter__()
        new.space_command = lambda *words: new.loadstone("space", *words)
        new.sync = lambda *names, **options: _sync(new, names, options)
        return new

    yield make
    for context in opened:
        context.__exit__(None, None, None)
