"""Which names of a module of the standard library act for their caller, and why."""

from __future__ import annotations

import functools
from types import BuiltinFunctionType, CodeType, FunctionType, MappingProxyType, MethodType, ModuleType

from loadstone.runtime.grafts.criterion import BUILTINS, ONE_IDENTITY, OWN_PURPOSE, PROGRAMS, SEEDS
from loadstone.runtime.grafts.mentions import mentions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from loadstone.runtime.grafts.mentions import Mentions

__all__ = ["Reach", "origin_of"]

_CACHED = type(functools.lru_cache(lambda: None))
# Deeper than any decorator of the standard library wraps.
_DEEPEST = 4


class Reach:
    """What acts in one module, when `acting` names what acts in all others.

    `acts` maps each name to its reason, ``{"getfile": "sys.modules"}``. When `acting` has grown, `close` again.
    Of a module whose acting names are `known`, the code is read only where somebody asks what it mentions.
    """

    __slots__ = ("_acting", "_mentioned", "_module", "_telling", "_waiting", "_words", "acts")

    def __init__(
        self, module: ModuleType, acting: Mapping[str, frozenset[str]], known: Iterable[str] | None = None
    ) -> None:
        self._module = module
        self._acting = acting
        self._mentioned: dict[str, list[Mentions]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._telling: frozenset[str] = BUILTINS
        self._waiting: list[tuple[str, Any]] = []
        if known is not None:
            self.acts = dict.fromkeys(known, "known")
            return
        self.acts = dict.fromkeys(SEEDS.get(module.__name__, ()), "by definition")
        if module.__name__ not in OWN_PURPOSE:
            self._waiting = [item for item in vars(module).items() if self._may_act(*item)]
        self.close()

    def close(self) -> None:
        """Add what acts, until nothing more is found: a function may act through one that stands below it."""
        self._telling = BUILTINS.union(*self._acting.values())
        waiting = [(name, value) for name, value in self._waiting if name not in self.acts]
        found = True
        while found:
            found = False
            for name, value in waiting:
                if name not in self.acts and (reason := self._reason(name, value)):
                    self.acts[name] = reason
                    found = True

    def _may_act(self, name: str, value: Any) -> bool:
        if isinstance(value, ModuleType) or (name.startswith("__") and not callable(value)):
            return False
        module, own = origin_of(value) or (self._module.__name__, name)
        full = f"{module}.{own}"
        if full in OWN_PURPOSE or full in ONE_IDENTITY:
            return False
        return not (name in PROGRAMS and isinstance(value, FunctionType))

    def _reason(self, name: str, value: Any) -> str | None:
        origin = origin_of(value)
        if origin is not None and origin[0] != self._module.__name__:
            return "re-export" if origin[1] in self._acting.get(origin[0], ()) else None
        if isinstance(value, type):
            return self._of_class(name, value)
        if isinstance(value, MethodType):
            return self._of_instance(value.__self__)
        return self._of_code(name, value) or self._of_instance(value)

    def _of_class(self, name: str, kind: type) -> str | None:
        if any(_bare(member) in _BUILTIN_VALUES for member in vars(kind).values()):
            return "__import__"
        for base in kind.__bases__:
            if base.__name__ in self._names_of(base.__module__):
                return f"base {base.__name__}"
        return self._of_code(name, kind)

    def _of_instance(self, value: Any) -> str | None:
        kind = type(value)
        if kind.__name__ in self._names_of(kind.__module__) and kind is not type:
            return f"instance of {kind.__name__}"
        return None

    def _names_of(self, module: str) -> Any:
        return self.acts if module == self._module.__name__ else self._acting.get(module, ())

    def _of_code(self, name: str, value: Any) -> str | None:
        words = self._words.get(name)
        if words is None:
            words = self._words[name] = frozenset(_words(self._functions(value)))
        # A look at the words spares nearly all functions the reading of their code.
        if words.isdisjoint(self._telling) and words.isdisjoint(self.acts):
            return None
        for found in self.mentioned(name):
            if reason := self._by_chain(found) or self._by_import(found):
                return reason
        return None

    def mentioned(self, name: str) -> list[Mentions]:
        """Return what the functions mention that make up the function or class `name`."""
        known = self._mentioned.get(name)
        if known is None:
            functions = self._functions(vars(self._module).get(name))
            known = self._mentioned[name] = [mentions(function.__code__) for function in functions]
        return known

    def _functions(self, value: Any) -> Iterator[FunctionType]:
        """Yield the functions of a value that are of this module, and not a wrapper that a decorator made."""
        for each in _members(value) if isinstance(value, type) else (value,):
            for function in _wrapped(each):
                if function.__globals__ is vars(self._module):
                    yield function

    def _by_chain(self, found: Mentions) -> str | None:
        namespace = vars(self._module)
        for head, *attributes in found.chains:
            if head in self.acts:
                return head
            value = namespace.get(head)
            if (
                head not in namespace
                and head in BUILTINS
                and (head == "__import__" or "__builtins__" not in found.texts)
            ):
                return head  # One that names __builtins__ has thought of them.
            for attribute in attributes:
                if not isinstance(value, ModuleType):
                    break
                if attribute in self._acting.get(value.__name__, ()):
                    return f"{value.__name__}.{attribute}"
                value = vars(value).get(attribute)
        return None

    def _by_import(self, found: Mentions) -> str | None:
        for level, words in found.imports:
            name = _absolute(self._module, level, words)
            # Of ``from . import queues`` only the names are known.
            for module in (name, *(f"{name}.{word}" for word in found.words if level)):
                if module in self._acting and self._acting[module] & found.words:
                    return f"import {module}"
        return None


def origin_of(value: Any) -> tuple[str, str] | None:
    """Return module and name where a class or function was made; None for any other object."""
    if isinstance(value, (type, FunctionType, BuiltinFunctionType, _CACHED)):
        module = getattr(value, "__module__", None)
        name = getattr(value, "__name__", None)
        if isinstance(module, str) and isinstance(name, str):
            return module, name
    return None


_BUILTIN_VALUES = (__import__, exec, eval)


def _bare(member: Any) -> Any:
    return member.__func__ if isinstance(member, (staticmethod, classmethod)) else member


def _members(kind: type) -> Iterator[Any]:
    """Yield what stands in a class, and in the classes that were written inside it."""
    for value in vars(kind).values():
        if isinstance(value, type) and value.__qualname__.startswith(f"{kind.__qualname__}."):
            yield from _members(value)
        else:
            yield value


def _words(functions: Iterable[FunctionType]) -> Iterator[str]:
    codes = [function.__code__ for function in functions]
    for code in codes:
        yield from code.co_names
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _wrapped(value: Any, depth: int = 0) -> Iterator[FunctionType]:
    """Yield a function, what it wraps, and what it keeps: decorators hide functions in cells."""
    if depth > _DEEPEST:
        return
    if isinstance(value, FunctionType):
        yield value
    for inner in _within(value):
        yield from _wrapped(inner, depth + 1)


def _within(value: Any) -> Iterator[Any]:
    if isinstance(value, FunctionType):
        yield from vars(value).values()
        for cell in value.__closure__ or ():
            yield from _kept(cell)
    elif isinstance(value, (classmethod, staticmethod)):
        yield value.__func__
    elif isinstance(value, property):
        yield from (value.fget, value.fset, value.fdel)
    elif isinstance(value, (functools.partial, functools.cached_property)):
        yield value.func
    elif isinstance(value, _CACHED):
        yield value.__wrapped__


def _kept(cell: Any) -> Iterator[Any]:
    try:
        content = cell.cell_contents
    except ValueError:  # nothing in it yet
        return
    # functools.singledispatch keeps its functions in a dict.
    if isinstance(content, (dict, MappingProxyType)):
        yield from list(content.values())
    else:
        yield content


def _absolute(module: ModuleType, level: int, words: str) -> str:
    if not level:
        return words
    package = (module.__package__ or "").rsplit(".", level - 1)[0]
    return f"{package}.{words}" if words else package
