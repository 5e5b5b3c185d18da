"""Times as Segment reads them."""
