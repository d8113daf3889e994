from render import row

TITLE = "csv"


def export(rows):
    return " | ".join(row(*cells) for cells in rows)
