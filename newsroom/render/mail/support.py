"""Which HTML and CSS of a letter important mail programs do not show (data of caniemail.com).

Outlook for Windows lays out with Word, and Gmail throws away what it does not know. What neither
may miss stands in tables and inline styles; what is only finer with them stands in `@media`, which
Word passes over, and in comments for Word alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from newsroom.model.saying import say
from newsroom.render.mail.fault import Fault, Faults

_DECIDE = {"outlook-windows": "Outlook for Windows", "gmail": "Gmail"}
_WORD = "outlook-windows"
_NOT = "n"
# Every mail program throws these away; nobody needs a table for it.
_NEVER = frozenset(["applet", "canvas", "embed", "frame", "frameset", "iframe", "script"])
# The words in these are read where the element is unknown, and nothing else was promised.
_WORDS_STAY = frozenset(
    [*("abbr", "acronym", "bdi", "dfn", "figcaption", "figure", "mark", "section", "time"), "wbr"]
)
# Where these are unknown, what stands without them is whole: the picture loads, the words are read.
_NOTHING_LOST = frozenset(
    [*("aria-describedby", "aria-labelledby", "loading", "sizes", "srcset", "required")]
)
_DECLARATION = re.compile(r"""([\w-]+)\s*:\s*((?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\))*)""")
_FUNCTION = re.compile(r"([\w-]+)\(")
_UNIT = re.compile(r"(?<![\w#.-])[\d.]*\d(%|[a-z]+)\b", re.IGNORECASE)
_AT_RULE = re.compile(r"@[\w-]+")
_BACKGROUND = re.compile(r"background\b.*\burl\(", re.DOTALL)


class Feature(NamedTuple):
    """Something that can stand in a letter."""

    kind: str  # property, declaration, function, unit, at-rule, element, attribute, picture
    name: str


@cache
def unsupported() -> dict[Feature, frozenset[str]]:
    """What is marked n for a program that decides, with the programs that do not show it."""
    rows = [line.split("\t") for line in _table().splitlines() if not line.startswith("#")]
    columns = rows.pop(0)
    found = {}
    for row in rows:
        verdicts = dict(zip(columns, row, strict=True))
        without = frozenset(each for each in _DECIDE if verdicts[each] == _NOT)
        if without:
            found[Feature(verdicts["kind"], verdicts["name"])] = without
    return found


def _table() -> str:
    return files(__package__).joinpath("caniemail.tsv").read_text(encoding="utf-8")


def support_faults(document: Any) -> Faults:  # noqa: ANN401 (lxml has no types)
    """What Outlook for Windows or Gmail would not show, each once, with its place."""
    told = set()
    for place, feature, hidden in _features(document):
        without = unsupported().get(feature, frozenset())
        if feature.name in _NEVER and feature.kind == "element":
            without = frozenset(_DECIDE)
        without -= hidden
        if without and (place, feature) not in told:
            told.add((place, feature))
            yield _fault(place, feature, without)


def _fault(place: str, feature: Feature, without: Iterable[str]) -> Fault:
    programs = [name for key, name in _DECIDE.items() if key in without]
    code = {"element": "mail-element", "picture": "mail-picture"}.get(feature.kind, "mail-style")
    message = say(
        "{place}: {programs} does not know {thing}",
        place=place,
        programs=" / ".join(programs),
        thing=feature.name,
    )
    if feature.kind in {"element", "attribute"}:
        return Fault(code, message, say("take it away"))
    if feature.kind == "picture":
        return Fault(code, message, say("use a JPEG or PNG that is on the site"))
    fix = say("lay it out with a table, or move it into @media, where it is passed over")
    return Fault(code, message, fix)


_Found = tuple[str, Feature, frozenset[str]]  # where, what, and for which programs it is hidden


def _features(document: Any) -> Iterator[_Found]:  # noqa: ANN401
    """What a letter uses, in its order, but for what stands in comments that only Word reads."""
    not_for_word = False
    for element in document.iter():
        if not isinstance(element.tag, str):
            words = element.text or ""
            not_for_word = (not_for_word or "[if !mso" in words) and "[endif]" not in words
            continue
        hidden = frozenset([_WORD] if not_for_word else [])
        if element.tag == "style":
            yield from _in_sheet(element.text or "", hidden)
        else:
            yield from _in_element(element, hidden)


def _in_element(element: Any, hidden: frozenset[str]) -> Iterator[_Found]:  # noqa: ANN401
    place = f"<{element.tag}>"
    if element.tag not in _WORDS_STAY:
        yield place, Feature("element", element.tag), hidden
    for name in element.keys():  # noqa: SIM118 (an lxml element, not a dictionary)
        if name not in _NOTHING_LOST:
            yield place, Feature("attribute", name), hidden
    if element.tag == "img":
        yield place, Feature("picture", _ending(element.get("src", ""))), hidden
    style = element.get("style", "")
    if re.search(r"mso-hide\s*:\s*all", style):
        hidden |= {_WORD}
    for feature in _in_style(style):
        yield place, feature, hidden


def _in_sheet(sheet: str, hidden: frozenset[str]) -> Iterator[_Found]:
    """The at-rules of a style sheet; all its other rules stand in the elements by now."""
    for name in _AT_RULE.findall(outside_of_media(sheet)):
        yield "<style>", Feature("at-rule", name), hidden


def _in_style(style: str) -> Iterator[Feature]:
    for name, written in _DECLARATION.findall(style):
        value = written.replace("!important", "").strip().lower()
        yield Feature("property", name.lower())
        yield Feature("declaration", f"{name.lower()}:{value.removeprefix('inline-')}")
        yield from (Feature("function", each) for each in _FUNCTION.findall(value))
        yield from (Feature("unit", each) for each in _UNIT.findall(value))
        if _BACKGROUND.match(f"{name} {value}"):
            yield Feature("property", "background-image")


def _ending(address: str) -> str:
    if address.startswith("data:"):
        return "data:"
    name = re.split("[?#]", address)[0].rpartition("/")[2]
    return name[name.rfind(".") :].lower() if "." in name else ""


def outside_of_media(sheet: str) -> str:
    """A style sheet without what stands in `@media`, which is finer where it is known."""
    outside, end = [], 0
    for start, finish in media_blocks(sheet):
        outside.append(sheet[end:start])
        end = finish
    return "".join([*outside, sheet[end:]])


def media_blocks(sheet: str, query: str = "") -> Iterator[tuple[int, int]]:
    """Where each `@media` of a style sheet that has some words begins and ends."""
    for found in re.finditer(rf"@media[^{{]*{re.escape(query)}[^{{]*\{{", sheet):
        depth = 1
        at = found.end()
        while depth and at < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[at], 0)
            at += 1
        yield found.start(), at
