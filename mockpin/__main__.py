"""The `mockpin` command, which is also `python -m mockpin`."""

import sys

#: The exit status of a command that Ctrl-C ended.
INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it. Ctrl-C ends it without a traceback also while it is loaded."""
    try:
        from mockpin.cli import main  # noqa: PLC0415 - loading it takes long enough to press Ctrl-C
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    main()


if __name__ == "__main__":
    main()
