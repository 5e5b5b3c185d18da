"""Segment in front of the emulator: its tracking calls, and the destination they go through."""
