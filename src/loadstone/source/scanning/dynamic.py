"""Code that binds module names without a statement of its own: `globals()[...] = `, exec, setattr on the module.

Nothing is guessed about which names those are: the statements are recorded, and the namespace is not complete.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from loadstone.source.conditions import dotted
from loadstone.source.scanning.children import push

if TYPE_CHECKING:
    from loadstone.source.scanning.frames import Frame
    from loadstone.source.scanning.scan import Scan, Stack

__all__ = ["attribute", "call", "class_", "compare", "may_bind", "members", "subscript"]

_WORDS = (
    "globals", "locals", "vars(", "vars (", "exec(", "exec (", "setattr", "delattr", "_simple_enum_convert", "__path__",
    "__spec__", "initpkg", "modules[",
)  # fmt: skip
_CONVERTS = re.compile(r"_convert(?<!\w_convert)_?\s*\(")
_PLAINLY = ("\n__all__ =", "\n__all__: ", "\n__all__ +=")


def may_bind(text: str) -> bool:
    """Whether a file says anything that binds names without a statement of its own, or changes `__all__`."""
    if any(word in text for word in _WORDS) or ("modules" in text and "__name__" in text):
        return True
    if _CONVERTS.search(text):
        return True
    lists = text.count("__all__")
    return lists > 0 and lists > sum(map(text.count, _PLAINLY))


_READERS = frozenset((
    "dict", "dir", "eval", "getattr", "hasattr", "id", "isinstance", "iter", "len", "list", "print",
    "repr", "set", "sorted", "tuple", "type", "vars", "any", "all", "filter", "map", "zip",
    "enumerate", "frozenset", "str", "format", "bool", "hash", "doctest.testmod", "inspect.getdoc",
    "inspect.getfile", "inspect.getmembers", "inspect.getmodule", "inspect.getsource",
))  # fmt: skip
_ACTING = frozenset(("exec", "setattr", "delattr"))
_CONVERTING = ("_convert_", "_convert", "_simple_enum_convert")
_READING_METHODS = frozenset(
    ("get", "items", "keys", "values", "copy", "__contains__", "__getitem__", "__len__", "__iter__")
)
_CHANGING = frozenset(
    f"__all__.{method}"
    for method in ("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "__iadd__")
)


def call(scan: Scan, frame: Frame, node: ast.Call, stack: Stack) -> None:
    """Look at a call, whether it gets hold of the module's namespace or of its `__all__`."""
    name = dotted(node.func)
    if name is not None:
        _named(scan, frame, name, node)
    if _hands_over(scan, frame, node) or _is_made_anew(name, node):
        _record(scan)
    _touches_all(scan, name, node)
    push(stack, node)


def _named(scan: Scan, frame: Frame, name: str, node: ast.Call) -> None:
    """Look at a call of something that has a name."""
    acts = name in _ACTING
    if acts and _binds(frame, name, node.args):
        _record(scan)
    if name == "setattr":
        _sets(scan, node.args)
    if acts or name in _READERS:
        scan.harmless.update(map(id, node.args))
    elif name.endswith(_CONVERTING) and name.rpartition(".")[2] in _CONVERTING:
        _record(scan)


def subscript(scan: Scan, frame: Frame, node: ast.Subscript, stack: Stack) -> None:
    """Look at ``globals()[...]`` and ``sys.modules[...]``."""
    if _namespace(frame, node.value):
        scan.harmless.add(id(node.value))
        if not isinstance(node.ctx, ast.Load):
            _record(scan)
    elif _own_module(node) and (not isinstance(node.ctx, ast.Load) or id(node) not in scan.harmless):
        _record(scan)
    elif _replaces(node):
        scan.sets.add(_of_callers(frame))
    elif isinstance(node.ctx, ast.Load) and _callers(node.value):
        scan.harmless.add(id(node.value))
    push(stack, node)


def compare(scan: Scan, frame: Frame, node: ast.Compare, stack: Stack) -> None:
    """``name in globals()`` only reads."""
    scan.harmless.update(map(id, node.comparators))
    push(stack, node)


def attribute(scan: Scan, frame: Frame, node: ast.Attribute) -> None:
    """``globals().get`` and ``sys.modules[__name__].x`` only read; a caller's names may get more."""
    if node.attr in _READING_METHODS or (_own_module(node.value) and _only_reads(node)):
        scan.harmless.add(id(node.value))
    elif _callers(node.value) or (_callers(node) and id(node) not in scan.harmless):
        scan.sets.add(_of_callers(frame))


def class_(scan: Scan, frame: Frame, node: ast.ClassDef) -> None:
    """``@enum.global_enum`` puts the members of the class into its module."""
    for decorator in node.decorator_list:
        if (dotted(decorator) or "").rpartition(".")[2] == "global_enum":
            _record(scan)


