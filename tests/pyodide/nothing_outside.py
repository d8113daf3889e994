"""A pytest plugin for Pyodide: a test that needs a process or a thread is skipped, and says so by name."""

from __future__ import annotations

import pytest

MISSING = {
    "emscripten does not support processes.": "a process",
    "can't start new thread": "a thread",
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    missing = call.excinfo and needed(call.excinfo.value)
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
