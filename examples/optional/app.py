"""An application with an optional feature that says why the feature is off.

Run it: python examples/optional/app.py
"""

import loadstone


def feature():
    """Return the optional module, or the reason why there is none."""
    try:
        import charts_extra
    except ImportError as error:
        return None, loadstone.explain(error) or error
    return charts_extra, None


def main():
    module, reason = feature()
    print("charts: on" if module else f"charts: off, because\n{reason}")


if __name__ == "__main__":
    main()
