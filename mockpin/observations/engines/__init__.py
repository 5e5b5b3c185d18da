"""Databases that answer the rules' queries; what differs between them stays here."""
