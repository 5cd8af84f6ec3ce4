"""Liquid tags and short codes, as Jekyll and Eleventy write them, into plain Markdown."""

import html
import re
from pathlib import PurePosixPath

from newsroom.content.front.notes import Notes
from newsroom.model.saying import say

_LIQUID = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}"
    r"|\{%-?\s*highlight\s+(?P<language>\w+)[^%]*-?%\}(?P<code>.*?)\{%-?\s*endhighlight\s*-?%\}"
    r"|\{%-?\s*(?P<tag>\w+)\s*(?P<arguments>(?:[^%]|%(?!\})){0,5000}?)\s*-?%\}"
    r"|\{\{-?\s*(?P<output>[^{}]{0,500}?)\s*-?\}\}",
    re.DOTALL,
)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NAMED = re.compile(r"(\w+)\s*[:=]\s*(?:\"([^\"]*)\"|'([^']*)')")
_FILTERED = re.compile(r"[\"']([^\"']*)[\"']\s*\|\s*(?:url|relative_url|absolute_url)")
_BLOCK = re.compile(r"<(/?)(?:figure|div|table|section|aside|center)\b", re.IGNORECASE)
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})-(.+)")
_ATTRIBUTES = re.compile(r"[ \t]*\{(?::[^{}\n]*|[.#][\w-][^{}\n]*)\}")


def expand(body: str, first_line: int, notes: Notes) -> str:
    """The text with what is known written out, line for line, and the rest noted where it stands.

    Addresses become those of the old site, for `addresses` to find their new place.
    """

    def written_out(match: re.Match[str]) -> str:
        text = _written_out(match, body)
        if text is None:
            line = first_line + body.count("\n", 0, match.start())
            message = say(
                "{written} is not understood and stands as it was",
                written=" ".join(match[0].split())[:80],
            )
            notes.warning(line, "untranslated", message, say("write it in Markdown"))
            return match[0]
        return text + "\n" * (match[0].count("\n") - text.count("\n"))

    def without(match: re.Match[str]) -> str:
        line = first_line + body.count("\n", 0, match.start())
        message = say(
            "{written} was left out: texts carry no styles here", written=match[0].strip()
        )
        notes.note(line, "left-out", message, say("nothing, unless it mattered"))
        return ""

    expanded = _LIQUID.sub(written_out, body)
    return _ATTRIBUTES.sub(without, expanded)


def old_address(stem: str) -> str:
    """The address that a dated file had: `2018-01-25-buy-in` was at /2018/01/25/buy-in/."""
    dated = _DATED.fullmatch(stem)
    return "/{}/{}/{}/{}/".format(*dated.groups()) if dated else f"/{stem}/"


def _written_out(match: re.Match[str], body: str) -> str | None:
    if match["raw"] is not None:
        return match["raw"]
    if match["code"] is not None:
        return f"```{match['language']}{match['code'].rstrip(' ')}```"
    if match["output"] is not None:
        return _address(match["output"])
    in_html = _is_inside_html(body[: match.start()])
    return _tag(match["tag"], match["arguments"], in_html=in_html)


def _address(output: str) -> str | None:
    """What `{{ … }}` gives when it is an address."""
    if output.partition("|")[0].strip() in {"site.baseurl", "site.url"}:
        return ""
    filtered = _FILTERED.fullmatch(output)
    return filtered[1] if filtered else None


def _tag(tag: str, arguments: str, *, in_html: bool) -> str | None:
    """What `{% … %}` gives when it is a picture or a link."""
    quoted = [double or single for double, single in _QUOTED.findall(arguments)]
    match tag, quoted:
        case "image", [path, *rest]:
            return _picture(path, rest[0] if rest else "", in_html=in_html)
        case "image_with_class", [path, _, *rest]:
            return _picture(path, rest[0] if rest else "", in_html=in_html)
        case "include", _:
            named = {name: double or single for name, double, single in _NAMED.findall(arguments)}
            if "image" not in named:
                return None
            picture = _picture(named["image"], named.get("alt", ""), in_html=in_html)
            return f"{picture}\n\n*{named['caption']}*" if named.get("caption") else picture
        case "post_url", _:
            return old_address(arguments.strip())
        case "link", _:
            path = PurePosixPath(arguments.strip())
            if path.parent.name == "_posts":
                return old_address(path.stem)
            return f"/{path.with_suffix('')}/".replace("/_", "/")
    return None


def _picture(path: str, alt: str, *, in_html: bool) -> str:
    words = " ".join(html.unescape(alt).split())
    if in_html:
        return f'<img src="{html.escape(path)}" alt="{html.escape(words)}">'
    shown = words.replace("[", "(").replace("]", ")")
    return f"![{shown}]({path.replace(' ', '%20')})"


def _is_inside_html(before: str) -> bool:
    """Whether raw HTML has been begun and not ended, so that Markdown would not be read."""
    tags = [match[1] for match in _BLOCK.finditer(before)]
    return tags.count("") > tags.count("/")
