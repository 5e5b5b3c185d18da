"""The words of the mapping language: importing them fills `transformer.mappings.registry.DIRECTIVES`."""

from transformer.mappings.directives import choice, liquid, lookup, structure, text, transform

__all__ = ["choice", "liquid", "lookup", "structure", "text", "transform"]
