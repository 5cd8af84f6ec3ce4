"""How fast mail leaves, when, and what makes it stop."""
