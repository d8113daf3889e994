"""Modules that were in the standard library, the version without them, and what does their work now.

From "What's New in Python" of each version; most of 3.13 is PEP 594, and `distutils` is PEP 632. `use` is
a module that is there; `install` a distribution that brings the removed module back under its name.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["REMOVED", "RENAMED", "Removed"]


class Removed(NamedTuple):
    """A module that is gone since `version`; `say` names what to use when one module does not say it."""

    version: tuple[int, int]
    use: str = ""
    say: str = ""
    install: str = ""


REMOVED = {
    "macpath": Removed((3, 8), "posixpath"),
    "_dummy_thread": Removed((3, 9), "_thread"),
    "dummy_threading": Removed((3, 9), "threading"),
    "formatter": Removed((3, 10)),
    "parser": Removed((3, 10), "ast"),
    "symbol": Removed((3, 10), "ast"),
    "binhex": Removed((3, 11), "binascii"),
    "asynchat": Removed((3, 12), "asyncio", install="pyasynchat"),
    "asyncore": Removed((3, 12), "asyncio", install="pyasyncore"),
    "distutils": Removed((3, 12), say="setuptools brings a copy of it", install="setuptools"),
    "imp": Removed((3, 12), "importlib"),
    "smtpd": Removed((3, 12), say="the distribution aiosmtpd does its work"),
    "aifc": Removed((3, 13), "wave"),
    "audioop": Removed((3, 13), install="audioop-lts"),
    "cgi": Removed((3, 13), "urllib.parse", "its forms are email.message and urllib.parse", "legacy-cgi"),
    "cgitb": Removed((3, 13), "traceback", install="legacy-cgi"),
    "chunk": Removed((3, 13), "struct"),
    "crypt": Removed((3, 13), "hashlib"),
    "imghdr": Removed((3, 13), say="the distributions filetype and puremagic do its work"),
    "lib2to3": Removed((3, 13), say="the distributions parso and libcst do its work"),
    "mailcap": Removed((3, 13), "mimetypes"),
    "msilib": Removed((3, 13)),
    "nis": Removed((3, 13)),
    "nntplib": Removed((3, 13)),
    "ossaudiodev": Removed((3, 13)),
    "pipes": Removed((3, 13), "subprocess", "pipes.quote is shlex.quote"),
    "sndhdr": Removed((3, 13), say="the distributions filetype and puremagic do its work"),
    "spwd": Removed((3, 13)),
    "sunau": Removed((3, 13), "wave"),
    "telnetlib": Removed((3, 13), say="the distributions telnetlib3 and Exscript do its work"),
    "tkinter.tix": Removed((3, 13), "tkinter.ttk"),
    "typing.io": Removed((3, 13), "typing"),
    "typing.re": Removed((3, 13), "typing"),
    "uu": Removed((3, 13), "base64"),
    "xdrlib": Removed((3, 13), "struct"),
}

# Python 2's name: Python 3's. PEP 3108, and the fixers of lib2to3.
RENAMED = {
    "BaseHTTPServer": "http.server",
    "CGIHTTPServer": "http.server",
    "ConfigParser": "configparser",
    "Cookie": "http.cookies",
    "Dialog": "tkinter.dialog",
    "FileDialog": "tkinter.filedialog",
    "HTMLParser": "html.parser",
    "Queue": "queue",
    "ScrolledText": "tkinter.scrolledtext",
    "SimpleDialog": "tkinter.simpledialog",
    "SimpleHTTPServer": "http.server",
    "SimpleXMLRPCServer": "xmlrpc.server",
    "SocketServer": "socketserver",
    "StringIO": "io",
    "Tkconstants": "tkinter.constants",
    "Tkinter": "tkinter",
    "UserDict": "collections",
    "UserList": "collections",
    "UserString": "collections",
    "__builtin__": "builtins",
    "_winreg": "winreg",
    "anydbm": "dbm",
    "cPickle": "pickle",
    "cStringIO": "io",
    "commands": "subprocess",
    "cookielib": "http.cookiejar",
    "copy_reg": "copyreg",
    "dbhash": "dbm",
    "dumbdbm": "dbm.dumb",
    "exceptions": "builtins",
    "gdbm": "dbm.gnu",
    "htmlentitydefs": "html.entities",
    "httplib": "http.client",
    "markupbase": "_markupbase",
    "md5": "hashlib",
    "repr": "reprlib",
    "robotparser": "urllib.robotparser",
    "sets": "builtins",
    "sha": "hashlib",
    "thread": "_thread",
    "tkColorChooser": "tkinter.colorchooser",
    "tkCommonDialog": "tkinter.commondialog",
    "tkFileDialog": "tkinter.filedialog",
    "tkFont": "tkinter.font",
    "tkMessageBox": "tkinter.messagebox",
    "tkSimpleDialog": "tkinter.simpledialog",
    "ttk": "tkinter.ttk",
    "urllib2": "urllib.request",
    "urlparse": "urllib.parse",
    "whichdb": "dbm",
    "xmlrpclib": "xmlrpc.client",
}
