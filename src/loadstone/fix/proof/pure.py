"""Calls that no other module can notice: they make a value, and that is all."""

from __future__ import annotations

import builtins

__all__ = ["is_pure"]

_BUILTINS = frozenset(
    """abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict dir divmod enumerate filter
    float format frozenset getattr hasattr hash hex id int isinstance issubclass iter len list map max memoryview min
    next object oct ord pow property range repr reversed round set slice sorted staticmethod str sum super tuple type
    vars zip globals locals""".split()
) | {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}

_NAMES = frozenset(
    """abc.abstractmethod abc.abstractproperty array.array base64.b64decode base64.b64encode binascii.unhexlify
    codecs.lookup collections.ChainMap collections.Counter collections.OrderedDict collections.UserDict
    collections.defaultdict collections.deque collections.namedtuple contextlib.asynccontextmanager
    contextlib.contextmanager contextlib.nullcontext contextvars.ContextVar copy.copy copy.deepcopy ctypes.POINTER
    ctypes.CFUNCTYPE dataclasses.dataclass dataclasses.field dataclasses.make_dataclass datetime.date
    datetime.datetime datetime.time datetime.timedelta datetime.timezone decimal.Decimal enum.auto enum.unique
    fractions.Fraction hashlib.md5 hashlib.sha1 hashlib.sha256 importlib.util.find_spec inspect.signature
    io.BytesIO io.StringIO ipaddress.ip_address ipaddress.ip_network json.dumps json.loads logging.getLogger
    logging.NullHandler os.environ.get os.fspath os.getcwd os.getenv os.getpid pathlib.Path pathlib.PurePath
    pathlib.PurePosixPath platform.machine platform.python_implementation platform.python_version platform.system
    platform.uname queue.Queue random.Random re.compile re.escape string.Template struct.Struct struct.calcsize
    sys.getdefaultencoding sys.getfilesystemencoding sys.getrecursionlimit textwrap.dedent threading.Condition
    threading.Event threading.Lock threading.RLock threading.Semaphore threading.local time.monotonic
    time.perf_counter time.time types.MappingProxyType types.SimpleNamespace types.new_class urllib.parse.quote
    urllib.parse.urlparse uuid.UUID uuid.uuid4 warnings.catch_warnings weakref.WeakKeyDictionary weakref.WeakSet
    weakref.WeakValueDictionary weakref.proxy weakref.ref""".split()
)
_MODULES = ("cmath", "functools", "itertools", "math", "operator", "os.path", "typing", "typing_extensions")


def is_pure(name: str) -> bool:
    """Whether a call of this function, by its full name, leaves nothing behind but its value."""
    if name in _BUILTINS or name in _NAMES:
        return True
    return name.startswith(tuple(f"{module}." for module in _MODULES)) or name.endswith(
        (".setter", ".getter")
    )
