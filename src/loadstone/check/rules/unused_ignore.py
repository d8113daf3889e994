"""A comment `# loadstone: ignore[rule]` that silences nothing.

What
    An ignore whose rule finds nothing in the statement any more, or that names a rule which does not exist.
    Rules that are switched off for the file do not count.

Why
    An ignore that is left over would silence the next mistake of its kind, which nobody has looked at.

Example
        from os.path import join        # loadstone: ignore[star]

Instead
    Take the comment away. Where it is to stay: `# loadstone: ignore[star, unused-ignore]`.
"""

from __future__ import annotations

__all__ = ["LEVELS"]

LEVELS = ("warning",)
# Found by the engine, which alone knows what the other rules have found.
