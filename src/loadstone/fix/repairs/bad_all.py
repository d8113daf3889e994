"""An entry of `__all__` that names nothing: a comma is put in, or the entry is taken away."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from loadstone.fix.removing import span, without_item
from loadstone.fix.repair import Meant
from loadstone.fix.site import Unfixable
from loadstone.source import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.diagnostic import Diagnostic
    from loadstone.check.module import Module
    from loadstone.fix.document import Document
    from loadstone.fix.edits import Edit
    from loadstone.fix.repair import Repair
    from loadstone.fix.site import Site
    from loadstone.source.acts import Body
    from loadstone.source.statements import Statement

__all__ = ["repair"]


def repair(site: Site, found: Diagnostic) -> Repair:
    """Return the `__all__` with only what is there; raise Unfixable where a name is near that was probably meant."""
    module = site.module(found)
    document = site.model.document(module.path)
    for other, statement in module.whole.stars_of(module.name):
        if _tried(other.summary.body, statement):
            raise Unfixable(f"{other.name} tries its star, and does something else as long as that fails")
    if any("comma is missing" in note for note in found.notes):
        edit, title = _comma(document, found), "put in the comma that is missing"
    elif found.notes:
        raise Unfixable(f"{found.message}; {found.notes[0]}")
    else:
        edit, title = _entry(document, found), "take the entry away: it names nothing"
    return site.repair(found, title, edit, meant=_meant(site, module, document, edit))


def _meant(site: Site, module: Module, document: Document, edit: Edit) -> Meant:
    """The list may change, and what a star brings that has failed so far."""
    from loadstone.fix.edits import apply

    after = site.model.changed({module.path: apply(document.content, [edit])})
    names = after.exports(module.name) or ()
    importers = [other.name for other, _ in module.whole.stars_of(module.name)]
    return Meant(
        new=frozenset((importer, name) for importer in importers for name in names),
        exports=frozenset((module.name,)),
    )


def _tried(body: Body, statement: Statement, *, inside: bool = False) -> bool:
    """Whether an import stands in a ``try``."""
    for act in body:
        if isinstance(act, acts.Load) and act.statement == statement and inside:
            return True
        within = inside or isinstance(act, acts.Attempt)
        if any(_tried(part, statement, inside=within) for part in acts.inner(act)):
            return True
    return False


def _comma(document: Document, found: Diagnostic) -> Edit:
    """Two strings that follow one another are one to Python: find where the first of them ends."""
    for node in _items(document):
        (line, start), (last, end) = span(document, node)
        if (line, last) == (found.line, found.line):
            text = document.line(line)[start - 1 : end - 1]
            first = _first_string(text)
            if first:
                place = (line, start + len(first))
                return document.replace(place, place, ",")
    raise Unfixable("the two strings stand on different lines: put the comma in by hand")


def _first_string(text: str) -> str:
    """Return the first of several string literals; empty where there is only one."""
    for end in range(2, len(text)):
        try:
            value = ast.literal_eval(text[:end])
        except (SyntaxError, ValueError):
            continue
        if isinstance(value, str) and text[end:].strip():
            return text[:end]
    return ""


def _entry(document: Document, found: Diagnostic) -> Edit:
    for group in _groups(document):
        for place, node in enumerate(group):
            if node.lineno == found.line and f"{node.value!r}" in found.message:
                if len(group) == 1:
                    (line, start), (last, end) = span(document, node)
                    if document.line(last)[end - 1 : end] != ",":
                        return document.replace((line, start), (last, end), "")
                    return document.replace((line, start), (last, end + 1), "")
                return without_item(document, [span(document, one) for one in group], place)
    raise Unfixable("the entry is not written as a string of a list")


def _items(document: Document) -> Iterator[ast.Constant]:
    for group in _groups(document):
        yield from group


def _groups(document: Document) -> Iterator[list[ast.Constant]]:
    """Yield the lists and tuples of strings that the file has at its top level."""
    for statement in document.tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.List | ast.Tuple):
                group = [
                    one for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                if group and len(group) == len(node.elts):
                    yield group
