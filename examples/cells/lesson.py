"""A lesson in a few cells: modules made from text, a star that takes a name, and where each name came from.

Run it: python examples/cells/lesson.py
"""

from loadstone import Space, show

CELLS = {
    "greetings": "def hello(who):\n    return f'hello, {who}'\n",
    "politeness": "def hello(who):\n    return f'good day, {who}'\n\ndef bye(who):\n    return f'farewell, {who}'\n",
    "lesson": "from greetings import hello\nfrom politeness import *\n\nprint(hello('you'), '/', bye('you'))\n",
}


def main():
    space = Space("lesson")
    for name, source in CELLS.items():
        module = space.define(name, source)
    print(show(module))


if __name__ == "__main__":
    main()
