"""newsroom: one folder of Markdown in; a site, feeds, a calendar and a newsletter out."""

__version__ = "0.1.0"
