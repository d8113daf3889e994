"""One small program for each package: it uses what people use, checks what came out, and returns the version.

A program is run inside a space, where `load` is the space's own `importlib.import_module`, and in the host, where it
is `space.import_module`. So this file imports nothing else, and is loaded by both.
"""

# What a package's user would write, not what a linter would: classes in variables, asserts about errors.
# mypy: ignore-errors
# ruff: noqa: ARG001, D103, N806, PT017, RUF012

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Load = Callable[[str], Any]

inside = importlib.import_module


def click(load: Load) -> str:
    click, testing = load("click"), load("click.testing")

    @click.command()
    @click.option("--count", default=1, type=click.IntRange(0, 9))
    @click.argument("name")
    def hello(count: int, name: str) -> None:
        """Greet."""
        click.echo(" ".join([f"hello {name}"] * count))

    runner = testing.CliRunner()
    assert runner.invoke(hello, ["--count", "2", "you"]).output == "hello you hello you\n"
    assert "Greet." in runner.invoke(hello, ["--help"]).output
    assert runner.invoke(hello, ["--count", "10", "you"]).exit_code == 2
    return version(load, "click")


def requests(load: Load) -> str:
    requests, urllib3 = load("requests"), load("urllib3")
    session = requests.Session()
    session.headers["x"] = "1"
    wanted = requests.Request("POST", "http://example.org/a b", params={"q": "é"}, json={"n": 1})
    sent = session.prepare_request(wanted)
    assert (sent.url, sent.headers["x"], sent.body) == ("http://example.org/a%20b?q=%C3%A9", "1", b'{"n": 1}')
    assert issubclass(requests.ConnectionError, requests.RequestException)
    try:
        session.get("http://127.0.0.1:9/", timeout=0.2)
    except requests.ConnectionError as error:
        assert isinstance(error.args[0], urllib3.exceptions.HTTPError)
    return requests.__version__


def jinja2(load: Load) -> str:
    jinja2 = load("jinja2")
    pages = {
        "base": "<{% block body %}{% endblock %}>",
        "page": "{% extends 'base' %}{% block body %}{{ x|e }}{% endblock %}",
    }
    environment = jinja2.Environment(loader=jinja2.DictLoader(pages), autoescape=True)
    assert environment.get_template("page").render(x="<&>") == "<&lt;&amp;&gt;>"
    try:
        environment.from_string("{% if %}")
    except jinja2.TemplateSyntaxError as error:
        assert error.lineno == 1
    return jinja2.__version__


def attrs(load: Load) -> str:
    attr = load("attr")

    @attr.s(auto_attribs=True, frozen=True)
    class Point:
        x: int
        y: int = attr.ib(default=0, validator=attr.validators.instance_of(int))

    assert attr.asdict(Point(1)) == {"x": 1, "y": 0}
    assert repr(attr.evolve(Point(1), y=3)).endswith("Point(x=1, y=3)")
    try:
        Point(1, "2")
    except TypeError:
        pass
    return version(load, "attrs")


def marshmallow(load: Load) -> str:
    marshmallow = load("marshmallow")
    fields = marshmallow.fields
    old = hasattr(marshmallow, "pprint") and marshmallow.__version__.startswith("2")
    Order = type(
        "Order", (marshmallow.Schema,), {"name": fields.Str(required=True), "price": fields.Decimal()}
    )
    if old:
        data, errors = Order().load({"price": "1.5"})
        assert (str(data["price"]), list(errors)) == ("1.5", ["name"])
        return "2"
    assert str(Order().load({"name": "a", "price": "1.5"})["price"]) == "1.5"
    try:
        Order().load({})
    except marshmallow.ValidationError as error:
        assert list(error.messages) == ["name"]
    return version(load, "marshmallow")


def rich(load: Load) -> str:
    console_, table_ = load("rich.console"), load("rich.table")
    console = console_.Console(width=40, record=True, file=load("io").StringIO(), force_terminal=True)
    table = table_.Table("a", "b", title="[bold]t[/]")
    table.add_row("1", "[red]2[/red]")
    console.print(table, {"n": [1, 2]})
    text = console.export_text()
    assert "│ 1 │ 2 │" in text
    assert "{'n': [1, 2]}" in text
    load("rich.traceback")
    load("rich.syntax").Syntax("x = 1", "python")
    return version(load, "rich")


def flask(load: Load) -> str:
    flask = load("flask")
    app = flask.Flask("row", static_folder=None, root_path="/")
    app.secret_key = "k"

    @app.route("/<int:number>")
    def page(number: int) -> Any:
        flask.session["n"] = number
        return flask.render_template_string("{{ n + 1 }} {{ session.n }}", n=number)

    client = app.test_client()
    assert client.get("/4").data == b"5 4"
    assert client.get("/x").status_code == 404
    return version(load, "flask")


