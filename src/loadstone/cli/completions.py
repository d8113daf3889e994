"""The completion scripts: one table of what may follow which word, written out for each shell.

A script asks ``loadstone completion modules PREFIX`` for the names of modules, and ``spaces`` for those of spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loadstone.check.rules import NAMES as RULES
from loadstone.cli.dispatch import COMMANDS, options
from loadstone.fix.repairs import NAMES as REPAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["script"]


class Case(NamedTuple):
    """What may come behind a word: `after` has ``command:word``, where ``*`` stands for any.

    `words` are typed as they are, with `commas` several of them; or `ask` says what the script asks for.
    """

    after: tuple[str, ...]
    words: tuple[str, ...] = ()
    commas: bool = False
    ask: str = ""


VALUES = (
    Case(("run:-m", "graph:--from", "graph:--to", "fix:--prefer"), ask="modules"),
    Case(("why:--space",), ask="spaces"),
    Case(("fix:--keep",), ("needed", "all")),
    Case(("fix:--rule",), REPAIRS, commas=True),
    Case(("check:--select", "check:--ignore"), RULES, commas=True),
    Case(("check:--explain",), RULES),
    Case(("check:--level",), ("note", "warning", "error")),
    Case(("check:--format",), ("text", "json", "github")),
    Case(("graph:--format",), ("text", "json", "dot")),
    Case(("*:--format",), ("text", "json")),
    Case(("completion:*",), ("bash", "zsh", "fish")),
    Case(("space:space",), ("list", "sync")),
)
"""By the word before the one that is typed; the first that fits counts."""


def script(shell: str) -> str:
    """Return the script for ``bash``, ``zsh`` or ``fish``."""
    text, written = {"bash": (BASH, _bash), "zsh": (ZSH, _zsh), "fish": (FISH, _fish)}[shell]
    for place, cases in (("@VALUES@\n", VALUES), ("@OPTIONS@\n", _options())):
        text = text.replace(place, "".join(f"        {written(case)}\n" for case in cases))
    return text.replace("@COMMANDS@", " ".join((*COMMANDS, "--help", "--version")))


def _options() -> Iterable[Case]:
    """Yield what may be typed in place of a file, by its beginning."""
    yield from (Case((f"{name}:-*",), options(name)) for name in COMMANDS if options(name))
    yield Case(("space:*",), ask="spaces")


def _bash(case: Case) -> str:
    if case.ask:
        found = f'$(loadstone completion {case.ask} "$current" 2>/dev/null)'
    elif case.commas:
        found = f'$(compgen -P "$several" -W "{" ".join(case.words)}" -- "${{current##*,}}")'
    else:
        found = f'$(compgen -W "{" ".join(case.words)}" -- "$current")'
    return f"{'|'.join(case.after)}) COMPREPLY=({found}); return ;;"


def _zsh(case: Case) -> str:
    found = " ".join(case.words)
    if case.ask:
        found = f'${{(f)"$(loadstone completion {case.ask} "$current" 2>/dev/null)"}}'
    before = "compset -P '*,'; " if case.commas else ""
    return f"{'|'.join(case.after)}) {before}compadd -- {found}; return ;;"


def _fish(case: Case) -> str:
    after = " ".join(f"'{one}'" for one in case.after)
    if case.ask:
        return f'case {after}; loadstone completion {case.ask} "$current" 2>/dev/null; return'
    several = '"$several"' if case.commas else ""
    return f"case {after}; printf '%s\\n' {several}{{{','.join(case.words)}}}; return"


BASH = """\
_loadstone() {
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}"
    local several="${current%"${current##*,}"}"
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "@COMMANDS@" -- "$current"))
        return
    fi
    case "$command:$previous" in
@VALUES@
    esac
    case "$command:$current" in
@OPTIONS@
    esac
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$current"))
    case "$command" in
        show|why) COMPREPLY+=($(loadstone completion modules "$current" 2>/dev/null)) ;;
    esac
}
complete -F _loadstone loadstone
"""

ZSH = """\
_loadstone() {
    local command="${words[2]}" previous="${words[CURRENT-1]}" current="${words[CURRENT]}"
    if (( CURRENT == 2 )); then
        compadd -- @COMMANDS@
        return
    fi
    case "$command:$previous" in
@VALUES@
    esac
    case "$command:$current" in
@OPTIONS@
    esac
    _files
    case "$command" in
        show|why) compadd -- ${(f)"$(loadstone completion modules "$current" 2>/dev/null)"} ;;
    esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _loadstone loadstone
"""

FISH = """\
function __loadstone
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l several (string match -r '^.*,' -- "$current")
    if test (count $words) -eq 1
        string split ' ' -- '@COMMANDS@'
        return
    end
    switch "$words[2]:$words[-1]"
@VALUES@
    end
    switch "$words[2]:$current"
@OPTIONS@
    end
    __fish_complete_path "$current"
    switch "$words[2]"
        case show why; loadstone completion modules "$current" 2>/dev/null
    end
end
complete -c loadstone -f -a "(__loadstone)"
"""
