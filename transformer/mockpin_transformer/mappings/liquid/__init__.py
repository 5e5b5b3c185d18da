"""Liquid as Segment runs it (liquidjs 10.27), on python-liquid.

Imported only when a mapping uses @liquid, since python-liquid belongs to the extra `mockpin[liquid]`.
"""
