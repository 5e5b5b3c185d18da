"""Observations: rules over many events, as queries over one relation, `facts`."""
