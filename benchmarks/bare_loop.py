"""The least that makes pages of Markdown: read, convert, fill one template, write.

    python benchmarks/bare_loop.py CONTENT OUT

No lists, no feed, nothing checked, nothing sanitised, nothing remembered: what Python-Markdown and
Jinja2 cost alone. It uses the extensions of Python-Markdown that newsroom uses.
"""

import sys
from pathlib import Path

import jinja2
import yaml
from markdown import Markdown

EXTENSIONS = ("tables", "fenced_code", "footnotes", "sane_lists")
PAGE = """\
<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ post.title }} – Nätverket Exempel</title>
<meta name="description" content="{{ post.summary }}">
</head>
<body>
<header><a href="/">Nätverket Exempel</a></header>
<main><article>
<h1>{{ post.title }}</h1>
<p><time datetime="{{ post.date }}">{{ post.date }}</time></p>
{{ content | safe }}
<p>{% for tag in post.tags %}<a href="/amnen/{{ tag }}/">{{ tag }}</a> {% endfor %}</p>
</article></main>
<footer>Nätverket Exempel</footer>
</body>
</html>
"""


def main(content: Path, out: Path) -> None:
    """Make a page of each file."""
    converter = Markdown(extensions=[f"markdown.extensions.{name}" for name in EXTENSIONS])
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    for source in sorted(content.iterdir()):
        _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
        post = yaml.load(head, yaml.CSafeLoader)
        page = template.render(post=post, content=converter.reset().convert(body))
        folder = out / "nyheter" / str(post["date"].year) / post["slug"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
