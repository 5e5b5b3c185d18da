"""Segment event to conversion event, sent."""
