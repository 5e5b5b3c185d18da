"""Judging one payload: the judge, its policy, the rules it applies and the findings it returns."""
