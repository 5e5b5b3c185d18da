"""Routes that senders call: the Conversions API, the other endpoints, the tag, and Segment ingest."""
