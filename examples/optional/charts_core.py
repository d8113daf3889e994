from charts_extra import draw


def axes():
    return draw
