"""What differs between machines or is secret: the environment, read once."""

from newsroom.settings.environment import Settings, find_root

__all__ = ["Settings", "find_root"]
