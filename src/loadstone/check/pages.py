"""The rules as one document: ``python -m loadstone.check.pages > docs/rules.md``."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from loadstone.check.rules import every

if TYPE_CHECKING:
    from loadstone.check.rule import Rule

__all__ = ["document"]

HEAD = """\
# Rules

What `loadstone check` finds. This page is made from the rules' own pages: `loadstone check --explain RULE` prints one.

An **error** is certain, and changes what the program does; a **warning** is most likely a mistake; a **note** is
something to know.

## Choosing rules

In `pyproject.toml`:

```toml
[tool.loadstone.check]
ignore = ["star"]                           # all rules but these; select = [...]: only these
level = "warning"                           # show findings of this level and above
levels = { star-leaks = "note" }            # give the findings of a rule another level
per-file-ignores = { "tests/" = ["star"] }  # patterns as in .gitignore

[tool.loadstone.check.aliases]
"shop.money" = "money"                      # what the rule alias wants
```

On the command line, `--select`, `--ignore` and `--level` say the same for one run.

## Ignoring one finding

```python
from os.path import *  # loadstone: ignore[star]
```

- Behind a statement the comment speaks for all lines of that statement; on a line of its own, for the statement that
  follows.
- Several rules: `# loadstone: ignore[star, star-hides]`. Without brackets it means every rule.
- `# loadstone: ignore-file[star]`, anywhere in a file, speaks for the whole file.
- An ignore that silences nothing is found itself, by [unused-ignore](#unused-ignore).
"""

_INDENT = "    "  # of a section's text; code stands one step further in


def document() -> str:
    """Return the whole document in Markdown."""
    rules = every()
    return "\n\n".join([HEAD.rstrip(), _table(rules), *map(_section, rules)]) + "\n"


def _table(rules: tuple[Rule, ...]) -> str:
    rows = [f"| [{one.name}](#{one.name}) | {', '.join(one.levels)} | {one.summary} |" for one in rules]
    return "\n".join(["## All rules", "", "| rule | level | finds |", "| --- | --- | --- |", *rows])


def _section(rule: Rule) -> str:
    """Return one rule's page; of its parts, What, Why, Example and Instead become headings in bold."""
    parts = [f"## {rule.name}", f"{rule.summary} *({' or '.join(rule.levels)})*"]
    for block in rule.page.split("\n\n")[1:]:
        title, _, rest = ("", "", block) if block.startswith(_INDENT) else block.partition("\n")
        parts += [f"**{title}**"] if title else []
        text = rest.replace("\n" + _INDENT, "\n").removeprefix(_INDENT)
        if not text.startswith(_INDENT):
            parts.append(text)
        elif parts[-1].endswith("```") and not title:  # an empty line inside the code
            parts[-1] = f"{parts[-1].removesuffix('```')}\n{textwrap.dedent(text)}\n```"
        else:
            code = textwrap.dedent(text)
            parts.append(f"```{'toml' if code.startswith('[') else 'python'}\n{code}\n```")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(document())
