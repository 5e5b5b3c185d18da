"""The emulator without HTTP: what a server must know, judge and keep."""
