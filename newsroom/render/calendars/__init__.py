"""Calendars, and what is said of events that changed."""
