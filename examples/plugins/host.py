"""A host with two plugins that both call their helper module `render`; each has its own.

Run it: python examples/plugins/host.py
"""

from pathlib import Path

from loadstone import Space

HERE = Path(__file__).parent
ROWS = [("apples", 3), ("pears", 5)]


def load(folder):
    """Return the plugin's main module, in a space of its own."""
    return Space(folder.name, path=[folder]).import_module("plugin")


def main():
    for folder in sorted(HERE.glob("*_export")):
        plugin = load(folder)
        print(f"{plugin.TITLE}: {plugin.export(ROWS)}")


if __name__ == "__main__":
    main()
