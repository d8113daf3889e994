"""One template, rendered by jinja2 2 and by jinja2 3 in one program.

Run it: loadstone run examples/side_by_side/templates.py. The first run installs both.
"""

from loadstone.spaces.legacy import jinja2 as jinja_old
from loadstone.spaces.modern import jinja2 as jinja_new

TEXT = "{% for name in names %}{{ loop.index }} {{ name }}{{ ', ' if not loop.last }}{% endfor %}"


def main():
    for jinja in (jinja_old, jinja_new):
        print(
            f"jinja2 {jinja.__version__.split('.')[0]}: {jinja.Template(TEXT).render(names=['ada', 'grace'])}"
        )
    print("one class:", jinja_old.Template is jinja_new.Template)


if __name__ == "__main__":
    main()
