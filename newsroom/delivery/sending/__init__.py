"""Sending: an issue's course, its batches, and the workers on them."""
