"""Writing: what begins, changes, explains and takes back a piece."""
