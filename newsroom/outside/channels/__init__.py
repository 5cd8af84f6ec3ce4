"""The places where news is announced, one file each: what is posted there, and what it answers."""
