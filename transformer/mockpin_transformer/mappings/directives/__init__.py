"""The directives of the mapping language. Importing this package fills `registry.DIRECTIVES`."""

from mockpin_transformer.mappings.directives import choice, liquid, lookup, structure, text, transform

__all__ = ["choice", "liquid", "lookup", "structure", "text", "transform"]
