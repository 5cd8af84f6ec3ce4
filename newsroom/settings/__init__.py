"""Settings that differ between machines or are secret, read once from the environment."""

from newsroom.settings.environment import Settings, find_root

__all__ = ["Settings", "find_root"]
