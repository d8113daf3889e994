"""The facts of one failure: the error, where it was raised, and the state it was raised in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from types import ModuleType

from loadstone.explain.modules import Modules
from loadstone.explain.state import STDLIB, ours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

    from loadstone.explain.files import Files
    from loadstone.explain.state import State
    from loadstone.source.statements import Import

__all__ = ["Failure", "Frame"]

_IMPORTLIB = os.path.join(STDLIB, "importlib") + os.sep


@dataclass(frozen=True, slots=True)
class Frame:
    """One call on the way to the failure: `line` of `function` ("<module>" for a module's own code).

    `call` is Python's own frame, and `instruction` where it stopped in its code: see spot.py.
    """

    path: str
    line: int
    function: str
    names: Mapping[str, object] = field(repr=False)
    call: FrameType = field(repr=False)
    instruction: int = field(repr=False)

    @property
    def module(self) -> str:
        """The name of the module whose code this is; empty where it says none."""
        name = self.names.get("__name__")
        return name if isinstance(name, str) else ""

    @property
    def package(self) -> str:
        """The package that a relative import in this frame starts from; empty for none."""
        package = self.names.get("__package__")
        return package if isinstance(package, str) else ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a kind of explanation has to go by; `frames` are outermost first, without importlib's.

    `files` reads source files, `modules` finds modules by name as the failed program would have.
    """

    error: BaseException
    frames: tuple[Frame, ...]
    state: State = field(repr=False)
    files: Files = field(repr=False)
    modules: Modules = field(repr=False)

    @classmethod
    def of(cls, error: BaseException, state: State, files: Files) -> Failure:
        """Return the facts of `error`, read from its traceback and the calls that are still under way."""
        frames = [_frame(*call) for call in _calls(error) if not _machinery(call[0])]
        asked = tuple(_until_asked(error, frames))
        return cls(error, asked, state, files, Modules(state.path, state.modules))

    @property
    def imports(self) -> tuple[Import, ...]:
        """The imports of the statement that failed; empty where none did, or the source cannot be read."""
        return self.files.imports_at(self.at.path, self.at.line) if self.at else ()

    @property
    def wanted_module(self) -> str:
        """The whole name in the import that did not find `missing_module`: ``a.b`` where already ``a`` is missing."""
        missing = self.missing_module
        for one in self.imports:
            if not one.level and (one.module == missing or one.module.startswith(missing + ".")):
                return one.module
        return missing

    @property
    def at(self) -> Frame | None:
        """The frame the error was raised in, or None for an error without a traceback."""
        return self.frames[-1] if self.frames else None

    @property
    def missing_module(self) -> str:
        """The module that was not found; empty for another error, also for one that was blocked on purpose.

        ``sys.modules["foo"] = None`` blocks an import ("import of foo halted"): that is no absence.
        """
        error = self.error
        if not isinstance(error, ModuleNotFoundError) or not isinstance(error.name, str):
            return ""
        return error.name if str(error).startswith("No module named ") else ""

    @property
    def missing_name(self) -> tuple[str, str]:
        """The (module, name) of a from-import whose module is there and whose name is not; or empty texts."""
        error = self.error
        if not isinstance(error, ImportError) or isinstance(error, ModuleNotFoundError):
            return "", ""
        name = _quoted(str(error), "cannot import name '")  # Python 3.12 has name_from
        return (error.name, name) if name and isinstance(error.name, str) else ("", "")

    @property
    def missing_attribute(self) -> tuple[ModuleType | None, str]:
        """The module and the attribute it has not; (None, "") for another error or another object."""
        error = self.error
        if not isinstance(error, AttributeError) or not isinstance(error.obj, ModuleType):
            return None, ""
        return (error.obj, error.name) if isinstance(error.name, str) else (None, "")


def _calls(error: BaseException) -> Iterator[tuple[FrameType, int, int]]:
    """Yield (frame, line, instruction), outermost first: the calls around the handler, then the traceback's."""
    trace = error.__traceback__
    if trace is None:
        return
    yield from reversed(list(_around(trace.tb_frame)))
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno, trace.tb_lasti
        trace = trace.tb_next


def _around(frame: FrameType) -> Iterator[tuple[FrameType, int, int]]:
    # A traceback starts where the error was caught: in a handler inside a loop of imports, the rest of
    # the loop is further out. Frames that have ended keep f_back and a stale line: leave them out.
    running = set(_running())
    outer = frame.f_back
    while outer is not None and outer in running:
        yield outer, outer.f_lineno, outer.f_lasti
        outer = outer.f_back


def _running() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the documented way without importing inspect
    while frame is not None:
        yield frame
        frame = frame.f_back


def _until_asked(error: BaseException, frames: list[Frame]) -> list[Frame]:
    """Leave out a module's own ``__getattr__``: the line of interest is the one that asked it."""
    owner = error.obj if isinstance(error, AttributeError) else None
    for index, frame in enumerate(frames):
        if (
            index
            and frame.function == "__getattr__"
            and isinstance(owner, ModuleType)
            and frame.names is owner.__dict__
        ):
            return frames[:index]
    return frames


def _frame(frame: FrameType, line: int, instruction: int) -> Frame:
    path = frame.f_code.co_filename
    path = path if path.startswith("<") else os.path.abspath(path)
    return Frame(path, line, frame.f_code.co_name, frame.f_globals, frame, instruction)


def _machinery(frame: FrameType) -> bool:
    path = frame.f_code.co_filename
    return path.startswith(("<frozen importlib", "<frozen zipimport", _IMPORTLIB)) or ours(path)


def _quoted(text: str, start: str) -> str:
    return text[len(start) :].partition("'")[0] if text.startswith(start) else ""
