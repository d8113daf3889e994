"""A listing of files whose columns are plugins, each with libraries of its own.

`ages` needs humanize 3, `sizes` humanize 4, and `owners` is broken: it is reported, and the listing goes on.
Run it: loadstone run examples/plugin_host/host.py [FOLDER]. The first run installs what the plugins require.
"""

import sys
from pathlib import Path

import loadstone

HERE = Path(__file__).parent


def columns():
    """Return the columns of all plugins that load; say of the others why they do not."""
    host = loadstone.plugins(HERE / "plugins", share=["columns"])
    loaded = [plugin.module.column() for plugin in host.load()]
    for plugin in host.failed:
        print(f"left out: {plugin.problem.replace(str(HERE), '.')}")
    return loaded


def listing(folder, chosen):
    """Yield a line for each file: its name and what each column says of it."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield "  ".join([f"{path.name:12}", *(f"{one.title} {one.of(path.stat())}" for one in chosen)])


def main():
    folder = Path(sys.argv[1]) if sys.argv[1:] else HERE
    print(*listing(folder, columns()), sep="\n")


if __name__ == "__main__":
    main()
