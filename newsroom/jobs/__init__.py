"""The verbs of the newsroom, one file each."""
