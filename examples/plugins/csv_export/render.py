def row(*cells):
    return ";".join(map(str, cells))
