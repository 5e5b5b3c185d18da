"""Match quality: which match keys an event carries, and which of them can identify a person."""
