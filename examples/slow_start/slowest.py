"""Which imports make a program slow to start: the events of `Space.on_import`, added up.

Run it: python examples/slow_start/slowest.py MODULE
"""

import sys

from loadstone import Space


def slowest(name, count=3):
    """Return the (module, seconds) that took longest of their own, slowest first."""
    events = []
    host = Space.host()
    with host.on_import(events.append):
        host.import_module(name)
    loaded = [event for event in events if event.how == "path"]
    own = {event.module: event.seconds for event in loaded}
    for event in loaded:
        if event.inside in own:
            own[event.inside] -= event.seconds
    return sorted(own.items(), key=lambda item: -item[1])[:count]


def main():
    for module, seconds in slowest(sys.argv[1]):
        print(f"{seconds * 1000:8.2f} ms  {module}")


if __name__ == "__main__":
    main()
