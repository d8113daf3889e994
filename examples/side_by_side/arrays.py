"""Two versions of numpy that exchange arrays: through the buffer protocol, without copying.

Run it: loadstone run examples/side_by_side/arrays.py. The first run installs both.
"""

import loadstone.spaces.numpy_new.numpy as new
import loadstone.spaces.numpy_old.numpy as old


def main():
    first = old.arange(6, dtype="f8").reshape(2, 3)
    second = new.asarray(memoryview(first))
    second *= 2
    print("the new one sees", second.tolist(), "and wrote into the old one's memory:", first.sum())
    print("two types:", type(first) is not type(second), "two versions:", old.__version__ != new.__version__)
    print("mean:", float(old.mean(first)), float(new.mean(second)))


if __name__ == "__main__":
    main()
