"""`reload` and `find_spec` for a state that is passed in."""

from __future__ import annotations

from loadstone.runtime.importlib_bootstrap.loading import stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

    from loadstone.runtime.importlib_bootstrap.importer import Importer

__all__ = ["find_spec", "invalidate_caches", "reload"]


def find_spec(importer: Importer, name: str, package: str | None = None) -> ModuleSpec | None:
    """Return the spec of `name`, or None, as `importlib.util.find_spec`; parents are imported, `name` is not."""
    from importlib.util import resolve_name

    full = resolve_name(name, package) if name.startswith(".") else name
    if full in importer.state.modules:
        return _spec_of(importer.state.modules[full], name)
    shared = importer.find_shared(full)
    if shared is not None:
        return shared
    parent = full.rpartition(".")[0]
    if not parent:
        return importer.find_spec(full, None)
    above = importer.ensure(parent)
    try:
        path = above.__path__
    except AttributeError as error:
        message = f"__path__ attribute not found on {parent!r} while trying to find {full!r}"
        raise ModuleNotFoundError(message, name=full) from error
    return importer.find_spec(full, path)


def _spec_of(module: Any, name: str) -> ModuleSpec | None:
    if module is None:
        return None
    try:
        spec = module.__spec__
    except AttributeError:
        raise ValueError(f"{name}.__spec__ is not set") from None
    if spec is None:
        raise ValueError(f"{name}.__spec__ is None")
    return spec  # type: ignore[no-any-return]


def reload(importer: Importer, module: Any, reloading: dict[str, Any]) -> Any:
    """Execute `module` again in its own namespace and return what `modules` then holds, as `importlib.reload`.

    `reloading` maps the names being reloaded to their modules: one that reloads itself stops there.
    """
    name = _name_of(module)
    modules = importer.state.modules
    if modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in reloading:
        return reloading[name]
    reloading[name] = module
    try:
        spec = module.__spec__ = importer.find_spec(name, _parent_path(importer, name), module)
        if spec is None:
            raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
        _execute(importer, spec, module)
        return modules[name]
    finally:
        reloading.pop(name, None)


def invalidate_caches(meta_path: list[Any]) -> None:
    """Tell every finder of `meta_path` to look at the disk again."""
    for finder in meta_path:
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def _execute(importer: Importer, spec: ModuleSpec, module: Any) -> None:
    modules = importer.state.modules
    name = spec.name
    with importer.lock(name):
        if modules.get(name) is not module:
            raise ImportError(f"module {name!r} not in sys.modules", name=name)
        try:
            if spec.loader is None and spec.submodule_search_locations is None:
                raise ImportError("missing loader", name=name)
            stamp(spec, module, override=True)
            loader: Any = spec.loader
            if hasattr(loader, "exec_module"):
                loader.exec_module(module)
            else:
                loader.load_module(name)
        finally:
            modules[name] = modules.pop(name)


def _name_of(module: Any) -> str:
    try:
        return module.__spec__.name  # type: ignore[no-any-return]
    except AttributeError:
        pass
    try:
        return module.__name__  # type: ignore[no-any-return]
    except AttributeError:
        raise TypeError("reload() argument must be a module") from None


def _parent_path(importer: Importer, name: str) -> Any:
    parent = name.rpartition(".")[0]
    if not parent:
        return None
    try:
        return importer.state.modules[parent].__path__
    except KeyError:
        raise ImportError(f"parent {parent!r} not in sys.modules", name=parent) from None
