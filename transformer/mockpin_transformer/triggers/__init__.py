"""Segment's triggers: whether a subscription is for an event."""
