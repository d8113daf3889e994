"""A pytest plugin that explains failed imports, below the failures of tests and of collection.

It is asked for by name, and is no entry point: an entry point would be imported by every run of pytest wherever
Loadstone is installed, and would change the output of people who never asked for it. For one run:

    pytest -p loadstone.pytest_plugin

and for a project, in pyproject.toml:

    [tool.pytest.ini_options]
    addopts = ["-p", "loadstone.pytest_plugin"]

Nothing happens until something has failed. Explanations travel with the reports, so pytest-xdist shows them too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

__all__ = ["pytest_load_initial_conftests", "pytest_make_collect_report", "pytest_runtest_makereport"]

TITLE = "loadstone"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[Any]) -> Generator[None, Any]:
    """Explain the failure of a test, or of its fixtures."""
    outcome = yield
    _add(outcome, call)


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report() -> Generator[None, Any]:
    """Explain a file that cannot be collected."""
    outcome = yield
    _add(outcome, None)


@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests() -> Generator[None, Any]:
    """Explain a conftest.py that cannot be imported: there is no report yet, so the error itself takes the text."""
    outcome = yield
    cause = outcome.excinfo[1].__cause__ if outcome.excinfo else None
    text = _text(cause)
    if cause is not None and text:
        cause.add_note(text)


def _add(outcome: Any, call: pytest.CallInfo[Any] | None) -> None:
    """Add the explanation to the report of a failure; errors of other hooks pass unchanged."""
    if outcome.excinfo:
        return
    report = outcome.get_result()
    call = call or getattr(report, "call", None)
    if report.failed and call is not None and call.excinfo is not None:
        text = _text(call.excinfo.value)
        if text:
            report.sections.append((TITLE, text.removeprefix(f"{TITLE}: ")))


def _text(error: BaseException | None) -> str:
    from loadstone.explain.reporting import quietly

    explanation = quietly(error) if error is not None else None
    return str(explanation) if explanation else ""
