"""The declared spaces, by import statement.

    from loadstone.spaces.legacy import pydantic as pydantic1
    import loadstone.spaces.modern.pydantic as pydantic2
    from loadstone.spaces.legacy.pydantic import BaseModel as OldModel

Importing this module puts one finder in place, which serves this prefix alone. Spaces are declared in the
``pyproject.toml`` nearest above the program, in tables ``[tool.loadstone.spaces.NAME]``.
"""

import sys

from loadstone.declared.program import Program
from loadstone.runtime.spaces_finder import SpacesFinder

__path__: list[str] = []  # a package, whose modules only the finder knows

if "__spaces__" not in globals():  # a reload opens no space again
    __spaces__ = Program()
    sys.meta_path.append(SpacesFinder(__spaces__))

# A space may have any of these names.
del Program, SpacesFinder, sys
