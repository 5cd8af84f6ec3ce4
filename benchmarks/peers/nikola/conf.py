"""Nikola with its built-in plain theme; neighbours, lists, tags, RSS and sitemap come with it."""

BLOG_AUTHOR = "Kansliet"
BLOG_TITLE = BLOG_DESCRIPTION = "Nätverket Exempel"
BLOG_EMAIL = "kansli@example.se"
SITE_URL = "https://bench.example.se/"
DEFAULT_LANG = "sv"
TRANSLATIONS = {DEFAULT_LANG: ""}
NAVIGATION_LINKS = {DEFAULT_LANG: (("/archive.html", "Arkiv"), ("/rss.xml", "RSS"))}
THEME = "base"
POSTS = (("posts/*.md", "nyheter", "post.tmpl"),)
PAGES = ()
TIMEZONE = "Europe/Stockholm"
OUTPUT_FOLDER = "public"
INDEX_DISPLAY_POST_COUNT = 20
FEED_LENGTH = 30
MARKDOWN_EXTENSIONS = [
    f"markdown.extensions.{name}" for name in ("tables", "fenced_code", "footnotes", "sane_lists")
]
