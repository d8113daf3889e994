"""Many threads that import at once: each module is executed once, and nobody waits for ever."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from loadstone.testing import tree

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60  # seconds, after which a test has failed; no test waits for time to pass


@pytest.fixture
def gate():
    """Return two events, `entered` and `leave`, that modules and tests can set and wait for."""
    return threading.Event(), threading.Event()


def with_gate(space, gate):
    """Give a space a module `gate` whose `stop` says that it was reached, and waits until it may go on."""
    entered, leave = gate
    space.define("gate", "").stop = lambda: (entered.set(), leave.wait(PATIENCE))


def started(function, *args):
    pool = ThreadPoolExecutor(1)
    future = pool.submit(function, *args)
    pool.shutdown(wait=False)
    return future


def test_a_net_of_cycles(monkeypatch):
    """Six threads that import forty modules full of cycles into three spaces execute each of them once."""
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import threads

    with tree({}) as t:
        threads.write_modules(t.path, 40)
        for seed in range(3):
            assert threads.run_round(str(t.path), seed, spaces=3, threads=6) == []


def test_the_second_thread_waits(gate):
    """A thread that imports what another one executes gets it finished, not half-made."""
    entered, leave = gate
    with tree({"m.py": "import gate\ngate.stop()\nDONE = True"}) as t:
        space = t.space()
        with_gate(space, gate)
        first = started(space.import_module, "m")
        assert entered.wait(PATIENCE)
        second = started(lambda: space.import_module("m").DONE)
        waits = not second.done() and not hasattr(space.modules["m"], "DONE")
        leave.set()

        assert waits
        assert second.result(PATIENCE) is True
        assert first.result(PATIENCE) is space.modules["m"]


@pytest.mark.parametrize(
    "statement", ["import p.m as m", "from p import m", "from p.m import DONE", "import p.m"]
)
def test_a_statement_waits(gate, statement):
    """Each form of the statement waits for a module that another thread executes."""
    entered, leave = gate
    with tree(
        {
            "p/__init__.py": "",
            "p/m.py": "import gate\ngate.stop()\nDONE = True",
            "user.py": f"{statement}\nimport sys\ngot = sys.modules['p.m'].DONE",
        }
    ) as t:
        space = t.space()
        with_gate(space, gate)
        first = started(space.import_module, "p.m")
        assert entered.wait(PATIENCE)
        second = started(lambda: space.import_module("user").got)
        leave.set()

        assert second.result(PATIENCE) is True
        assert first.exception(PATIENCE) is None


def test_two_threads_enter_a_cycle_from_both_ends():
    """Two threads that import a circle from both ends both end, and each module is executed once."""
    with tree(
        {
            "a.py": "import meet\nmeet.ran('a')\nmeet.wait()\nimport b\nDONE = True",
            "b.py": "import meet\nmeet.ran('b')\nmeet.wait()\nimport a\nDONE = True",
        }
    ) as t:
        space = t.space()
        ran = []
        meet = space.define("meet", "")
        meet.ran = ran.append
        meet.wait = threading.Barrier(2).wait
        futures = [started(space.import_module, name) for name in "ab"]

        assert [future.result(PATIENCE).DONE for future in futures] == [True, True]
        assert sorted(ran) == ["a", "b"]


@pytest.mark.parametrize("importer", ["m", "user"])
def test_a_failure_is_not_shared(gate, importer):
    """When the thread that executes a module fails, the one that waited executes it anew."""
    entered, leave = gate
    module = (
        "import gate\ngate.runs.append(1)\nif len(gate.runs) == 1:\n    gate.stop()\n    raise ValueError"
    )
    with tree({"m.py": module, "user.py": "import m"}) as t:
        space = t.space()
        with_gate(space, gate)
        space.modules["gate"].runs = []
        first = started(space.import_module, "m")
        assert entered.wait(PATIENCE)
        second = started(space.import_module, importer)
        leave.set()
        got = second.result(PATIENCE)

        assert isinstance(first.exception(PATIENCE), ValueError)
        assert getattr(got, "m", got) is space.modules["m"]
        assert space.modules["gate"].runs == [1, 1]


def test_a_module_that_waits_for_its_thread(gate):
    """A module that starts a thread, which imports something else, and waits for it, does not hang."""
    with tree(
        {
            "m.py": """
                import threading
                got = []
                def work():
                    import other
                    got.append(other.X)
                thread = threading.Thread(target=work)
                thread.start()
                thread.join(60)
            """,
            "other.py": "X = 1",
        }
    ) as t:
        assert t.space().import_module("m").got == [1]


def test_one_import_in_two_spaces_at_once(gate):
    """The same name in two spaces is two locks: neither waits for the other."""
    entered, leave = gate
    with tree({"one/m.py": "import gate\ngate.stop()", "two/m.py": "X = 2"}) as t:
        from loadstone import Space

        one, two = (Space(name, path=[t / name]) for name in ("one", "two"))
        with_gate(one, gate)
        first = started(one.import_module, "m")
        assert entered.wait(PATIENCE)
        got = two.import_module("m").X
        leave.set()

        assert got == 2
        assert first.exception(PATIENCE) is None


def test_host_and_space_wait_for_each_other(monkeypatch):
    """A cycle that goes through the host and a space, entered by two threads at both ends, ends."""
    with tree(
        {
            "host/through_host.py": "import bridge\nbridge.wait()\nbridge.space.import_module('inner')\nDONE = True",
            "space/inner.py": "import bridge\nbridge.wait()\nbridge.to_host()\nDONE = True",
        }
    ) as t:
        import importlib

        from loadstone import Space

        space = Space("s", path=[t / "space"])
        monkeypatch.syspath_prepend(str(t / "host"))
        bridge = space.define("bridge", "")
        bridge.wait = threading.Barrier(2).wait
        # As a statement does: importlib.import_module raises CPython's _DeadlockError here, if that thread is the last.
        bridge.to_host = lambda: __import__("through_host")
        bridge.space = space
        monkeypatch.setitem(sys.modules, "bridge", bridge)
        futures = [started(importlib.import_module, "through_host"), started(space.import_module, "inner")]

        assert [future.result(PATIENCE).DONE for future in futures] == [True, True]
        monkeypatch.delitem(sys.modules, "through_host")


def test_locks_are_given_back():
    """After imports of every outcome, a space holds no locks."""
    with tree({"a.py": "import b", "b.py": "import a\nimport missing", "c.py": "", "d.py": "1/0"}) as t:
        space = t.space()
        for name in ("a", "b", "c", "d", "missing", "c.sub"):
            try:
                space.import_module(name)
            except (ImportError, ZeroDivisionError):
                pass

        assert space._importer.lock._held == {}
