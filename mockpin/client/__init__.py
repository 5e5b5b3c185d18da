"""The emulator in a test: a client, its controls, and what a failing test is told."""
