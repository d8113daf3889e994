"""The parser of a command's words; an error of use is one line, with what to type instead."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

from loadstone.words import meant

__all__ = ["Parser"]

_CHOICE = re.compile(r"argument (?P<what>.+?): invalid choice: (?P<given>.+) \(choose from (?P<all>.+)\)")
_NUMBER = re.compile(r"argument (?P<what>.+?): invalid int value: (?P<given>.+)")
_VALUE = re.compile(r"argument (?P<what>.+?): expected (?:one|at least one) argument")
_MISSING = re.compile(r"the following arguments are required: (?P<what>.+)")
_EXCESS = re.compile(r"unrecognized arguments: (?P<given>\S+)")


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose errors are sentences: argparse names the parts of its own machinery.

    It formats no help, and so does not ask how wide the terminal is: for that it would import `shutil` at every start.
    """

    def _get_formatter(self) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(self.prog, width=80)

    @property
    def words(self) -> tuple[str, ...]:
        """The options that it knows."""
        return tuple(self._option_string_actions)

    def error(self, message: str) -> NoReturn:
        """Print the error and leave with 2."""
        said = self._said(message)
        advice = "" if said.endswith("?") else f"; {self.prog} --help has examples"
        print(f"{self.prog}: {said}{advice}", file=sys.stderr)
        raise SystemExit(2)

    def _said(self, message: str) -> str:
        """Return argparse's message in our words; one that is not known as it is."""
        if found := _CHOICE.fullmatch(message):
            return f"{_subject(found['what'])}{_choices(found)}, not {found['given']}"
        if found := _NUMBER.fullmatch(message):
            return f"{found['what']} takes a whole number, not {found['given']}"
        if found := _VALUE.fullmatch(message):
            return f"{found['what']} needs a value"
        if found := _MISSING.fullmatch(message):
            return f"what is missing: {found['what']}"
        if found := _EXCESS.match(message):
            word = found["given"]
            known = meant(word.partition("=")[0], self.words) if word.startswith("-") else ""
            return f"unknown option {word}{known}" if word.startswith("-") else f"{word} is one word too many"
        return message


def _subject(name: str) -> str:
    """Return how the sentence begins: for a word of a command, its name is the list of its choices."""
    return "it takes " if "|" in name else f"{name} takes "


def _choices(found: re.Match[str]) -> str:
    """Return ``text, json or dot``; what completion scripts alone ask for is in no list."""
    listed = found["what"] if "|" in found["what"] else found["all"].replace("'", "").replace(", ", "|")
    *first, last = listed.split("|")
    return f"{', '.join(first)} or {last}"
