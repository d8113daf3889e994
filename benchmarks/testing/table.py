"""The suites: a distribution, what its tests need, and which of them are run."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PYTEST", "SUITES", "Suite"]

PYTEST = "pytest==8.3.5"


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests of a distribution, or a part of them.

    `needs` is installed besides pytest. `paths` are what pytest is given, `options` come before them. `repository` is
    where the tests are for a distribution whose sdist leaves them out. `part` tells two suites of one distribution
    apart.
    """

    distribution: str
    version: str
    needs: tuple[str, ...] = ()
    part: str = ""
    paths: tuple[str, ...] = ("tests",)
    options: tuple[str, ...] = ()
    repository: str | None = None

    @property
    def name(self) -> str:
        """What the suite is called on the command line."""
        return f"{self.distribution}-{self.part}" if self.part else self.distribution

    @property
    def requirement(self) -> str:
        """What installs the distribution."""
        return f"{self.distribution}=={self.version}"

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}" + (f", {self.part}" if self.part else "")


# Type checkers, memory and time are no matter of imports; no databases but SQLite.
SQLALCHEMY = ("--nomypy", "--nomemory", "--notimingintensive", "--maxfail=100000")
SUITES = (
    Suite("click", "8.1.8"),
    Suite("attrs", "25.3.0", needs=("hypothesis==6.131.0", "cloudpickle==3.1.1", "pympler==1.1")),
    Suite("jinja2", "3.1.6", needs=("trio==0.29.0",)),
    Suite("rich", "13.9.4", needs=("attrs==25.3.0",), repository="https://github.com/Textualize/rich"),
    Suite("marshmallow", "3.26.1", needs=("simplejson==3.20.1",)),
    Suite(
        "requests",
        "2.32.3",
        needs=("pytest-httpbin==2.1.0", "pytest-mock==3.14.0", "trustme==1.2.1", "PySocks==1.7.1"),
    ),
    Suite(
        "sqlalchemy",
        "2.0.44",
        part="core",
        paths=("test/base", "test/engine", "test/sql", "test/dialect"),
        options=SQLALCHEMY,
    ),
    Suite("sqlalchemy", "2.0.44", part="orm", paths=("test/orm", "test/ext"), options=SQLALCHEMY),
    Suite(
        "pydantic",
        "2.11.10",
        needs=(
            "dirty-equals==0.9.0",
            "email-validator==2.2.0",
            "faker==37.1.0",
            "jsonschema==4.23.0",
            "packaging==24.2",
            "pytest-benchmark==5.1.0",
            "pytest-mock==3.14.0",
            "pytest-run-parallel==0.3.1",
            "pytz==2025.2",
        ),
        # The examples in the documentation, which is not in the sdist.
        options=("--ignore=tests/test_docs.py",),
    ),
)
