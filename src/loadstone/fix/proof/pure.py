"""Calls that no other module can notice: they make a value, and that is all."""

from __future__ import annotations

import builtins
import sys
from itertools import takewhile

__all__ = ["FUNCTIONS", "is_pure"]


def is_pure(name: str) -> bool:
    """Whether a call of this function, by its full name, leaves nothing behind but its value."""
    module, _, tail = name.rpartition(".")
    if not module:
        return tail in _BUILTINS or isinstance(getattr(builtins, tail, None), type)
    homes = (module, _public(module))
    known = any(home in _MODULES or tail in FUNCTIONS.get(home, "").split() for home in homes)
    return known or tail in {"setter", "getter"}


def _public(module: str) -> str:
    """Return the module from which people import what a private one holds: pathlib for pathlib._local.

    Each version of Python has others of these, and it is there that classes and functions have their origin.
    """
    top, *inner = module.split(".")
    if top not in sys.stdlib_module_names:
        return module
    return ".".join([top.lstrip("_"), *takewhile(lambda part: not part.startswith("_"), inner)])


_BUILTINS = frozenset((
    "abs", "all", "any", "ascii", "bin", "callable", "chr", "dir", "divmod", "format", "getattr", "globals", "hasattr",
    "hash", "hex", "id", "isinstance", "issubclass", "iter", "len", "locals", "max", "min", "next", "oct", "ord", "pow",
    "repr", "round", "sorted", "sum", "vars",
))  # fmt: skip
"""Functions; the builtin classes all count, too."""

_MODULES = frozenset(
    ("cmath", "functools", "itertools", "math", "operator", "os.path", "typing", "typing_extensions")
)
"""Modules of which every function is pure."""

FUNCTIONS = {
    "_thread": "_local",
    "_weakrefset": "WeakSet",
    "abc": "abstractmethod abstractproperty",
    "array": "array",
    "base64": "b64decode b64encode",
    "collections": "ChainMap Counter OrderedDict UserDict defaultdict deque namedtuple",
    "contextlib": "asynccontextmanager contextmanager nullcontext",
    "contextvars": "ContextVar",
    "copy": "copy deepcopy",
    "ctypes": "CFUNCTYPE POINTER",
    "dataclasses": "dataclass field make_dataclass",
    "datetime": "date datetime time timedelta timezone",
    "decimal": "Decimal",
    "enum": "auto unique",
    "fractions": "Fraction",
    "genericpath": "exists isdir isfile",
    "hashlib": "md5 sha1 sha256",
    "importlib.util": "find_spec",
    "inspect": "signature",
    "io": "BytesIO StringIO",
    "ipaddress": "ip_address ip_network",
    "json": "dumps loads",
    "logging": "NullHandler getLogger",
    "os": "fspath getcwd getenv getpid",
    "os.environ": "get",
    "pathlib": "Path PurePath PurePosixPath",
    "platform": "machine python_implementation python_version system uname",
    "posix": "getcwd getpid",
    "posixpath": "abspath basename dirname exists expanduser isdir isfile join realpath split splitext",
    "nt": "getcwd getpid",
    "ntpath": "abspath basename dirname exists expanduser isdir isfile join realpath split splitext",
    "queue": "Queue",
    "random": "Random",
    "re": "compile escape",
    "string": "Template",
    "struct": "Struct calcsize",
    "sys": "getdefaultencoding getfilesystemencoding getrecursionlimit",
    "textwrap": "dedent",
    "threading": "Condition Event Lock RLock Semaphore local",
    "time": "monotonic perf_counter time",
    "types": "MappingProxyType ModuleType SimpleNamespace",
    "urllib.parse": "quote urlparse",
    "uuid": "UUID uuid4",
    "weakref": "WeakKeyDictionary WeakSet WeakValueDictionary proxy ref",
}
"""Functions and classes of the standard library that are called at the top of modules most of all."""
