"""Hits of the Pinterest tag: how they are read, and the rules for them."""
