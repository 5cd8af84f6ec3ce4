"""Reduce the data of caniemail.com to what the lint of letters asks.

    python scripts/reduce_caniemail.py data.json

`data.json` is https://www.caniemail.com/api/data.json, or `data/caniemail.json` in the npm package
`caniemail`. The table is written to newsroom/render/mail/caniemail.tsv: one row for each thing that
can stand in a letter, with y (shown), a (in part), n (not) or u (unknown) for each of the mail
programs that decide. The newest version of each program counts. Of Gmail's faces the worst counts,
but for the web page on telephones, which throws every style sheet away; of Apple Mail's two, too.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent / "newsroom" / "render" / "mail" / "caniemail.tsv"
PROGRAMS = {
    "outlook-windows": (("outlook", "windows"),),
    "outlook-web": (("outlook", "outlook-com"),),
    "gmail": (("gmail", "desktop-webmail"), ("gmail", "ios"), ("gmail", "android")),
    "apple-mail": (("apple-mail", "macos"), ("apple-mail", "ios")),
}
_WORST = "nauy"
# Selectors are gone when a letter leaves: its styles stand in the elements. The rest are no parts
# of a letter's HTML.
_PASSED_OVER = (
    *("css-pseudo-", "css-selector-", "css-at-media-", "css-comments", "css-important"),
    *("css-nesting", "css-unit-initial", "css-sytem-ui", "html-anchor-links", "html-comments"),
    *(
        "html-doctype",
        "html-mailto-links",
        "html-style",
        "html-body",
        "html-meta",
        "html-target",
        *("html-button-submit", "html-input-checkbox", "html-input-hidden", "html-input-radio"),
        *("html-input-reset", "html-input-submit"),
    ),
)
# What a page of theirs is about, where its name does not say it.
_NAMES = {
    "css-block-inline-size": ("property block-size", "property inline-size"),
    "css-border-inline-block": ("property border-inline", "property border-block"),
    "css-border-inline-block-individual": (
        *("property border-inline-start", "property border-inline-end"),
        *("property border-block-start", "property border-block-end"),
    ),
    "css-border-inline-block-longhand": (
        *("property border-inline-color", "property border-inline-style"),
        *("property border-inline-width", "property border-block-color"),
        *("property border-block-style", "property border-block-width"),
    ),
    "css-border-radius-logical": (
        *("property border-start-start-radius", "property border-start-end-radius"),
        *("property border-end-start-radius", "property border-end-end-radius"),
    ),
    "css-column-layout-properties": (
        *("property columns", "property column-fill", "property column-rule"),
        *("property column-span", "property column-width"),
    ),
    "css-conic-gradient": ("function conic-gradient",),
    "css-flex-direction": ("declaration flex-direction:column",),
    "css-flex-wrap": ("declaration flex-wrap:wrap",),
    "css-gap": ("property gap", "property column-gap", "property row-gap"),
    "css-grid-template": (
        *("property grid-template", "property grid-template-areas"),
        *("property grid-template-columns", "property grid-template-rows"),
    ),
    "css-intrinsic-size": (
        *("declaration width:fit-content", "declaration width:min-content"),
        "declaration width:max-content",
    ),
    "css-left-right-top-bottom": (
        *("property left", "property right", "property top", "property bottom"),
    ),
    "css-linear-gradient": ("function linear-gradient",),
    "css-inert-attribute": ("attribute inert",),
    "css-margin-block-start-end": ("property margin-block-start", "property margin-block-end"),
    "css-margin-inline-start-end": ("property margin-inline-start", "property margin-inline-end"),
    "css-margin-inline-block": ("property margin-inline", "property margin-block"),
    "css-modern-color": ("function lch", "function oklch", "function lab", "function oklab"),
    "css-padding-block-start-end": ("property padding-block-start", "property padding-block-end"),
    "css-padding-inline-start-end": (
        *("property padding-inline-start", "property padding-inline-end"),
    ),
    "css-padding-inline-block": ("property padding-inline", "property padding-block"),
    "css-radial-gradient": ("function radial-gradient",),
    "css-rgb": ("function rgb",),
    "css-rgba": ("function rgba",),
    "css-scroll-snap": ("property scroll-snap-type", "property scroll-snap-align"),
    "css-unit-calc": ("function calc",),
    "css-unit-percent": ("unit %",),
    "css-variables": ("function var",),
    "html-align": ("attribute align",),
    "html-button-reset": ("element button",),
    "html-h1-h6": (*(f"element h{level}" for level in range(1, 7)),),
    "html-image-maps": ("element map", "attribute usemap"),
    "html-input-text": ("element input",),
    "html-lists": ("element ul", "element ol", "element dl"),
    "html-loading-attribute": ("attribute loading",),
    "html-semantics": (
        *("element article", "element aside", "element details", "element figcaption"),
        *("element figure", "element footer", "element header", "element main", "element mark"),
        *("element nav", "element section", "element summary", "element time"),
    ),
    "html-srcset": ("attribute srcset", "attribute sizes"),
    "image-base64": ("picture data:",),
    "image-jpg": ("picture .jpg", "picture .jpeg"),
    "image-heif": ("picture .heif", "picture .heic"),
    "image-tiff": ("picture .tiff", "picture .tif"),
}
_ATTRIBUTES = {
    *("aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "aria-live"),
    *("background", "cellpadding", "cellspacing", "dir", "height", "hidden", "lang", "popover"),
    *("required", "role", "valign", "width"),
}


def main() -> None:
    """Write the table, and say how large it became."""
    read = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = sorted({"\t".join(row) for feature in read["data"] for row in _rows(feature)})
    head = (
        "# Made by scripts/reduce_caniemail.py from https://github.com/hteumeuleu/caniemail,\n"
        f"# as it was on {read['last_update_date'][:10]}. Its licence: caniemail.LICENSE.\n"
    )
    columns = "\t".join(("kind", "name", *PROGRAMS, "page"))
    TABLE.write_text("\n".join((head + columns, *rows, "")), encoding="utf-8")
    print(f"{len(rows)} rows in {TABLE.name}")


def _rows(feature: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The rows of one of their pages."""
    slug = feature["slug"]
    if feature["category"] not in {"css", "html", "image"} or slug.startswith(_PASSED_OVER):
        return
    verdicts = [_verdict(feature["stats"], faces) for faces in PROGRAMS.values()]
    for name in _NAMES.get(slug) or (_named(slug),):
        kind, _, word = name.partition(" ")
        yield kind, word, *verdicts, slug


def _named(slug: str) -> str:
    """What a page is about, from its name."""
    category, _, name = slug.partition("-")
    if category == "image":
        return f"picture .{name}"
    if category == "html":
        kind = "attribute" if name in _ATTRIBUTES else "element"
        return f"{kind} {name}"
    for begin, named in (("at-", "at-rule @"), ("unit-", "unit "), ("function-", "function ")):
        if name.startswith(begin):
            return named + name.removeprefix(begin)
    if name.startswith("display-"):
        return f"declaration display:{name.removeprefix('display-')}"
    return f"property {name}"


def _verdict(stats: dict[str, Any], faces: tuple[tuple[str, str], ...]) -> str:
    """The worst of some faces of a program, in their newest versions."""
    newest: list[str] = []
    for family, face in faces:
        *_, verdict = {"": "u", **stats.get(family, {}).get(face, {})}.values()
        newest.append(verdict[0])
    return min(newest, key=_WORST.index)


if __name__ == "__main__":
    main()
