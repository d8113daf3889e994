"""Which error to explain: the uncaught one, or the import error that it only passes on."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from loadstone.explain.files import Files

__all__ = ["subjects"]

_MOST = 20


def subjects(error: BaseException, files: Files) -> Iterator[BaseException]:
    """Yield the uncaught error, then those it wraps, each once.

    ``raise ... from error`` says so itself. An error raised while another was handled wraps it only if it
    comes from a ``raise`` in that handler: ``except ImportError: raise RuntimeError("install foo")``. What
    fails by itself there (a fallback that has another fault) is another matter.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting and len(seen) < _MOST:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += _wrapped(current, files)


def _wrapped(error: BaseException, files: Files) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return list(error.exceptions)
    if error.__cause__ is not None:
        return [error.__cause__]
    context = error.__context__
    if context is None or error.__suppress_context__ or not _raised_in_handler(error, context, files):
        return []
    return [context]


def _raised_in_handler(error: BaseException, context: BaseException, files: Files) -> bool:
    last, first = _last(error.__traceback__), context.__traceback__
    if last is None or first is None or last.tb_frame is not first.tb_frame:
        return False
    source = files.source(last.tb_frame.f_code.co_filename)
    return source is not None and any(_raises(node, last.tb_lineno) for node in ast.walk(source.tree))


def _raises(node: ast.AST, line: int) -> bool:
    return isinstance(node, ast.Raise) and node.lineno <= line <= (node.end_lineno or node.lineno)


def _last(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace
