"""The go-live report: everything that was received, and whether the sender may go to production with it.

It is checked against an emulation of the published contract. Pinterest has not seen it.
"""
