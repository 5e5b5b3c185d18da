"""JSON Schemas of mockpin's own files, built from the tables that check these files when they are read."""
