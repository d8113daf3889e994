"""Test suites of real packages for ``python -m benchmarks suites``: which, how they are installed, how they are run."""
