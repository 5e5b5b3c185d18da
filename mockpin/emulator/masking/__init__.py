"""Masks for match keys and credentials, applied before anything is stored, logged or shown."""
