"""What a history of events and requests amounts to."""
