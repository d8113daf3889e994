"""logging, its configuration, and warnings."""

from __future__ import annotations

HANDLERS = {
    "shop.py": """
        import logging
        class Keeping(logging.Handler):
            kept = []
            def emit(self, record): self.kept.append(self.format(record))
        class Formatter(logging.Formatter):
            def format(self, record): return f"<{super().format(record)}>"
        def only(record): return "no" not in record.getMessage()
        class Filter(logging.Filter):
            def filter(self, record): return only(record)
    """
}


def test_configuration_by_a_dictionary(same):
    """`dictConfig` imports handlers, formatters and filters of the space by their names."""
    assert same(
        HANDLERS,
        program="""
            import logging, logging.config, shop
            def run():
                logging.config.dictConfig({
                    "version": 1, "disable_existing_loggers": False,
                    "formatters": {"f": {"()": "shop.Formatter", "format": "%(name)s %(message)s"}},
                    "filters": {"g": {"()": "shop.Filter"}},
                    "handlers": {"h": {"class": "shop.Keeping", "formatter": "f", "filters": ["g"]}},
                    "loggers": {"shop.log": {"handlers": ["h"], "level": "INFO", "propagate": False}},
                })
                logger = logging.getLogger("shop.log")
                logger.info("yes"), logger.info("no"), logger.debug("yes")
                logger.handlers.clear()
                return shop.Keeping.kept
        """,
    ) == repr(["<shop.log yes>"])


def test_configuration_by_a_file(same):
    """`fileConfig` evaluates class names and arguments in the space."""
    assert same(
        HANDLERS
        | {
            "log.ini": """
                [loggers]
                keys=root,shop
                [handlers]
                keys=h
                [formatters]
                keys=f
                [logger_root]
                handlers=
                [logger_shop]
                handlers=h
                level=INFO
                propagate=0
                qualname=shop.ini
                [handler_h]
                class=shop.Keeping
                formatter=f
                args=()
                [formatter_f]
                class=shop.Formatter
                format=%(message)s
            """
        },
        program="""
            import logging, logging.config, os, shop
            def run():
                root = list(logging.root.handlers), logging.root.level
                try:
                    file = os.path.join(os.path.dirname(__file__), "log.ini")
                    logging.config.fileConfig(file, disable_existing_loggers=False)
                finally:
                    logging.root.handlers[:], logging.root.level = root
                logger = logging.getLogger("shop.ini")
                logger.info("yes")
                logger.handlers.clear()
                return shop.Keeping.kept
        """,
    ) == repr(["<yes>"])


def test_records(same):
    """A record knows the module, function and line of its call, and prints the traceback of an error."""
    assert same(
        HANDLERS,
        program="""
            import logging, shop
            def run():
                logger = logging.getLogger("shop.records")
                handler = shop.Keeping()
                handler.setFormatter(logging.Formatter("%(module)s %(funcName)s %(lineno)d %(pathname)s %(message)s"))
                logger.addHandler(handler)
                logger.propagate = False
                try:
                    logger.error("bad")
                    try:
                        1 / 0
                    except ZeroDivisionError:
                        logger.exception("worse")
                finally:
                    logger.removeHandler(handler)
                return handler.kept
        """,
    )


def test_warnings(same):
    """A warning names the line that caused it; filters by module and by category hold; each place warns once."""
    assert same(
        old="""
            import warnings
            class OldWarning(UserWarning): pass
            def f(): warnings.warn("old", OldWarning, stacklevel=2)
        """,
        program="""
            import old, warnings
            def run():
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("default")
                    for _ in range(2): old.f()
                    warnings.filterwarnings("error", module="program", category=old.OldWarning)
                    try:
                        old.f()
                    except old.OldWarning as error:
                        raised = str(error)
                return (
                    [(each.filename, each.lineno, each.category.__name__) for each in caught], raised,
                    "__warningregistry__" in globals(),
                )
        """,
    )


def test_deprecated_names(same):
    """A deprecated module attribute warns at its use, and errors are shown with their line."""
    assert same(
        old="import warnings\ndef __getattr__(name):\n    warnings.warn(name, DeprecationWarning, 2)\n    return 1\n",
        program="""
            import warnings
            def run():
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    from old import thing
                    import old
                    old.other
                return (

                    [(each.lineno, each.filename) for each in caught if each.category is DeprecationWarning][-1],
                    thing,
                )
        """,
    )
