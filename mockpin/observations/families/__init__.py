"""The rules over many events, one module a family."""
