"""The helper process that names what compiled modules hold."""

from __future__ import annotations

import subprocess

from loadstone.source.finder import Location
from loadstone.source.probe import Probe


def test_names_of_a_compiled_module():
    """The names of a module without source come with their kind and where they are from."""
    with Probe() as probe:
        names = probe(Location("math", None, "built-in"))

        assert (names["sqrt"].kind, names["sqrt"].module, names["sqrt"].name) == ("function", "math", "sqrt")
        assert names["pi"].kind == "variable"


def test_a_system_without_processes(monkeypatch):
    """Where no process can be started, the names of a compiled module are unknown, and that is no error."""

    def refuse(*args, **options):
        raise OSError("no processes here")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with Probe() as probe:
        assert probe(Location("math", None, "built-in")) is None
