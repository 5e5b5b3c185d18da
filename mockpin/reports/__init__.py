"""Reports on the events and requests of a history."""
