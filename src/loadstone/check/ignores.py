"""``# loadstone: ignore[rule]`` in the text of a file: which findings it silences, and whether it did."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Edit, Place
from loadstone.words import unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Ignores"]

_COMMENT = re.compile(r"#\s*loadstone:\s*(ignore(?:-file)?)\b(?:\[([^\]]*)\])?")


@dataclass(slots=True)
class _Ignore:
    """One comment; `rules` is empty for all of them, `lines` are those it speaks for (None: the whole file)."""

    place: Place
    rules: tuple[str, ...]
    lines: range | None
    used: set[str] = field(default_factory=set)

    def silences(self, found: Diagnostic) -> bool:
        if self.rules and found.rule not in self.rules:
            return False
        if self.lines is not None and found.line not in self.lines:
            return False
        self.used.add(found.rule)
        return True


class Ignores:
    """The ignores of one file.

    A comment behind a statement speaks for all lines of that statement, one on a line of its own for the statement
    that follows; ``ignore-file`` speaks for the file. Without brackets it means every rule.
    """

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        self.path = path
        self.lines = lines
        self._ignores = list(self._read())

    def filter(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the findings that no comment silences."""
        for one in found:
            # All that could silence it are asked, so that none of them is called unused.
            silencing = [ignore for ignore in self._ignores if ignore.silences(one)]
            if not silencing:
                yield one

    def unused(self, ran: Iterable[str], known: Sequence[str]) -> Iterator[Diagnostic]:
        """Yield a finding for each comment, or rule in one, that silenced nothing though the rule `ran`."""
        ran = frozenset(ran)
        for ignore in self._ignores:
            for rule in ignore.rules:
                if rule not in known:
                    yield self._finding(ignore, unknown("rule", rule, known))
                elif rule in ran and rule not in ignore.used:
                    yield self._finding(ignore, f"{rule!r} finds nothing here: the ignore can go")
            if not ignore.rules and not ignore.used and ran.issuperset(known):
                yield self._finding(ignore, "no rule finds anything here: the ignore can go")

    def _finding(self, ignore: _Ignore, message: str) -> Diagnostic:
        return Diagnostic("unused-ignore", "warning", ignore.place, message, edit=self._removal(ignore))

    def _removal(self, ignore: _Ignore) -> Edit | None:
        """Return the edit that takes the comment away; None where some of its rules are needed."""
        if ignore.used:
            return None
        number = ignore.place.line
        line = self.lines[number - 1]
        rest = line[: ignore.place.column - 1].rstrip()
        return Edit(self.path, number, number, (rest,) if rest else (), "remove the comment")

    # Reading.

    def _read(self) -> Iterator[_Ignore]:
        """Yield the comments; the lines of each are set when its statement ends."""
        start = 0
        waiting: list[_Ignore] = []
        for token in self._tokens():
            if token.type == tokenize.COMMENT:
                ignore = self._ignore(token)
                if ignore is not None:
                    waiting.append(ignore)
                    yield ignore
            elif token.type == tokenize.NEWLINE:
                for ignore in waiting:
                    ignore.lines = ignore.lines and range(start, token.end[0] + 1)
                start, waiting = 0, []
            elif token.type not in _BLANK and not start:
                start = token.start[0]

    def _tokens(self) -> Iterator[tokenize.TokenInfo]:
        text = io.StringIO("\n".join(self.lines))
        try:
            yield from tokenize.generate_tokens(text.readline)
        except (tokenize.TokenError, SyntaxError):
            return

    def _ignore(self, token: tokenize.TokenInfo) -> _Ignore | None:
        found = _COMMENT.search(token.string)
        if found is None:
            return None
        line, column = token.start
        place = Place(self.path, line, column + 1 + found.start(), column + 1 + found.end())
        rules = tuple(name.strip() for name in (found[2] or "").split(",") if name.strip())
        return _Ignore(place, rules, None if found[1] == "ignore-file" else range(line, line + 1))


_BLANK = frozenset((tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER))
