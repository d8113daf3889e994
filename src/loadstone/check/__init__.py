"""Problems that can be seen without running a program: ``check(find_project(["src"]))``."""

from __future__ import annotations

from loadstone.check.config.settings import Settings
from loadstone.check.diagnostic import Diagnostic, Edit, Place
from loadstone.check.engine import check

__all__ = ["Diagnostic", "Edit", "Place", "Settings", "check"]
