"""The completion scripts. Each asks ``loadstone completion modules PREFIX`` for the names of modules, or ``spaces``."""

from __future__ import annotations

from loadstone.check.rules import NAMES as RULES
from loadstone.cli.dispatch import COMMANDS, options
from loadstone.fix.repairs import NAMES as REPAIRS

__all__ = ["script"]


def script(shell: str) -> str:
    """Return the script for ``bash``, ``zsh`` or ``fish``."""
    text = {"bash": BASH, "zsh": ZSH, "fish": FISH}[shell]
    words = {name: options(name) for name in COMMANDS}
    for name, several in {**words, "commands": COMMANDS, "rules": RULES, "repairs": REPAIRS}.items():
        text = text.replace(f"@{name.upper()}@", " ".join(several))
    return text


BASH = """\
_loadstone() {
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}"
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "@COMMANDS@ --help --version" -- "$current"))
        return
    fi
    case "$command:$previous" in
        run:-m) COMPREPLY=($(loadstone completion modules "$current" 2>/dev/null)); return ;;
        graph:--from|graph:--to) COMPREPLY=($(loadstone completion modules "$current" 2>/dev/null)); return ;;
        fix:--prefer) COMPREPLY=($(loadstone completion modules "$current" 2>/dev/null)); return ;;
        fix:--keep) COMPREPLY=($(compgen -W "needed all" -- "$current")); return ;;
        fix:--rule) COMPREPLY=($(compgen -W "@REPAIRS@" -- "$current")); return ;;
        check:--select|check:--ignore|check:--explain) COMPREPLY=($(compgen -W "@RULES@" -- "$current")); return ;;
        check:--level) COMPREPLY=($(compgen -W "note warning error" -- "$current")); return ;;
        why:--space) COMPREPLY=($(loadstone completion spaces "$current" 2>/dev/null)); return ;;
        check:--format) COMPREPLY=($(compgen -W "text json github" -- "$current")); return ;;
        graph:--format) COMPREPLY=($(compgen -W "text json dot" -- "$current")); return ;;
        *:--format) COMPREPLY=($(compgen -W "text json" -- "$current")); return ;;
        completion:*) COMPREPLY=($(compgen -W "bash zsh fish" -- "$current")); return ;;
        space:space) COMPREPLY=($(compgen -W "list sync" -- "$current")); return ;;
    esac
    case "$command:$current" in
        run:-*) COMPREPLY=($(compgen -W "@RUN@" -- "$current")); return ;;
        show:-*) COMPREPLY=($(compgen -W "@SHOW@" -- "$current")); return ;;
        check:-*) COMPREPLY=($(compgen -W "@CHECK@" -- "$current")); return ;;
        fix:-*) COMPREPLY=($(compgen -W "@FIX@" -- "$current")); return ;;
        verify:-*) COMPREPLY=($(compgen -W "@VERIFY@" -- "$current")); return ;;
        graph:-*) COMPREPLY=($(compgen -W "@GRAPH@" -- "$current")); return ;;
        why:-*) COMPREPLY=($(compgen -W "@WHY@" -- "$current")); return ;;
        space:-*) COMPREPLY=($(compgen -W "@SPACE@" -- "$current")); return ;;
        space:*) COMPREPLY=($(loadstone completion spaces "$current" 2>/dev/null)); return ;;
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
        compadd -- @COMMANDS@ --help --version
        return
    fi
    case "$command:$previous" in
        run:-m) compadd -- ${(f)"$(loadstone completion modules "$current" 2>/dev/null)"}; return ;;
        graph:--from|graph:--to) compadd -- ${(f)"$(loadstone completion modules "$current" 2>/dev/null)"}; return ;;
        fix:--prefer) compadd -- ${(f)"$(loadstone completion modules "$current" 2>/dev/null)"}; return ;;
        fix:--keep) compadd -- needed all; return ;;
        fix:--rule) compadd -- @REPAIRS@; return ;;
        check:--select|check:--ignore|check:--explain) compadd -- @RULES@; return ;;
        check:--level) compadd -- note warning error; return ;;
        why:--space) compadd -- ${(f)"$(loadstone completion spaces "$current" 2>/dev/null)"}; return ;;
        check:--format) compadd -- text json github; return ;;
        graph:--format) compadd -- text json dot; return ;;
        *:--format) compadd -- text json; return ;;
        completion:*) compadd -- bash zsh fish; return ;;
        space:space) compadd -- list sync; return ;;
    esac
    case "$command:$current" in
        run:-*) compadd -- @RUN@; return ;;
        show:-*) compadd -- @SHOW@; return ;;
        check:-*) compadd -- @CHECK@; return ;;
        fix:-*) compadd -- @FIX@; return ;;
        verify:-*) compadd -- @VERIFY@; return ;;
        graph:-*) compadd -- @GRAPH@; return ;;
        why:-*) compadd -- @WHY@; return ;;
        space:-*) compadd -- @SPACE@; return ;;
        space:*) compadd -- ${(f)"$(loadstone completion spaces "$current" 2>/dev/null)"}; return ;;
    esac
    _files
    case "$command" in
        show|why) compadd -- ${(f)"$(loadstone completion modules "$current" 2>/dev/null)"} ;;
    esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _loadstone loadstone
"""

FISH = """\
function __loadstone_spaces
    loadstone completion spaces (commandline -ct) 2>/dev/null
end
function __loadstone_modules
    loadstone completion modules (commandline -ct) 2>/dev/null
end
complete -c loadstone -n __fish_use_subcommand -f -a "@COMMANDS@"
complete -c loadstone -n "__fish_seen_subcommand_from space" -a "list sync (__loadstone_spaces)"
complete -c loadstone -n "__fish_seen_subcommand_from space" -l upgrade -l locked -l dry-run
complete -c loadstone -n "__fish_seen_subcommand_from completion" -f -a "bash zsh fish"
complete -c loadstone -n "__fish_seen_subcommand_from run" -s m -x -a "(__loadstone_modules)"
complete -c loadstone -n "__fish_seen_subcommand_from run" -a "@RUN@"
complete -c loadstone -n "__fish_seen_subcommand_from check" -a "@CHECK@"
complete -c loadstone -n "__fish_seen_subcommand_from check" -l select -l ignore -l explain -x -a "@RULES@"
complete -c loadstone -n "__fish_seen_subcommand_from check" -l level -x -a "note warning error"
complete -c loadstone -n "__fish_seen_subcommand_from fix" -a "@FIX@"
complete -c loadstone -n "__fish_seen_subcommand_from fix" -l rule -x -a "@REPAIRS@"
complete -c loadstone -n "__fish_seen_subcommand_from verify" -a "@VERIFY@"
complete -c loadstone -n "__fish_seen_subcommand_from graph" -a "@GRAPH@"
complete -c loadstone -n "__fish_seen_subcommand_from show why" -a "(__loadstone_modules)"
complete -c loadstone -n "__fish_seen_subcommand_from show why" -l format -x -a "text json"
complete -c loadstone -n "__fish_seen_subcommand_from show why" -l all -l run
"""
