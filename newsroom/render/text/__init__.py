"""Text: Markdown to HTML that may leave the house, and to words alone."""
