"""One parser under atheris: `python -m tests.fuzz.run NAME -max_total_time=60`, with options of libFuzzer."""

import sys

import atheris

with atheris.instrument_imports(include=["mockpin", "mockpin_transformer", "mockpin_validator"]):
    from tests.fuzz.targets import TARGETS


def main():
    name, *options = sys.argv[1:]
    atheris.Setup([name, *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
