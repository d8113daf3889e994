"""The names in the folders of a project, kept so that the check after can tell which have come or gone."""

from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING

from loadstone.source.inputs import names_digest, names_that_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loadstone.source.inputs import Input
    from loadstone.source.store import Store
    from loadstone.source.tree import Project

    Listings = Mapping[str, list[str]]

__all__ = ["keep_listings", "recall_listings"]


def keep_listings(
    store: Store, key: bytes, project: Project, inputs: Iterable[Input], known: Listings | None = None
) -> None:
    """Keep the names in the project's own folders, as they were when a check read them; `known` are some of these."""
    folders = (one for one in inputs if one.kind == "folder" and _is_own(one.path, project))
    store.put("listings", key, marshal.dumps(dict(_listed(folders, known or {}))))


def recall_listings(store: Store, key: bytes) -> Listings:
    """Return the names in folders; a folder of which they are not known is not among them."""
    value = store.get("listings", key)
    found: Listings = marshal.loads(value) if value else {}  # noqa: S302  # ours, as .pyc files are
    return found


def _is_own(folder: str, project: Project) -> bool:
    """Whether a folder lies in the project, and in nothing that is installed there."""
    installed = (entry for entry in project.library.path if entry not in project.source_roots)
    return _is_in(folder, project.root) and not any(_is_in(folder, entry) for entry in installed)


def _is_in(path: str, folder: str) -> bool:
    return f"{path}{os.sep}".startswith(folder.rstrip(os.sep) + os.sep)


def _listed(folders: Iterable[Input], known: Listings) -> Iterator[tuple[str, list[str]]]:
    for one in folders:
        names = known.get(one.path)
        if names is None or names_digest(names) != one.content:
            names = _names(one.path)
        if names_digest(names) == one.content:  # not so where it has changed since
            yield one.path, names


def _names(folder: str) -> list[str]:
    try:
        return names_that_matter(os.listdir(folder))
    except OSError:
        return []
