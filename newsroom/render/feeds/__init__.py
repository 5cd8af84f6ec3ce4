"""Feeds: RSS, Atom and JSON Feed from the same entries."""
