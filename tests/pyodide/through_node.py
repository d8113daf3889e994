"""A pytest plugin for Pyodide, which has no processes and no threads: what needs them is skipped, by name.

With ``--processes``, `subprocess.run` asks Node to start the process instead (another Pyodide, when the program is
`sys.executable`), which is slow: each takes seconds to start.
"""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from js import Object, process
from pyodide.ffi import to_js

MISSING = {
    "emscripten does not support processes": "a process",
    "module 'os' has no attribute 'fork'": "a process",
    "module 'os' has no attribute 'mkfifo'": "a named pipe",
    "can't start new thread": "a thread",
    "unable to start watchdog thread": "a thread",
    "WebAssembly stack switching not supported": "an event loop that waits",
}
ATTEMPTED = []  # processes that this test tried to start; Loadstone may have gone on without


def pytest_addoption(parser):
    parser.addoption(
        "--processes", action="store_true", help="start processes through Node instead of skipping"
    )


def pytest_configure(config):
    subprocess.Popen = Popen
    if config.getoption("--processes"):
        subprocess.run = run


class Popen(subprocess.Popen):
    """A process that will not start, and is remembered."""

    def __init__(self, *args, **options):
        ATTEMPTED.append(args)
        super().__init__(*args, **options)


def pytest_runtest_setup(item):
    ATTEMPTED.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    missing = call.excinfo and (needed(call.excinfo.value) or (ATTEMPTED and "a process"))
    if report.failed and missing:
        path, line, _ = item.location
        report.outcome = "skipped"
        report.longrepr = (path, (line or 0) + 1, f"{item.name} needs {missing}")
    return report


def needed(error):
    """Return what could not be started when `error` arose, or None when it arose for another reason."""
    while error is not None:
        for words, thing in MISSING.items():
            if words in str(error):
                return thing
        error = error.__cause__ or error.__context__
    return None


class InnerProcess(Exception):
    """A program that was started through Node could not start something itself."""


def run(args, *, cwd=None, env=None, timeout=None, check=False, **options):
    """Return what `subprocess.run` would, for the options that the tests use; the output is always captured."""
    command = [process.execPath, *process.execArgv, *args] if args[0] == sys.executable else args
    given = options.get("input")
    how = {
        "cwd": str(cwd) if cwd else None,
        "env": env,
        "input": given.encode() if isinstance(given, str) else given,
        "stdio": ["ignore" if given is None else "pipe", "pipe", "pipe"],
        "timeout": timeout and timeout * 1000,
        "encoding": "latin1",  # any bytes, as text: Pyodide does not take Node's Buffer
    }
    child = process.getBuiltinModule("node:child_process").spawnSync(
        str(command[0]),
        to_js([str(part) for part in command[1:]]),
        to_js(
            {key: value for key, value in how.items() if value is not None}, dict_converter=Object.fromEntries
        ),
    )
    if getattr(child, "error", None):
        raise OSError(child.error.message)
    out, err = child.stdout.encode("latin1"), child.stderr.encode("latin1")
    for words in MISSING:
        if words.encode() in err:
            raise InnerProcess(words)
    if options.get("text") or options.get("encoding"):
        out, err = (
            io.TextIOWrapper(io.BytesIO(data), "utf-8", options.get("errors")).read() for data in (out, err)
        )
    done = subprocess.CompletedProcess(args, child.status, out, err)
    if check:
        done.check_returncode()
    return done
