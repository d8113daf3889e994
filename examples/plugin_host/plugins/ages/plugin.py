import time

import humanize
from columns import Column


class Age(Column):
    title = f"age (humanize {humanize.__version__.split('.')[0]}):"

    def of(self, status):
        return humanize.naturaldelta(time.time() - status.st_mtime)


def column():
    return Age()
