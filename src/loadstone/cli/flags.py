"""The command line of ``loadstone run``, and of ``python``: flags of the interpreter, then a program.

On the start-up path of `loadstone run`, which is why this is no argparse; that one could not stop at the
program either. The letters are those of CPython's Python/getopt.c.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Order", "Usage", "parse"]

SWITCHES = "bBdEiIOPqRsStuv"
ASK_PYTHON = ("-?", "-V", "-VV", "--version", "--help-all", "--help-env", "--help-xoptions")
EXAMPLES = {
    "-c": "-c 'print(1)'",
    "-m": "-m json.tool",
    "-W": "-W error",
    "-X": "-X dev",
    "--trace": "--trace imports.json",
    "--check-hash-based-pycs": "--check-hash-based-pycs never",
}


class Usage(Exception):
    """A command line that cannot be understood; its text says what to type instead."""


class Order:
    """What a command line asks for.

    `flags` are for the interpreter; `options` are ours, by name, with their values; `words` are ours as
    they were typed; `rest` is the program as typed. `asks_python` is true when the interpreter answers by
    itself, as for ``--version``.
    """

    def __init__(self) -> None:
        self.flags: list[str] = []
        self.options: dict[str, str] = {}
        self.words: list[str] = []
        self.rest: list[str] = []
        self.asks_python = False
        self.skip_first_line = False
        self.kind = "nothing"
        self.target = ""
        self.args: list[str] = []


def parse(args: list[str], options: Mapping[str, tuple[str, bool]]) -> Order:
    """Return what `args` ask for; raise Usage for an option that is unknown or lacks its value.

    `options` are ours: what is typed, with the option's name and whether a value follows.
    """
    order = Order()
    waiting = args[::-1]
    while waiting and not order.rest:
        word = waiting.pop()
        if word == "-" or word[:1] != "-":
            order.rest = [word]
        elif word == "--":
            order.rest = [word, *waiting[-1:]]
            del waiting[-1:]
        elif word.partition("=")[0] in options:
            _ours(order, word, waiting, options)
        elif word in ASK_PYTHON:
            order.flags.append(word)
            order.asks_python = True
        elif word == "--check-hash-based-pycs":
            order.flags += [word, _value(word, "", waiting)]
        else:
            _cluster(order, word, waiting, options)
    _program(order, waiting[::-1])
    return order


def _ours(order: Order, word: str, waiting: list[str], options: Mapping[str, tuple[str, bool]]) -> None:
    switch, equals, text = word.partition("=")
    name, has_value = options[switch]
    if equals and not has_value:
        raise Usage(f"{switch} takes no value: write {switch}")
    order.options[name] = text or (_value(switch, "", waiting) if has_value else "")
    order.words += [switch, order.options[name]] if has_value else [switch]


def _cluster(order: Order, word: str, waiting: list[str], options: Mapping[str, tuple[str, bool]]) -> None:
    """Take one word of single-letter options, such as ``-B``, ``-OO``, ``-Wignore`` or ``-um`` for ``-u -m``."""
    rest = word[1:].lstrip(SWITCHES + "x")
    switches = word[: len(word) - len(rest)]
    if "x" in switches:
        order.skip_first_line = True
        order.words.append("-x")
    if switches.strip("-x"):
        order.flags.append(switches.replace("x", ""))
    if rest[:1] in ("W", "X"):
        attached = rest[1:]
        order.flags += [f"-{rest}"] if attached else [f"-{rest}", _value(f"-{rest}", "", waiting)]
    elif rest[:1] in ("c", "m"):
        order.rest = [f"-{rest[0]}", _value(f"-{rest[0]}", rest[1:], waiting)]
    elif rest:
        raise Usage(_unknown(word, options))


def _value(option: str, attached: str, waiting: list[str]) -> str:
    """Return what follows an option, in the same word or the next one."""
    if attached:
        return attached
    if not waiting:
        raise Usage(f"{option} needs a value: {EXAMPLES[option]}")
    return waiting.pop()


def _program(order: Order, args: list[str]) -> None:
    """Say which program `rest` is; `args` are the words behind it."""
    order.args = args
    if order.rest and order.rest != ["--"]:
        order.kind = {"-c": "code", "-m": "module", "-": "stdin"}.get(order.rest[0], "file")
        order.target = order.rest[-1]
    order.rest += args


def _unknown(word: str, options: Mapping[str, tuple[str, bool]]) -> str:
    from loadstone.spelling import nearest

    close = nearest(word.partition("=")[0], options)
    if close:
        return f"unknown option {word}: did you mean {close}?"
    return (
        f"unknown option {word}: what is meant for the program goes after it, as in loadstone run FILE {word}; "
        "loadstone run --help lists what goes before"
    )
