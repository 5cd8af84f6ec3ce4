"""Over HTTP: one client, whose requests end in time, and what is asked with it."""
