"""The folder of the built site: written when changed, whole at every moment."""
