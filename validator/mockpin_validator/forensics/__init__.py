"""Explain hashes: which value and which recipe produced them."""

from mockpin_validator.forensics.domains import Known, known
from mockpin_validator.forensics.explanation import Explanation, explain_hash

__all__ = ["Explanation", "Known", "explain_hash", "known"]
