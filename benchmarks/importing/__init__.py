"""The parts of ``python -m benchmarks imports``, each a function that yields rows."""
