"""The tables as lines of text that either kind of database is filled from."""
