"""Is this payload acceptable, and if not, why?"""
