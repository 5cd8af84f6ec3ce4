"""The use cases of the newsroom, one verb a file."""
