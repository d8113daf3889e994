"""docs/rules.md is made from the rules."""

from __future__ import annotations

from pathlib import Path

from loadstone.check.pages import document
from loadstone.check.rules import every

RULES = Path(__file__).parents[2] / "docs" / "rules.md"


def test_up_to_date():
    """The document is what the rules' pages say; if this fails: python -m loadstone.check.pages > docs/rules.md."""
    assert RULES.read_text(encoding="utf-8") == document()


def test_every_rule_has_its_page():
    """Each rule has a section with its parts, and a row in the table that leads there."""
    text = document()

    for rule in every():
        section = text.partition(f"\n## {rule.name}\n")[2].partition("\n## ")[0]
        assert f"| [{rule.name}](#{rule.name}) |" in text
        assert [
            part for part in ("What", "Why", "Example", "Instead") if f"\n**{part}**\n" not in section
        ] == []
        assert section.count("```") % 2 == 0
