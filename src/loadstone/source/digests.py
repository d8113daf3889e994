"""BLAKE2, as Python has it in itself: `hashlib` would load OpenSSL first, which is a good part of a short check."""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # a Python that was built without its own
    from hashlib import blake2b

__all__ = ["blake2b"]
