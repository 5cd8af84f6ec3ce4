"""Where mail providers tell what came back; each request is proven theirs before it is read."""
