"""Settings, each with its evidence, and how people write their values."""
