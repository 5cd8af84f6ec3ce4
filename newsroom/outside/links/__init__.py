"""Links to other sites: asked for one by one, and politely."""
