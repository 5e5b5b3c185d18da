"""`python -m mockpin` is the `mockpin` command."""

from mockpin.cli import main

main()
