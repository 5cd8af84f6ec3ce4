"""Addresses in texts: what they mean, and whether they lead anywhere."""
