from columns import Column
from people import name_of  # this was never written


class Owner(Column):
    title = "owner:"

    def of(self, status):
        return name_of(status.st_uid)


def column():
    return Owner()
