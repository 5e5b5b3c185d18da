"""Which value, and which recipe, gave this hash? Most wrong hashes have an ordinary cause with a name."""

from mockpin_validator.forensics.domains import Known, known
from mockpin_validator.forensics.explanation import Explanation, explain_hash

__all__ = ["Explanation", "Known", "explain_hash", "known"]
