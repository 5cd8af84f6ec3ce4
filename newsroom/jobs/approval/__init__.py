"""Approval: who is asked and told, what they look at, and what they may decide."""
