"""Segment's mapping language: what a mapping makes of an event."""
