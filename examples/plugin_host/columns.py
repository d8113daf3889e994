"""What host and plugins have in common: shared with every plugin, so that it is one class for all."""


class Column:
    """A column of the listing: `of` returns its text for what `os.stat` says of a file."""

    title = ""

    def of(self, status):
        raise NotImplementedError
