"""The emulator over HTTP, and its pages: the only place that knows Flask."""
