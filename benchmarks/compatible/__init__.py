"""Package pairs for ``python -m benchmarks compatibility``: what to install, and a small program for each."""
