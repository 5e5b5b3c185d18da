"""@liquid: Liquid templates, through python-liquid where the extra `mockpin[liquid]` is installed."""
