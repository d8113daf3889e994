"""Facts that two processes make are those of one, whatever happens to the second."""

from __future__ import annotations

import marshal
import os
import subprocess

import pytest

from loadstone.source import together
from loadstone.source.facts import Job, made
from loadstone.source.together import Together, content
from loadstone.testing import tree

FILES = {f"m{number}.py": f"import os\nX{number} = {'1 + ' * number}1\n" for number in range(70)}


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with tree(FILES) as t:
        yield [Job(file[:-3], str(t.path / file), False) for file in FILES]


def by_one(jobs):
    return {job: made(job, content(job.path)) for job in jobs}


def killed_by(pair):
    """Return a progress that kills the helper at the tenth file."""
    return lambda done, every, name: pair._helper._process.kill() if done == 10 else None


def test_two_processes_make_what_one_makes(jobs):
    """Each file is read once, by whichever process; a file that is gone has its error."""
    jobs.append(Job("gone", "/nowhere/gone.py", False))
    with Together() as pair:
        found = pair.make_all(jobs)

        assert pair.helped
        assert found == by_one(jobs)


def test_the_helper_serves_more_than_once(jobs):
    """What comes after the first long list goes to the same process, however short it is."""
    with Together() as pair:
        pair.make_all(jobs)
        process = pair._helper._process

        assert pair.make_all(jobs[:5]) == by_one(jobs[:5])
        assert pair._helper._process is process


def test_a_few_files_are_read_alone(jobs):
    """A helper that costs more than it gains is not started."""
    with Together() as pair:
        assert pair.make_all(jobs[:9]) == by_one(jobs[:9])
        assert not pair.helped


def test_a_helper_that_dies(jobs):
    """What it has not sent is made here, then and later."""
    with Together() as pair:
        assert pair.make_all(jobs, killed_by(pair)) == by_one(jobs)
        pair._helper._process.wait()
        assert pair.make_all(jobs) == by_one(jobs)
        assert not pair.helped


def test_no_processes(jobs, monkeypatch):
    """Where none can be started, as in a browser, this one makes all."""

    def refuse(*args, **options):
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with Together() as pair:
        assert pair.make_all(jobs) == by_one(jobs)
        assert not pair.helped


def test_an_interruption_ends_the_helper(jobs):
    """After Ctrl-C no process is left behind."""

    def interrupt(done, every, name):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Together() as pair:
        pair.make_all(jobs, interrupt)

    assert pair._helper._process.returncode is not None


def test_half_an_answer_is_none():
    """A helper that is killed while it writes has sent nothing."""
    value = marshal.dumps([(b"ab", b"c")])
    whole = len(value).to_bytes(8, "big") + value
    with tree({}) as t:
        path = t.path / "sent"
        for length in (0, 7, 8, len(whole) - 1):
            path.write_bytes(whole[:length])
            with path.open("rb") as pipe:
                assert together._received(pipe) is None
        path.write_bytes(whole)
        with path.open("rb") as pipe:
            assert together._received(pipe) == [(b"ab", b"c")]
