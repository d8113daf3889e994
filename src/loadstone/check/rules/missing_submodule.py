"""A submodule that is used as an attribute of its package, and that this module does not import.

What
    `import xml` does not load `xml.etree`: a package has its submodules as attributes only after somebody has
    imported them. A warning where another module does, and makes it work by accident, or may, since it is not
    installed; an error where nobody does in all that this module imports and in the whole project.

Why
    Without that import it is an AttributeError. Where another module happens to load the submodule, the code
    works until that module changes, or until it is imported in another order.

Example
        import xml

        def root(path):
            return xml.etree.ElementTree.parse(path).getroot()

Instead
    Import the submodule itself:

        import xml.etree.ElementTree
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadstone.check.diagnostic import Diagnostic, Edit, Place
from loadstone.check.loading import Loaded, loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loadstone.check.module import Module
    from loadstone.source.statements import Read

__all__ = ["LEVELS", "in_module", "loader_of", "unimported"]

LEVELS = ("error", "warning")


def in_module(module: Module) -> Iterator[Diagnostic]:
    """Yield the first use of each submodule that is not imported."""
    for read, submodule, path in unimported(module):
        yield _finding(module, read, submodule, path)


def unimported(module: Module) -> Iterator[tuple[Read, str, str]]:
    """Yield the submodules that the module has as attributes and does not import: where, which, and as what."""
    seen: set[str] = set()
    for read in module.summary.reads:
        root, dot, _ = read.name.partition(".")
        if read.when == "never" or not dot:
            continue
        found = module.recall(_submodule, read.name) if module.recall(_may_be_module, root) else None
        if found and found[0] not in seen:
            seen.add(found[0])
            if not _imports(module, found[0]) and not module.whole.is_set(*found[0].rpartition(".")[::2]):
                yield read, *found


def _may_be_module(module: Module, root: str) -> bool:
    return module.may_be_module(root)


def _submodule(module: Module, name: str) -> tuple[str, str] | None:
    """Return the submodule that a dotted name reads where its package does not load it, and the name up to it."""
    root, _, rest = name.partition(".")
    world, event = module.meaning(root)
    path = root
    for part in rest.split(".") if event and event.bound.how != "definition" else ():
        assert event is not None, "as the loop says"
        owner = world.module_of(event, path)
        if owner is None:
            return None
        path = f"{path}.{part}"
        if not module.whole.has(owner, part):
            inner = f"{owner}.{part}"
            certain = module.whole.may_appear(owner, part) and _is_certain(module, root)
            return (inner, path) if certain else None
    return None


def _is_certain(module: Module, name: str) -> bool:
    """Whether the name is one module whatever branches are taken, here and where it comes from."""
    links = module.naming.chain(module.name, name)
    return not any(link.conditional or link.alternatives for link in links)


def _imports(module: Module, submodule: str) -> bool:
    """Whether the module itself imports it, at whatever time."""
    for one, target in module.imports():
        names = (target, *(f"{target}.{alias.name}" for alias in one.names))
        if one.when != "never" and any(f"{name}.".startswith(f"{submodule}.") for name in names):
            return True
    return False


def _finding(module: Module, read: Read, submodule: str, path: str) -> Diagnostic:
    package, _, tail = submodule.rpartition(".")
    by = loader_of(module, submodule)
    absent = None if by else _first_absent(module)
    place = Place(module.path, read.line, read.column, read.column + len(path))
    if by is None:
        message = f"{package} has no attribute `{tail}` here: nobody imports {submodule}"
    else:
        message = f"`{path}` works by accident: this module does not import {submodule}"
    return Diagnostic(
        "missing-submodule",
        "warning" if by or absent else "error",
        place,
        message,
        (module.whole.lines.statement(by.statement, "imports it"),) if by else (),
        tuple(_notes(by, absent)),
        _edit(module, submodule, path),
    )


def _notes(by: Loaded | None, absent: str | None) -> Iterator[str]:
    if by:
        yield f"it is there once {by} has been imported"
    elif absent:
        yield f"{absent}, which is needed here and not installed, may import it"


def _first_absent(module: Module) -> str | None:
    """Return a package that importing the module needs and that is not there; None if all are."""
    library = module.whole.library
    for name in (module.name, *(one.module for one in loads(library, module.name))):
        run = library.world.run(name) if library.locate(name) else None
        for target, member in run.needs if run else ():
            top = target.partition(".")[0]
            if not member and not module.whole.exists(top):
                return top
    return None


def loader_of(module: Module, submodule: str) -> Loaded | None:
    """Return the import that loads it, among all that this module loads, else in the project, else at start-up."""
    library = module.whole.library
    for start in (module.name, "site", *_of_the_package(module, submodule)):
        found = next((one for one in loads(library, start) if one.module == submodule), None)
        if found:
            return found
    return module.whole.importer_of(submodule)


def _of_the_package(module: Module, submodule: str) -> Iterator[str]:
    """Return what the project imports of the same package: one of these may load the submodule in its turn."""
    top = submodule.partition(".")[0] + "."
    return (one.module for one in module.whole.importers(top) if one.module.startswith(top))


def _edit(module: Module, submodule: str, path: str) -> Edit | None:
    """The import to add below the one that binds the package."""
    binding = module.namespace.get(path.partition(".")[0])
    if binding is None or binding.statement is None or binding.statement.column != 1:
        return None
    if binding.alias or binding.how != "import":
        return None
    title = "import the submodule itself"
    return Edit.insert(module.path, binding.statement.end_line, (f"import {submodule}",), title)
