"""The content folder, read and written: the one part of `content` that touches files."""

from newsroom.content.folder.reading import Reading, read

__all__ = ["Reading", "read"]
