"""The contract: the schema of a request, the names Pinterest knows, and how two descriptions differ."""
