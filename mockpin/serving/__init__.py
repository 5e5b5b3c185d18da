"""The HTTP server: sockets, the gateway behind granian, and batching of requests."""
