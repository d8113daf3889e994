"""Processes started from a space find the space's modules: by each way of starting, sending and pooling."""

from __future__ import annotations

import multiprocessing
import sys

import pytest

from loadstone.testing import tree

WORLD = {
    "lib/__init__.py": "WHO = {who!r}\n",
    "lib/shapes.py": """
        import lib
        class Size:
            def __init__(self, n): self.n = n
            def __repr__(self): return f"{{lib.WHO}}:{{self.n}}"
        def grown(size):
            assert type(size) is Size, type(size)
            return Size(size.n + 1)
        def answer(source, target):
            target.put(grown(source.get()))
        def reply(connection):
            connection.send(grown(connection.recv()))
    """,
    "work.py": """
        import concurrent.futures
        import multiprocessing
        from lib.shapes import Size, answer, grown, reply

        def queues(context):
            there, back = context.Queue(), context.SimpleQueue()
            process = context.Process(target=answer, args=(there, back))
            process.start()
            there.put(Size(1))
            got = back.get()
            process.join()
            return got, type(got) is Size, process.exitcode

        def pipes(context):
            ours, theirs = context.Pipe()
            process = context.Process(target=reply, args=(theirs,))
            process.start()
            ours.send(Size(2))
            got = ours.recv()
            process.join()
            return got, type(got) is Size

        def pools(context):
            with context.Pool(1) as pool:
                return pool.map(grown, [Size(3), Size(4)]), pool.apply(len, ["abc"])

        def futures(context):
            with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
                return list(pool.map(grown, [Size(5)])), pool.submit(grown, Size(6)).result()

        def run(method):
            context = multiprocessing.get_context(method)
            return [each(context) for each in (queues, pipes, pools, futures)]
    """,
}
PROGRAM = """
    import sys, types
    from loadstone import Space

    if __name__ == "__main__":
        sys.modules["lib"] = types.ModuleType("lib")
        for name in ("old", "new"):
            space = Space(name, [name])
            print(*space.import_module("work").run(sys.argv[1]))
"""


def world(who):
    """Return the files of one space's folder."""
    return {
        f"{who}/{path}": text.replace("{who!r}", repr(who)).replace("{{", "{").replace("}}", "}")
        for path, text in WORLD.items()
    }


def line(who):
    """Return what a run in the space `who` prints."""
    return f"({who}:2, True, 0) ({who}:3, True) ([{who}:4, {who}:5], 3) ([{who}:6], {who}:7)\n"


@pytest.mark.skipif(not hasattr(multiprocessing, "get_all_start_methods"), reason="no processes here")
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_children_find_the_modules_of_their_space(method):
    """Queues, pipes and pools of two spaces carry each space's own objects, however children are started."""
    with tree({**world("old"), **world("new"), "main.py": PROGRAM}) as t:
        done = t.python("-W", "ignore", "main.py", method)

        assert (done.stdout, done.returncode) == (line("old") + line("new"), 0), done.stderr


def test_a_space_that_runs_a_program():
    """What a space's own ``__main__`` defines is found in the children."""
    program = """
        import multiprocessing, sys
        class Size: pass
        def check(size): return type(size) is Size, __name__, sys.argv[0][-7:]
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.apply(check, [Size()]))
    """
    with tree(
        {
            "app/prog.py": program,
            "main.py": "from loadstone import Space\nif __name__ == '__main__': Space('s').run('app/prog.py')",
        }
    ) as t:
        done = t.python("main.py")

        assert done.stdout == "(True, '__mp_main__', 'prog.py')\n", done.stderr


def test_the_rules_of_a_space_hold_in_its_children():
    """A child's space shares and denies as its parent's does."""
    files = {
        "app_api.py": "WHO = 'host'",
        "app/work.py": """
            import app_api, multiprocessing
            def check():
                try:
                    import secret
                except ImportError as error:
                    return app_api.WHO, type(error).__name__
            def run():
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    return pool.apply(check)
        """,
        "app/secret.py": "",
        "main.py": """
            from loadstone import Space
            if __name__ == "__main__":
                space = Space("s", ["app"], share=["app_api"], deny=["secret"])
                print(space.import_module("work").run())
        """,
    }
    with tree(files) as t:
        done = t.python("main.py")

        assert done.stdout == "('host', 'ModuleDenied')\n", done.stderr


def test_plain_data_is_sent_as_it_is():
    """A pickle that names no module of the space can be read by any process."""
    with tree({"lib.py": "class Size: pass"}) as t:
        space = t.space()
        pickler = space.import_module("multiprocessing.reduction").ForkingPickler
        size = space.import_module("lib").Size()

        assert b"loadstone" not in bytes(pickler.dumps({"a": [1, 2.5, "text"]}))
        assert b"loadstone" in bytes(pickler.dumps(size))
        assert type(space.import_module("pickle").loads(pickler.dumps(size))) is type(size)
        assert "lib" not in sys.modules
