"""One parser for each kind of piece."""
