"""README and the tour say what really happens: their files are written, their commands run, their output compared.

A code block that follows a line with nothing but a file name in backquotes is that file. In a ``console`` block
every line after ``$`` is run, in the document's one folder, and what stands below it is its output; ``...``
stands for any text, and alone on a line for any lines. The folder prints as ``/tour``. Blocks that are marked as in
need of the network are passed over from the first one on that finds none.
"""

import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from loadstone.testing import tree

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"(?P<network>^<!-- needs the network -->\n\n)?"
    r"(?:^`(?P<file>[^`\n]+)`:?\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def parts(text):
    """Yield ("file", name, content) and ("command" or "network", command, expected output), in order."""
    for block in BLOCK.finditer(text):
        if block["file"]:
            yield "file", block["file"], block["body"]
        elif block["kind"] == "console":
            for command in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
                line, _, output = command.partition("\n")
                yield "network" if block["network"] else "command", line, output


def matches(expected, real):
    """Return whether `real` is what `expected` says; columns may be wider or narrower."""
    pattern = (
        re.escape(narrow(expected)).replace("\\\n\\.\\.\\.\\\n", "\n(?:.*?\n)?").replace(r"\.\.\.", ".*?")
    )
    return re.fullmatch(pattern, narrow(real), re.DOTALL) is not None


def narrow(text):
    """Return `text` with two spaces between columns, however wide they are."""
    return re.sub(r"(?<=\S)  +", "  ", text.strip())


def run(command, folder):
    """Return what a shell prints for `command`, both streams in the order they were written."""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "COLUMNS": "120",
    }
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.replace(str(folder), "/tour")


def steps(document):
    """Return the parts of a document, and that there are some: a typo in a fence must not pass as success."""
    found = list(parts((ROOT / document).read_text(encoding="utf-8")))
    assert any(kind == "command" for kind, _, _ in found)
    return found


@pytest.mark.parametrize("document", ["README.md", "docs/tour.md", "docs/fix.md"])
def test_the_document_is_true(document, tmp_path):
    """Each command prints what the document says it prints."""
    folder = tmp_path.resolve()
    online = True
    for kind, what, text in steps(document):
        if kind == "file":
            (folder / what).parent.mkdir(parents=True, exist_ok=True)
            (folder / what).write_text(text, encoding="utf-8")
            continue
        if kind == "network" and not online:
            continue
        real = run(what, folder)
        if kind == "network" and "the network does not answer" in real:
            online = False
            continue
        assert matches(text, real), f"$ {what}\n{real}"


@pytest.mark.parametrize(
    "document",
    ["README.md", "examples/README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))],
)
def test_links_between_documents_lead_somewhere(document):
    """Every relative link of a document names a file that is there."""
    text = (ROOT / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)

    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


SHOWING = sorted(
    {"README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))}
)
SHOWING.remove("docs/rules.md")  # its examples are wrong on purpose, and tried by test_rule_pages.py


@pytest.mark.parametrize("document", SHOWING)
def test_what_a_document_shows_is_well_formed(document):
    """Every block of Python compiles and every block of TOML can be read, as someone who copies it expects."""
    text = (ROOT / document).read_text(encoding="utf-8")
    for block in re.finditer(r"^ *```(python|toml)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        body = textwrap.dedent(block[2])
        assert compile(body, document, "exec") if block[1] == "python" else tomllib.loads(body)


def test_every_key_of_a_space_is_explained():
    """The table of docs/spaces.md has the keys that the error about an unknown one lists."""
    text = (ROOT / "docs/spaces.md").read_text(encoding="utf-8")
    table = re.search(r"^\| key \| meaning \|\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
    assert table is not None
    with tree({"pyproject.toml": "[tool.loadstone.spaces.old]\nzzz = 1\n"}) as t:
        listed = t.loadstone("space", "list").stderr.strip().rpartition(": ")[2]

    assert sorted(re.findall(r"^\| `([\w-]+)`", table[1], re.MULTILINE)) == listed.split(", ")