def sqlalchemy(load: Load) -> str:
    sa, orm, declarative = load("sqlalchemy"), load("sqlalchemy.orm"), load("sqlalchemy.ext.declarative")
    Base = getattr(orm, "declarative_base", declarative.declarative_base)()

    class User(Base):
        __tablename__ = "users"
        id = sa.Column(sa.Integer, primary_key=True)
        name = sa.Column(sa.String(20))

    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = orm.sessionmaker(bind=engine)()
    session.add_all([User(name="ann"), User(name="bob")])
    session.commit()
    assert [user.name for user in session.query(User).filter(User.name.like("a%"))] == ["ann"]
    assert "users.name" in str(session.query(User))
    if load is inside:
        pickle = load("pickle")
        assert pickle.loads(pickle.dumps(sa.String(5))).length == 5
    return sa.__version__


def pydantic(load: Load) -> str:
    pydantic = load("pydantic")

    class Item(pydantic.BaseModel):
        name: str
        price: float = 0
        tags: list[str] = []

    Order = pydantic.create_model("Order", items=(list[Item], ...))
    order = Order(items=[{"name": "a", "price": "2.5"}])
    assert order.items[0].price == 2.5
    try:
        Item(price="x")
    except pydantic.ValidationError as error:
        assert {entry["loc"] for entry in error.errors()} == {("name",), ("price",)}
    text = order.model_dump_json() if hasattr(order, "model_dump_json") else order.json()
    assert text.replace(" ", "") == '{"items":[{"name":"a","price":2.5,"tags":[]}]}'
    return str(pydantic.VERSION)


def numpy(load: Load) -> str:
    np = load("numpy")
    x = np.arange(12.0).reshape(3, 4)
    assert (x.mean(), repr(np.arange(3))) == (5.5, "array([0, 1, 2])")
    assert abs(x.std() - 3.4520525) < 1e-6
    assert str(x[0]) == "[0. 1. 2. 3.]"
    assert np.polyfit([0, 1, 2, 3], [1, 3, 5, 7], 1).round(6).tolist() == [2.0, 1.0]
    assert np.linalg.inv(np.eye(2)).tolist() == [[1, 0], [0, 1]]
    assert np.random.default_rng(0).integers(0, 10, 3).tolist() == [8, 6, 5]
    assert np.fft.fft([1, 0]).tolist() == [1, 1]
    assert np.ma.masked_array([1, 2], [0, 1]).mean() == 1
    buffer = load("io").BytesIO()
    np.save(buffer, x)
    buffer.seek(0)
    assert (np.load(buffer) == x).all()
    try:
        np.ones(3) + np.ones(4)
    except ValueError as error:
        assert "broadcast" in str(error)
    if load is inside:
        pickle = load("pickle")
        assert (pickle.loads(pickle.dumps(x)) == x).all()
    return str(np.__version__)


def pandas(load: Load) -> str:
    pd = load("pandas")
    frame = pd.DataFrame({"k": ["a", "b", "a"], "v": [1, 2, 3], "t": pd.date_range("2024-01-01", periods=3)})
    assert frame.groupby("k")["v"].sum().to_dict() == {"a": 4, "b": 2}
    assert "2024-01-02" in repr(frame)
    assert frame.describe()["v"]["mean"] == 2
    assert pd.read_csv(load("io").StringIO(frame.to_csv(index=False)), parse_dates=["t"]).equals(frame)
    assert frame.set_index("t").resample("2D")["v"].sum().tolist() == [3, 3]
    assert frame.merge(frame, on="k").shape == (5, 5)
    assert (pd.Timestamp("2024-01-31") + pd.offsets.MonthEnd(1)).day == 29
    assert pd.to_datetime(["2024-01-01"]).strftime("%Y").tolist() == ["2024"]
    assert frame.pivot_table(index="k", values="v").loc["a", "v"] == 2
    return str(pd.__version__)


def protobuf(load: Load) -> str:
    struct, json_format = load("google.protobuf.struct_pb2"), load("google.protobuf.json_format")
    message = struct.Struct()
    message.update({"a": 1, "b": ["x", True]})
    again = struct.Struct()
    again.ParseFromString(message.SerializeToString())
    assert json_format.MessageToDict(again) == {"a": 1.0, "b": ["x", True]}
    return str(load("google.protobuf").__version__)


