"""Names that people use as if they were always there, and the import that brings them."""

from __future__ import annotations

__all__ = ["ALIASES", "MEMBERS"]

# The alias that a project's own documentation uses for it.
ALIASES = {
    "ET": "xml.etree.ElementTree",
    "alt": "altair",
    "dd": "dask.dataframe",
    "go": "plotly.graph_objects",
    "gpd": "geopandas",
    "jnp": "jax.numpy",
    "mpl": "matplotlib",
    "np": "numpy",
    "nx": "networkx",
    "pa": "pyarrow",
    "pd": "pandas",
    "pl": "polars",
    "plt": "matplotlib.pyplot",
    "px": "plotly.express",
    "sa": "sqlalchemy",
    "sm": "statsmodels.api",
    "sns": "seaborn",
    "st": "streamlit",
    "tf": "tensorflow",
    "tk": "tkinter",
    "xr": "xarray",
}

# A name that one module of the standard library is known for.
MEMBERS = {
    name: module
    for module, names in {
        "abc": "ABC abstractmethod",
        "collections": "ChainMap Counter OrderedDict defaultdict deque namedtuple",
        "contextlib": "contextmanager nullcontext suppress",
        "copy": "deepcopy",
        "dataclasses": "dataclass",
        "datetime": "timedelta",
        "decimal": "Decimal",
        "enum": "Enum Flag IntEnum IntFlag StrEnum",
        "fractions": "Fraction",
        "functools": "cached_property lru_cache partial singledispatch total_ordering wraps",
        "itertools": "islice starmap takewhile zip_longest",
        "pathlib": "Path PurePath",
        "string": "ascii_letters ascii_lowercase ascii_uppercase",
        "textwrap": "dedent",
        "types": "MappingProxyType SimpleNamespace",
        "typing": "Any Callable ClassVar Dict Generic Iterable Iterator List Literal NamedTuple Optional Protocol "
        "Sequence Set Tuple Type TypeVar TypedDict Union",
    }.items()
    for name in names.split()
}
