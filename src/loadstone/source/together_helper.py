"""The helper process of `together`, run by itself: jobs on its input, facts on its output."""

from __future__ import annotations

import gc
import pickle
import sys

__all__: list[str] = []


def main() -> None:
    """Make the facts of each job, in order; each is sent as two lengths of eight bytes and two values."""
    sys.path.insert(0, sys.argv[1])
    from loadstone.source.facts import Job, made
    from loadstone.source.together import content

    gc.disable()
    while True:
        try:
            job = Job(*pickle.load(sys.stdin.buffer))  # noqa: S301  # from the process that has started this one
        except EOFError:
            return
        facts = made(job, content(job.path))
        lengths = b"".join(len(part).to_bytes(8, "big") for part in facts)
        sys.stdout.buffer.write(lengths + facts.summary + facts.program)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
