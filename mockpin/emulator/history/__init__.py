"""The stored events and exchanges: their rows, and the SQLite file that keeps them."""