def members(node: ast.ClassDef) -> tuple[str, ...]:
    """Return the names that ``@enum.global_enum`` makes of this class; empty without that decorator."""
    if not any((dotted(one) or "").rpartition(".")[2] == "global_enum" for one in node.decorator_list):
        return ()
    targets = [target for stmt in node.body if isinstance(stmt, ast.Assign) for target in stmt.targets]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return tuple(name for name in names if not name.startswith("_"))


def _record(scan: Scan) -> None:
    here = scan.here()
    if not scan.dynamic or scan.dynamic[-1] != here:
        scan.dynamic.append(here)


def _sets(scan: Scan, args: list[ast.expr]) -> None:
    """Note what ``setattr(module, "name", ...)`` assigns; ``*`` stands for a name that is worked out.

    ``setattr(sys.modules[cls.__module__], ...)`` in a decorator assigns to whichever module it is used in, ``*`` too.
    """
    owner = "*" if args and _some_module(args[0]) else dotted(args[0]) if args else None
    if owner and len(args) > 1:
        name = args[1].value if isinstance(args[1], ast.Constant) else "*"
        scan.sets.add(f"{owner}.{name!s}")


def _some_module(node: ast.expr) -> bool:
    """Whether the expression is ``sys.modules[...]`` of a module that is worked out."""
    modules = isinstance(node, ast.Subscript) and (dotted(node.value) or "").rpartition(".")[2] == "modules"
    return modules and not _own_module(node)


def _replaces(node: ast.Subscript) -> bool:
    """Whether this is ``sys.modules[name] = ...``, for a function that puts another in the place of its caller."""
    return isinstance(node.ctx, ast.Store) and isinstance(node.slice, ast.Name) and _some_module(node)


def _of_callers(frame: Frame) -> str:
    """Return how it is noted that a function assigns names, nobody knows which, to the modules that call it.

    ``*.*``, or ``*var.*`` where a public function does it, which those have to import.
    """
    function = frame.path.partition(".")[0]
    return f"*{'' if function.startswith('_') else function}.*"


def _callers(node: ast.expr) -> bool:
    """Whether the expression is ``frame.f_globals``: the names of whichever module has called."""
    return isinstance(node, ast.Attribute) and node.attr == "f_globals"


def _binds(frame: Frame, name: str, args: list[ast.expr]) -> bool:
    """Whether exec, setattr or delattr works on the module that holds the call."""
    if name == "exec":
        if len(args) == 1:
            return frame.kind not in {"function", "class"}
        return len(args) > 1 and _namespace(frame, args[1])
    return bool(args) and _own_module(args[0])


def _hands_over(scan: Scan, frame: Frame, node: ast.Call) -> bool:
    """Whether this call is ``globals()`` itself, in a place where someone could write to it."""
    if isinstance(node.func, ast.Attribute) and _namespace(frame, node.func.value):
        scan.harmless.add(id(node.func.value))
        return node.func.attr not in _READING_METHODS
    return _namespace(frame, node) and id(node) not in scan.harmless


def _is_made_anew(name: str | None, node: ast.Call) -> bool:
    """Whether all that makes the module is given to a function, which may put another in its place.

    ``celery`` calls ``recreate_module(__name__, ..., __path__=__path__)``. `pkgutil.extend_path` only reads both.
    """
    given = [*node.args, *[one.value for one in node.keywords]] if node.keywords else node.args
    names = [part.id for part in given if part.__class__ is ast.Name]
    if "__name__" not in names:
        return False
    last = (name or "").rpartition(".")[2]
    return last == "initpkg" or (last != "extend_path" and ("__path__" in names or "__spec__" in names))


def _namespace(frame: Frame, node: Any) -> bool:
    """Whether the expression is the dictionary of the module: ``globals()``, at its top ``locals()`` and ``vars()``."""
    kind = node.__class__
    if kind is ast.Call:
        return _is_made(frame, node)
    return kind is ast.Attribute and node.attr == "__dict__" and _own_module(node.value)


def _is_made(frame: Frame, node: ast.Call) -> bool:
    """Whether a call returns the dictionary of the module."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if not node.args:
        return name == "globals" or (name in {"locals", "vars"} and frame.kind == "module")
    return name == "vars" and len(node.args) == 1 and _own_module(node.args[0])


def _own_module(node: Any) -> bool:
    """Whether the expression is ``sys.modules[__name__]``."""
    return (
        node.__class__ is ast.Subscript
        and (dotted(node.value) or "").rpartition(".")[2] == "modules"
        and isinstance(node.slice, ast.Name)
        and node.slice.id == "__name__"
    )


def _only_reads(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load) and node.attr != "__dict__"


def _touches_all(scan: Scan, name: str | None, node: ast.Call) -> None:
    """Note a call that may change `__all__` in a way that cannot be read."""
    handed = any(arg.__class__ is ast.Name and arg.id == "__all__" for arg in node.args)
    if (handed and name not in _READERS) or (name is not None and name in _CHANGING):
        scan.touched.append(scan.here())
