"""Readers: how they come, what they see of themselves, and how they go."""
