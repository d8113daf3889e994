import humanize
from columns import Column


class Size(Column):
    title = f"size (humanize {humanize.__version__.split('.')[0]}):"

    def of(self, status):
        return humanize.naturalsize(status.st_size)


def column():
    return Size()
