"""The `mockpin` command, which is also `python -m mockpin`."""

import gc
import sys

#: Modules, batches and reports are many objects at once, hardly any of them garbage: to look for cycles among
#: them as often as Python does by itself takes a twentieth of a command's time.
THRESHOLDS = (50_000, 50, 100)
#: The exit status of a command that Ctrl-C ended.
INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it. Ctrl-C ends it without a traceback also while it is loaded."""
    gc.set_threshold(*THRESHOLDS)
    try:
        from mockpin.cli import main  # noqa: PLC0415 - loading it takes long enough to press Ctrl-C
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    main()


if __name__ == "__main__":
    main()
