"""Pelican with its built-in plain theme: neighbours, numbered lists, tags, RSS."""

SITENAME = "Nätverket Exempel"
SITEURL = "https://bench.example.se"
AUTHOR = "Kansliet"
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "Europe/Stockholm"
DEFAULT_LANG = "sv"
THEME = "simple"
THEME_TEMPLATES_OVERRIDES = ["templates"]
PLUGIN_PATHS = ["."]
PLUGINS = ["neighbours"]

ARTICLE_URL = "nyheter/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "nyheter/{date:%Y}/{slug}/index.html"
DEFAULT_PAGINATION = 20
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = ""
FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "tag/{slug}.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 30

MARKDOWN = {
    "extensions": [f"markdown.extensions.{name}" for name in ("tables", "fenced_code", "footnotes")]
    + ["markdown.extensions.sane_lists"],
    "output_format": "html",
}

# Pelican's own memory of what it has read, for the builds after the first.
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CACHE_PATH = "cache"
