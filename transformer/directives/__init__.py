"""The words of the mapping language. Importing this package fills `transformer.registry.DIRECTIVES`."""

from transformer.directives import choice, liquid, lookup, structure, text, transform

__all__ = ["choice", "liquid", "lookup", "structure", "text", "transform"]
