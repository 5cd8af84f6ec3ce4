"""posts/site.yaml, a file for each part of it."""
