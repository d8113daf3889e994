"""``python -m loadstone``: the same as the ``loadstone`` command.

``python FLAGS path/to/loadstone/__main__.py`` is the same again. `loadstone run` starts itself in this way when
it is given flags of the interpreter, since ``-m loadstone`` finds nothing under ``-I`` or ``-S``.
"""

import sys

if not __package__:
    # The folder of this file must go from the path: it has a trace.py, which is not the standard library's.
    if not sys.flags.safe_path:
        del sys.path[0]
    sys.path.insert(0, __file__.removesuffix("__main__.py") + "..")

from loadstone.cli.main import main

if not __package__ and sys.flags.safe_path:
    del sys.path[0]

if __name__ == "__main__":
    status = main()
    # Under -i, SystemExit would be reported as an error before the prompt opens.
    if status:
        sys.exit(status)
