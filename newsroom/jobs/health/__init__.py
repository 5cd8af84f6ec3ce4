"""Knowing how a newsroom fares: its vital signs, and what asks for a person."""