def pyyaml(load: Load) -> str:
    yaml = load("yaml")
    data = yaml.load(
        "a: [1, 2.5, yes]\nb: {c: 2024-01-01}\n", Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    assert (data["a"], str(data["b"]["c"])) == ([1, 2.5, True], "2024-01-01")
    assert yaml.safe_load(yaml.safe_dump(data)) == data
    try:
        yaml.safe_load("a: [")
    except yaml.YAMLError as error:
        assert "line 1" in str(error)
    return str(yaml.__version__)


def aiohttp(load: Load) -> str:
    aiohttp, web, asyncio = load("aiohttp"), load("aiohttp.web"), load("asyncio")

    async def main() -> None:
        async def page(request: Any) -> Any:
            return web.json_response({"path": request.path, "got": await request.json()})

        app = web.Application()
        app.router.add_post("/{tail:.*}", page)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # noqa: SLF001
        async with aiohttp.ClientSession() as session:
            response = await session.post(f"http://127.0.0.1:{port}/x", json={"n": 1})
            assert await response.json() == {"path": "/x", "got": {"n": 1}}
        await runner.cleanup()

    asyncio.run(main())
    return str(aiohttp.__version__)


def django(load: Load) -> str:
    django, conf, template = load("django"), load("django.conf"), load("django.template")
    if not conf.settings.configured:
        conf.settings.configure(
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], USE_TZ=True,
            TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
            DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        )  # fmt: skip
        django.setup()
        load("django.core.management").call_command("migrate", verbosity=0)
    User = load("django.contrib.auth.models").User
    User.objects.get_or_create(username="ann")
    assert User.objects.filter(username__startswith="a").count() == 1
    assert (
        template.Template("{% for x in n %}{{ x|add:1 }}{% endfor %}").render(template.Context({"n": [1, 2]}))
        == "23"
    )
    return str(django.get_version())


def cryptography(load: Load) -> str:
    fernet, hashes = load("cryptography.fernet"), load("cryptography.hazmat.primitives.hashes")
    rsa, padding = (load(f"cryptography.hazmat.primitives.asymmetric.{name}") for name in ("rsa", "padding"))
    box = fernet.Fernet(fernet.Fernet.generate_key())
    assert box.decrypt(box.encrypt(b"secret")) == b"secret"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signature = key.sign(b"m", padding.PKCS1v15(), hashes.SHA256())
    key.public_key().verify(signature, b"m", padding.PKCS1v15(), hashes.SHA256())
    try:
        box.decrypt(b"no")
    except fernet.InvalidToken:
        pass
    return str(load("cryptography").__version__)


def lxml(load: Load) -> str:
    etree, html = load("lxml.etree"), load("lxml.html")
    root = etree.fromstring("<a><b x='1'>t</b></a>")
    assert root.xpath("//b[@x='1']/text()") == ["t"]
    assert etree.tostring(root) == b'<a><b x="1">t</b></a>'
    assert html.fromstring("<p>hi<br>you").text_content() == "hiyou"
    try:
        etree.fromstring("<a>")
    except etree.XMLSyntaxError as error:
        assert "line 1" in str(error)
    return str(etree.__version__)


def scipy(load: Load) -> str:
    np, optimize, linalg, stats = (
        load(name) for name in ("numpy", "scipy.optimize", "scipy.linalg", "scipy.stats")
    )
    sparse, integrate = load("scipy.sparse"), load("scipy.integrate")
    assert abs(optimize.brentq(lambda x: x * x - 2, 0, 2) - 2**0.5) < 1e-9
    assert optimize.minimize(lambda x: ((x - 3) ** 2).sum(), [0.0]).x.round(3).tolist() == [3.0]
    assert linalg.det(np.eye(3)) == 1
    assert abs(stats.norm.cdf(0) - 0.5) < 1e-12
    assert sparse.csr_matrix(np.eye(3)).sum() == 3
    assert abs(integrate.quad(lambda x: x, 0, 1)[0] - 0.5) < 1e-9
    return str(load("scipy").__version__)


def grpcio(load: Load) -> str:
    grpc, futures = load("grpc"), load("concurrent.futures")

    def answer(request: bytes, context: Any) -> bytes:
        return request.upper()

    handler = grpc.method_handlers_generic_handler("S", {"m": grpc.unary_unary_rpc_method_handler(answer)})
    server = grpc.server(futures.ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers((handler,))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        assert channel.unary_unary("/S/m")(b"abc", timeout=20) == b"ABC"
        try:
            channel.unary_unary("/S/none")(b"", timeout=20)
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.UNIMPLEMENTED
    server.stop(0).wait()
    return str(grpc.__version__)


def version(load: Load, name: str) -> str:
    """Return what is installed as `name`, by the folder of metadata beside the package itself."""
    os, package = load("os"), load({"attrs": "attr"}.get(name, name))
    folders = os.listdir(os.path.dirname(os.path.dirname(package.__file__)))
    found = next(
        folder
        for folder in folders
        if folder.lower().startswith(f"{name}-") and folder.endswith(".dist-info")
    )
    return str(found[len(name) + 1 : -len(".dist-info")])
