"""The helper process of `together`, run by itself: portions of jobs on its input, their facts on its output."""

from __future__ import annotations

import gc
import marshal
import sys

__all__: list[str] = []


def main() -> None:
    """Make the facts of all jobs, in order; those of a portion are sent as a length, of eight bytes, and a value."""
    sys.path.insert(0, sys.argv[1])
    from loadstone.source.facts import Job, made
    from loadstone.source.together import content

    gc.disable()
    while True:
        try:
            jobs = [Job(*one) for one in marshal.load(sys.stdin.buffer)]  # noqa: S302  # from the process above
        except EOFError:
            return
        facts = marshal.dumps([tuple(made(job, content(job.path))) for job in jobs])
        sys.stdout.buffer.write(len(facts).to_bytes(8, "big") + facts)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
