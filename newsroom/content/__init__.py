"""Text to model: front matter with line numbers, a parser for each kind, rules, and the lint."""
