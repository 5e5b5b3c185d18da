"""The action's fields: cleaned, and made to fit."""
