"""Which names of the standard library act for their caller: what `scan` found on the versions `SCANNED`.

A module without a row is the host's in every space, at no cost. Of a module with a row, what acts is what the row
names and the module has; on another Python `plan` reads the module's code, which costs milliseconds, and knows
from here what acts in the other modules that this code mentions.
"""

from __future__ import annotations

from loadstone.runtime.grafts.criterion import SEEDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ACTING", "GRAFTED", "SCANNED"]

SCANNED = ((3, 11), (3, 12), (3, 13))

_FOUND = {
    "argparse": "ArgumentParser",
    "bdb": "Bdb Tdb effective set_trace",
    "cProfile": "Profile run runctx",
    "calendar": "global_enum",
    "cgi": "FieldStorage parse parse_multipart",
    "cgitb": "Hook enable handler html text",
    "code": "InteractiveConsole InteractiveInterpreter interact",
    "compileall": "compile_dir compile_path",
    "concurrent.futures": "__getattr__",
    "concurrent.futures.process": "ProcessPoolExecutor Queue _SafeQueue _ThreadWakeup",
    "dataclasses": (
        "_cmp_fn _create_fn _frozen_get_del_attr _get_field _hash_add _hash_fn _init_fn _is_type "
        "_process_class _repr_fn dataclass make_dataclass"
    ),
    "doctest": (
        "DebugRunner DocFileCase DocFileSuite DocFileTest DocTestCase DocTestFinder DocTestRunner "
        "DocTestSuite SkipDocTestCase _DocTestSuite _OutputRedirectingPdb _load_testfile "
        "_module_relative_path _normalize_module debug debug_script debug_src run_docstring_examples "
        "testfile testmod testsource"
    ),
    "enum": "_old_convert_ global_enum",
    "fileinput": "FileInput input",
    "imp": "find_module load_compiled load_module load_package load_source reload",
    "importlib": "__import__ find_loader import_module invalidate_caches reload",
    "importlib.metadata": (
        "Distribution DistributionFinder EntryPoint EntryPoints MetadataPathFinder PathDistribution "
        "SelectableGroups distribution distributions entry_points files import_module metadata "
        "packages_distributions requires version"
    ),
    "importlib.metadata.diagnose": "Distribution inspect run",
    "importlib.resources": "contents files is_resource open_binary open_text path read_binary read_text",
    "importlib.resources._common": "_infer_caller files get_package resolve",
    "importlib.resources._functional": (
        "_get_resource contents files is_resource open_binary open_text path read_binary read_text"
    ),
    "importlib.resources._legacy": "contents is_resource open_binary open_text path read_binary read_text",
    "importlib.util": (
        "LazyLoader _LazyModule _find_spec_from_path _module_to_load find_spec module_for_loader "
        "module_from_spec"
    ),
    "inspect": (
        "_findclass _finddoc _signature_from_builtin _signature_from_callable _signature_from_function "
        "_signature_fromstr findsource get_annotations getabsfile getcallargs getcomments getdoc getfile "
        "getframeinfo getfullargspec getinnerframes getmodule getouterframes getsource getsourcefile "
        "getsourcelines stack trace"
    ),
    "logging.config": (
        "BaseConfigurator DictConfigurator _create_formatters _install_handlers _is_queue_like_object "
        "_resolve dictConfig dictConfigClass fileConfig listen"
    ),
    "modulefinder": "ModuleFinder _find_module",
    "multiprocessing": (
        "Array Barrier BoundedSemaphore Condition Event JoinableQueue Lock Manager Pipe Pool Process Queue "
        "RLock RawArray RawValue Semaphore SimpleQueue Value allow_connection_pickling cpu_count "
        "freeze_support get_all_start_methods get_context get_logger get_start_method log_to_stderr "
        "set_executable set_forkserver_preload set_start_method"
    ),
    "multiprocessing.connection": (
        "Client Connection Listener Pipe SocketClient SocketListener XmlClient XmlListener _ConnectionBase "
        "_ForkingPickler rebuild_connection reduce_connection"
    ),
    "multiprocessing.context": (
        "BaseContext DefaultContext ForkContext ForkServerContext ForkServerProcess Process SpawnContext "
        "SpawnProcess _default_context _force_start_method"
    ),
    "multiprocessing.dummy": "Manager Pool",
    "multiprocessing.heap": "reduce_arena",
    "multiprocessing.managers": "BaseManager SharedMemoryManager SyncManager get_context",
    "multiprocessing.pool": "Pool ThreadPool get_context",
    "multiprocessing.popen_forkserver": "Popen",
    "multiprocessing.popen_spawn_posix": "Popen",
    "multiprocessing.queues": "JoinableQueue Queue SimpleQueue _ForkingPickler",
    "multiprocessing.reduction": "AbstractReducer DupFd ForkingPickler _reduce_socket dump",
    "multiprocessing.resource_sharer": "DupFd _ResourceSharer _resource_sharer stop",
    "multiprocessing.sharedctypes": (
        "Array RawArray RawValue Synchronized SynchronizedArray SynchronizedBase SynchronizedString Value "
        "_ForkingPickler _new_value copy get_context rebuild_ctype reduce_ctype synchronized"
    ),
    "multiprocessing.synchronize": "BoundedSemaphore Lock RLock SemLock Semaphore",
    "optparse": "OptionParser",
    "pdb": (
        "Pdb _ModuleTarget _PdbInteractiveConsole _ScriptTarget _ZipTarget pm post_mortem run runcall "
        "runctx runeval set_trace"
    ),
    "pickle": (
        "Pickler Unpickler _Pickler _Unpickler _dump _dumps _load _loads dump dumps load loads whichmodule"
    ),
    "pickletools": "optimize",
    "pkgutil": (
        "ImpImporter ImpLoader _import_imp extend_path find_loader get_data get_importer get_loader "
        "iter_importers iter_modules resolve_name walk_packages"
    ),
    "profile": "Profile run runctx",
    "pstats": "dataclass",
    "pyclbr": "_ModuleBrowser _create_tree _readmodule readmodule readmodule_ex",
    "pydoc": (
        "Doc HTMLDoc Helper ModuleScanner TextDoc _PlainTextDoc _adjust_cli_sys_path _findclass _finddoc "
        "_getdoc _url_handler apropos browse cli doc getdoc help html importfile locate pathdirs plaintext "
        "render_doc resolve safeimport synopsis text writedoc writedocs"
    ),
    "runpy": (
        "_ModifiedArgv0 _TempModule _get_main_module_details _get_module_details _run_code "
        "_run_module_as_main _run_module_code run_module run_path"
    ),
    "shelve": "BsdDbShelf DbfilenameShelf Pickler Shelf Unpickler open",
    "timeit": "Timer repeat timeit",
    "trace": "CoverageResults Trace _fullmodname",
    "tracemalloc": "Snapshot take_snapshot",
    "typing": "get_type_hints",
    "unittest": (
        "BaseTestSuite TestLoader TestProgram TestSuite defaultTestLoader findTestCases getTestCaseNames "
        "main makeSuite"
    ),
    "unittest.loader": "TestLoader _makeLoader defaultTestLoader findTestCases getTestCaseNames makeSuite",
    "unittest.main": "TestProgram main",
    "unittest.mock": (
        "AsyncMock AsyncMockMixin MagicMock Mock NonCallableMagicMock NonCallableMock PropertyMock "
        "ThreadingMock _AsyncIterator _check_and_set_parent _get_async_iter _get_target _is_async_obj "
        "_is_instance_mock _patch _patch_dict _patch_multiple _patch_object _patch_stopall "
        "_set_async_signature _set_signature _setup_func create_autospec mock_open patch seal"
    ),
    "unittest.suite": "BaseTestSuite TestSuite",
    "xmlrpc.server": (
        "CGIXMLRPCRequestHandler DocCGIXMLRPCRequestHandler DocXMLRPCServer MultiPathXMLRPCServer "
        "ServerHTMLDoc SimpleXMLRPCDispatcher SimpleXMLRPCServer XMLRPCDocGenerator"
    ),
}


def _packages(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the packages of `names`: a submodule of the space's own stands on a package of the space's own."""
    return {name.rpartition(".")[0]: frozenset() for name in names if "." in name}


# Module to acting names, ``"timeit": {"Timer", "repeat", "timeit"}``; and those of which a space has its own form.
ACTING: dict[str, frozenset[str]] = {
    **SEEDS,
    **_packages(_FOUND),
    **{name: frozenset(names.split()) for name, names in _FOUND.items()},
}
GRAFTED = frozenset({*_FOUND, *_packages(_FOUND), "multiprocessing.popen_spawn_win32"})
