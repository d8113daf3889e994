"""Names of the standard library that live elsewhere now: ``module:name`` before, and after.

From "What's New in Python" of each version, and for Python 2 from the fixers of lib2to3. The version is the
first without the old name. `now` is ``module:name``, or ``:name`` for a builtin, or a sentence where nothing
takes its place as it stands.
"""

from __future__ import annotations

__all__ = ["BUILTINS", "MOVED"]


def _same(
    names: str, before: str, since: tuple[int, int], now: str
) -> dict[str, tuple[tuple[int, int], str]]:
    """Return rows for names that kept their spelling and changed their module."""
    return {f"{before}:{name}": (since, f"{now}:{name}") for name in names.split()}


_ABSTRACT = """
    AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine
    Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping
    MutableSequence MutableSet Reversible Sequence Set Sized ValuesView
"""

MOVED: dict[str, tuple[tuple[int, int], str]] = {
    **_same(_ABSTRACT, "collections", (3, 10), "collections.abc"),
    **_same("HTTPError URLError", "urllib", (3, 0), "urllib.error"),
    **_same(
        "Request build_opener install_opener urlcleanup urlopen urlretrieve",
        "urllib",
        (3, 0),
        "urllib.request",
    ),
    **_same(
        "quote quote_plus unquote unquote_plus urlencode urljoin urlsplit", "urllib", (3, 0), "urllib.parse"
    ),
    "ast:Bytes": ((3, 14), "ast:Constant"),
    "ast:Ellipsis": ((3, 14), "ast:Constant"),
    "ast:NameConstant": ((3, 14), "ast:Constant"),
    "ast:Num": ((3, 14), "ast:Constant"),
    "ast:Str": ((3, 14), "ast:Constant"),
    "asyncio:async": ((3, 7), "asyncio:ensure_future"),
    "asyncio:coroutine": ((3, 11), "write `async def` in place of the decorator"),
    "asyncio:get_child_watcher": ((3, 14), "subprocesses need no watcher any more"),
    "base64:decodestring": ((3, 9), "base64:decodebytes"),
    "base64:encodestring": ((3, 9), "base64:encodebytes"),
    "cgi:escape": ((3, 8), "html:escape"),
    "cgi:parse_qs": ((3, 8), "urllib.parse:parse_qs"),
    "cgi:parse_qsl": ((3, 8), "urllib.parse:parse_qsl"),
    "configparser:SafeConfigParser": ((3, 12), "configparser:ConfigParser"),
    "fractions:gcd": ((3, 9), "math:gcd"),
    "importlib.abc:Finder": ((3, 12), "importlib.abc:MetaPathFinder"),
    "importlib.abc:ResourceReader": ((3, 14), "importlib.resources.abc:ResourceReader"),
    "importlib.abc:Traversable": ((3, 14), "importlib.resources.abc:Traversable"),
    "importlib.abc:TraversableResources": ((3, 14), "importlib.resources.abc:TraversableResources"),
    "importlib:find_loader": ((3, 12), "importlib.util:find_spec"),
    "inspect:formatargspec": ((3, 11), "inspect:signature"),
    "inspect:getargspec": ((3, 11), "inspect:getfullargspec"),
    "inspect:getmoduleinfo": ((3, 6), "inspect:getmodulename"),
    "itertools:ifilter": ((3, 0), ":filter"),
    "itertools:ifilterfalse": ((3, 0), "itertools:filterfalse"),
    "itertools:imap": ((3, 0), ":map"),
    "itertools:izip": ((3, 0), ":zip"),
    "itertools:izip_longest": ((3, 0), "itertools:zip_longest"),
    "locale:format": ((3, 12), "locale:format_string"),
    "locale:resetlocale": ((3, 13), "locale:setlocale"),
    "os:errno": ((3, 7), "import errno itself"),
    "os:getcwdu": ((3, 0), "os:getcwd"),
    "pkgutil:ImpImporter": ((3, 12), "importlib.machinery:FileFinder"),
    "pkgutil:find_loader": ((3, 14), "importlib.util:find_spec"),
    "pkgutil:get_loader": ((3, 14), "importlib.util:find_spec"),
    "platform:dist": ((3, 8), "platform:freedesktop_os_release"),
    "platform:linux_distribution": ((3, 8), "platform:freedesktop_os_release"),
    "platform:popen": ((3, 8), "subprocess:run"),
    "plistlib:readPlist": ((3, 9), "plistlib:load"),
    "plistlib:writePlist": ((3, 9), "plistlib:dump"),
    "re:template": ((3, 13), "re:compile"),
    "ssl:match_hostname": ((3, 12), "the handshake itself checks the host name (SSLContext.check_hostname)"),
    "ssl:wrap_socket": ((3, 12), "make an ssl.SSLContext and call its wrap_socket"),
    "string:join": ((3, 0), "call join on the separator: ', '.join(words)"),
    "string:letters": ((3, 0), "string:ascii_letters"),
    "string:lowercase": ((3, 0), "string:ascii_lowercase"),
    "string:maketrans": ((3, 0), "call str.maketrans"),
    "string:replace": ((3, 0), "call replace on the text itself"),
    "string:split": ((3, 0), "call split on the text itself"),
    "string:uppercase": ((3, 0), "string:ascii_uppercase"),
    "sys:maxint": ((3, 0), "sys:maxsize"),
    "sys:setcheckinterval": ((3, 9), "sys:setswitchinterval"),
    "time:clock": ((3, 8), "time:perf_counter"),
    "types:ClassType": ((3, 0), ":type"),
    "types:DictType": ((3, 0), ":dict"),
    "types:IntType": ((3, 0), ":int"),
    "types:ListType": ((3, 0), ":list"),
    "types:StringType": ((3, 0), ":str"),
    "types:TupleType": ((3, 0), ":tuple"),
    "types:UnicodeType": ((3, 0), ":str"),
    "unittest:findTestCases": ((3, 13), "unittest:TestLoader"),
    "unittest:makeSuite": ((3, 13), "unittest:TestLoader"),
}

# Builtins of Python 2 that a module holds now.
BUILTINS = {
    "StringIO": "io:StringIO",
    "intern": "sys:intern",
    "reduce": "functools:reduce",
    "reload": "importlib:reload",
}
