"""Explain hashes: which value and which recipe produced them."""

from mockpin_validator.forensics.domains import KnownHash, known
from mockpin_validator.forensics.explanation import Explanation, explain_hash

__all__ = ["Explanation", "KnownHash", "explain_hash", "known"]
