"""The import algorithm: find, create, execute, bind; for a state that is passed in.

The folder bears CPython's name on purpose: frames whose file name holds both ``importlib`` and ``_bootstrap``
are skipped by `warnings.warn(stacklevel=2)`, so that a deprecated module's warning points at the import
statement, as it does natively (CPython: is_internal_frame in Python/_warnings.c).
"""
