"""The admin API under `/__mockpin`."""
