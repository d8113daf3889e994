"""The rows of the table: two versions of each package, by the requirements that install them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ROWS", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """A package, and what installs its `versions`, the older first; alternatives where an interpreter has not all.

    Each version is a tuple of alternatives, each alternative the requirements for one ``pip install``; one that ends
    in ``@3.11`` runs on Python up to 3.11. `tops` are the modules that the host must not have afterwards. `pure` rows
    have no extension modules. `source` allows builds.
    """

    name: str
    versions: tuple[tuple[str, ...], ...]
    tops: tuple[str, ...] = ()
    pure: bool = False
    source: bool = False

    @property
    def packages(self) -> tuple[str, ...]:
        """The modules' top-level names."""
        return self.tops or (self.name,)


ROWS = (
    Row("click", (("click<8",), ("click>=8",)), pure=True),
    Row(
        "requests",
        (("requests==2.20.* urllib3<1.25 @3.11", "requests==2.25.* urllib3<2"), ("requests==2.32.*",)),
        tops=("requests", "urllib3", "certifi", "idna"),
        pure=True,
    ),
    Row("jinja2", (("jinja2<3 markupsafe<2.1",), ("jinja2>=3",)), tops=("jinja2", "markupsafe"), source=True),
    Row("attrs", (("attrs==20.*",), ("attrs==25.*",)), tops=("attr", "attrs"), pure=True),
    Row(
        "marshmallow",
        (("marshmallow<3 @3.11", "marshmallow==3.*"), ("marshmallow==3.* @3.11", "marshmallow==4.*")),
        pure=True,
    ),
    Row("rich", (("rich==10.*",), ("rich==13.*",)), tops=("rich", "pygments"), pure=True),
    Row(
        "flask",
        (
            (
                "flask<2 werkzeug<1 jinja2<3 itsdangerous<2.1 markupsafe<2.1 @3.11",
                "flask==2.0.* werkzeug==2.0.* jinja2==3.0.* itsdangerous==2.0.*",
            ),
            ("flask==3.*",),
        ),
        tops=("flask", "werkzeug", "jinja2", "markupsafe", "itsdangerous", "click"),
        source=True,
    ),
    Row(
        "sqlalchemy", (("sqlalchemy==1.3.* @3.11", "sqlalchemy==1.4.*"), ("sqlalchemy==2.0.*",)), source=True
    ),
    Row("pydantic", (("pydantic==1.*",), ("pydantic==2.*",)), tops=("pydantic", "pydantic_core")),
    Row("numpy", (("numpy==1.26.*", "numpy==2.1.*"), ("numpy==2.2.*",))),
    Row(
        "pandas",
        (("pandas==2.1.*", "pandas==2.2.*"), ("pandas==2.2.* @3.12", "pandas==2.3.*")),
        tops=("pandas", "numpy", "dateutil", "pytz"),
    ),
    Row("protobuf", (("protobuf==3.20.*",), ("protobuf==5.*",)), tops=("google",)),
    Row(
        "pyyaml", (("pyyaml==5.4.*", "pyyaml==5.3.*"), ("pyyaml==6.*",)), tops=("yaml", "_yaml"), source=True
    ),
    Row(
        "aiohttp",
        (("aiohttp==3.8.*", "aiohttp==3.9.*", "aiohttp==3.10.*"), ("aiohttp==3.11.*",)),
        tops=("aiohttp", "yarl", "multidict"),
    ),
    Row("django", (("django==3.2.* @3.11", "django==4.2.*"), ("django==5.*",)), pure=True),
    Row("cryptography", (("cryptography",),), tops=("cryptography", "cffi", "_cffi_backend")),
    Row("lxml", (("lxml",),)),
    Row("scipy", (("scipy",),), tops=("scipy", "numpy")),
    Row("grpcio", (("grpcio",),), tops=("grpc",)),
)
