"""A space's own `modules`, with the answers to repeated imports beside it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

__all__ = ["Answers", "Modules"]


class Answers:
    """What repeated import statements are answered from, until `modules` is written to.

    `finished` maps the name of a fully executed module to it and its namespace: ``"shop.cart": (<module
    shop.cart>, {...})``. `heads` maps what ``import a.b`` says to what it binds: ``"os.path": <module os>``. A
    dotted name of the space's own has None there, and in `chains` what it binds and which names must still
    stand in which namespaces: ``"shop.cart": (<module shop>, [({...}, "cart")])``. A name that was deleted from
    its package since is CPython's to look up in `sys.modules`, which is the host's.
    """

    __slots__ = ("chains", "finished", "heads")

    def __init__(self) -> None:
        self.finished: dict[str, tuple[Any, dict[str, Any]]] = {}
        self.heads: dict[str, Any] = {}
        self.chains: dict[str, tuple[Any, list[tuple[dict[str, Any], str]]]] = {}

    def keep(self, name: str, module: Any) -> None:
        """Remember a fully executed module; an object without a namespace is not remembered."""
        namespace = getattr(module, "__dict__", None)
        if isinstance(namespace, dict):
            self.finished[name] = (module, namespace)

    def keep_head(self, name: str, head: Any) -> None:
        """Remember what ``import name`` binds, whatever becomes of the packages' attributes."""
        self.heads[name] = head

    def keep_chain(self, name: str, head: Any, modules: Modules) -> None:
        """Remember what ``import name`` binds while each package has the next module as an attribute."""
        links = []
        parent, _, child = name.rpartition(".")
        while parent:
            namespace = getattr(modules.get(parent), "__dict__", None)
            if not isinstance(namespace, dict):
                return
            links.append((namespace, child))
            parent, _, child = parent.rpartition(".")
        self.chains[name] = (head, links)
        self.heads[name] = None

    def linked(self, name: str) -> Any:
        """Return what a dotted name of the space's own binds; raise KeyError when its chain is broken."""
        head, links = self.chains[name]
        for namespace, child in links:
            if child not in namespace:
                raise KeyError(name)
        return head


class Modules(dict[str, "Any"]):
    """Module by name, like `sys.modules`; a module that goes or gives way takes the remembered answers with it.

    The answers are then a new object, so that a thread that was about to remember something older does so in an
    object that nobody reads any more. What is added under a new name leaves them: no answer can speak of it. A
    write by ``dict.__setitem__(modules, ...)`` or from C passes them by.
    """

    __slots__ = ("answers",)

    def __init__(self) -> None:
        super().__init__()
        self._forget()

    def _forget(self) -> None:
        self.answers = Answers()

    def move_to_end(self, name: str) -> Any:
        """Move a module behind all others and return it; nothing changes for whoever imports it."""
        module = super().pop(name)
        super().__setitem__(name, module)
        return module

    def __setitem__(self, name: str, module: Any) -> None:
        # One step that no other thread can come between: is the name new?
        if super().setdefault(name, module) is not module:
            super().__setitem__(name, module)
            self._forget()

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._forget()

    def __ior__(self, other: Any) -> Self:  # type: ignore[override, misc]
        self.update(other)
        return self

    def clear(self) -> None:
        super().clear()
        self._forget()

    def pop(self, name: str, *default: Any) -> Any:
        module = super().pop(name, *default)
        self._forget()
        return module

    def popitem(self) -> tuple[str, Any]:
        item = super().popitem()
        self._forget()
        return item

    def update(self, *args: Any, **names: Any) -> None:
        super().update(*args, **names)
        self._forget()
