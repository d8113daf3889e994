"""The import window: while an extension of a space initialises, C code finds the space's modules in `sys.modules`.

The initialisation of an extension module, and what Cython made of its import statements, asks the interpreter's
own modules without calling any ``__import__``. So for as long as it runs, and no longer, they hold the modules of
its space under their plain names. There is one interpreter, so there is one window: a thread that needs it waits
until it is free.

Whoever has the window open waits for nobody: before a thread waits for a module, in its space or in the host, it
closes its window, and opens it again afterwards (`pause`). While the host imports a package that a space has too,
the window stays shut (`Shut`). Its lock is a module lock, so that a circle of threads that wait for it and for
modules is noticed as one of modules is.
"""

from __future__ import annotations

import os
import sys
from _thread import get_ident

from loadstone.runtime.cimports.host_keys import rekeyed
from loadstone.runtime.importlib_bootstrap.native_locks import DeadlockError, is_busy, new_lock, wait_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.private import PrivateImporter

__all__ = ["WINDOW", "Layer", "Opened", "Shut"]


_NAME = "loadstone's import window"  # in messages about deadlocks


class Window:
    """Who has `sys.modules` now: `owner` is a thread, `layer` its space's modules; both None while it is closed.

    `opened` counts, for those who look at `sys.modules` and must know whether it was open meanwhile.
    """

    __slots__ = ("layer", "lock", "opened", "owner")

    def __init__(self) -> None:
        self.lock = new_lock(_NAME)
        self.opened = 0
        self.owner: int | None = None
        self.layer: Layer | None = None

    @property
    def is_mine(self) -> bool:
        """Whether this thread has the window open."""
        return self.owner == get_ident()

    @property
    def importer(self) -> PrivateImporter:
        """Whose modules `sys.modules` has now; for the thread that has the window."""
        assert self.layer is not None
        return self.layer.importer

    def open(self, layer: Layer) -> None:
        """Put the modules of `layer` into `sys.modules`, once no other thread has the window."""
        layer.look()
        if not self.opened and hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.after_fork)
        self.lock.acquire()
        self.layer = layer
        # In this order: who reads `opened`, and then finds no owner, hears of it by another `opened` afterwards.
        self.owner = get_ident()
        self.opened += 1
        try:
            layer.lay()
        except BaseException:
            self.close()
            raise

    def close(self) -> Layer:
        """Leave `sys.modules` as it would be without the window; return what it held."""
        layer = self.layer
        assert layer is not None
        try:
            layer.lift()
        finally:
            self.owner = self.layer = None
            self.lock.release()
        return layer

    def after_fork(self) -> None:
        """In a child process, undo what another thread of the parent was about: that thread is not here."""
        if self.lock.owner == get_ident():
            return
        layer = self.layer
        self.lock = new_lock(_NAME)  # also where nobody had it: a thread may have been just about to
        self.owner = self.layer = None
        if layer is not None:
            layer.lift()

    def pause(self) -> Layer | None:
        """Close the window if it is this thread's, and return what to open again afterwards."""
        return self.close() if self.is_mine else None


class Opened:
    """A ``with`` block in which the window is open for the space of `importer`."""

    __slots__ = ("_before", "_layer")

    def __init__(self, importer: PrivateImporter, name: str) -> None:
        self._layer = Layer(importer, name)

    def __enter__(self) -> None:
        self._before = WINDOW.pause()
        WINDOW.open(self._layer)

    def __exit__(self, *_: object) -> None:
        WINDOW.close()
        if self._before is not None:
            WINDOW.open(self._before)


class Shut:
    """A ``with`` block in which no other thread opens the window; entering waits until it is closed."""

    __slots__ = ("_held",)

    def __enter__(self) -> None:
        try:
            self._held = WINDOW.lock.acquire()
        except DeadlockError:
            self._held = False  # A circle of imports: going on is what ends it, there as here.

    def __exit__(self, *_: object) -> None:
        if self._held:
            WINDOW.lock.release()


class Layer:
    """A space's modules, laid over `sys.modules` and lifted again.

    `_laid` holds what is put there and `_under` what the host has under those names, or under others of the same
    packages: ``{"numpy": <the space's>}`` and ``{"numpy": <the host's>, "numpy.ma": <the host's>}``. Both are
    empty while nothing is laid. `_after` is what was there when all was laid, None until then.

    A fork copies the process between any two lines of another thread's `lay` or `lift`; what the child has is undone
    there by `lift`, from wherever it had come to. So `_under` is known before `sys.modules` is changed, and `lift`
    may be done twice.
    """

    __slots__ = ("_after", "_laid", "_loading", "_tops", "_under", "importer")

    def __init__(self, importer: PrivateImporter, loading: str) -> None:
        self.importer = importer
        self._loading = loading
        self._laid: dict[str, Any] = {}
        self._under: dict[str, Any] = {}
        self._after: set[str] | None = None

    def look(self) -> None:
        """See which of the host's packages are the space's too, and wait for other threads that import them.

        This may ask finders, which may import; and an import of the host may have begun before anyone watched it.
        """
        host = sys.modules
        tops = {name.partition(".")[0] for name in list(host)}
        self._tops = {top for top in tops if self.importer.has_top(top)}
        for name, module in list(host.items()) if self._tops else ():
            if name.partition(".")[0] in self._tops and is_busy(module):
                wait_for(name)

    def lay(self) -> None:
        """Put the space's modules into `sys.modules`, and take out what else the host has of the same packages."""
        host = sys.modules
        laid = self.importer.own_modules()
        # Another window may have been just opening when this thread looked: what is laid says more.
        tops = self._tops | {name.partition(".")[0] for name in laid}
        self._under = {name: host[name] for name in list(host) if name.partition(".")[0] in tops}
        self._laid = laid
        for name in self._under:
            host.pop(name, None)
        host.update(laid)
        self._after = set(host)

    def lift(self) -> None:
        """Undo that; what the extension itself put into `sys.modules` meanwhile goes to its space."""
        host = sys.modules
        since = set() if self._after is None else host.keys() - self._after
        added = [name for name in since if self._belongs(name)]
        for name in [*self._laid, *added]:
            now = host.pop(name, None)
            # The host's own: not yet taken out by `lay`, or back already.
            if now is not None and now is not self._laid.get(name) and now is not self._under.get(name):
                self.importer.state.modules[name] = now
        host.update(rekeyed(self._under))
        self._laid, self._after, self._under = {}, None, {}

    def _belongs(self, name: str) -> bool:
        return name == self._loading or self.importer.has_top(name)


# One for the process, as `sys.modules` is.
WINDOW = Window()
