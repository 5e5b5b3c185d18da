"""Bring the traffic of any sender to an emulator: hosts, certificates, proxy, hooks."""
