"""Conversion events on their way to Pinterest."""
