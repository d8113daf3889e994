"""Measurements of what the documentation claims, each against its peers; `python -m benchmarks` lists them."""
