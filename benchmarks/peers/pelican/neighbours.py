"""The older and the newer article of each, which Pelican leaves to plugins."""

from itertools import pairwise

from pelican import signals
from pelican.generators import ArticlesGenerator


def name_neighbours(generator: ArticlesGenerator) -> None:
    """Give each article the one before and the one after; they come with the newest first."""
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer


def register() -> None:
    """What Pelican calls."""
    signals.article_generator_finalized.connect(name_neighbours)
