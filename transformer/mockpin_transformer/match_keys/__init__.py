"""Match keys: cleaned in two ways, and hashed."""
