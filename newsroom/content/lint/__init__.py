"""The lint: what readers would stumble on in a text."""
