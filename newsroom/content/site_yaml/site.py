"""`posts/site.yaml` to the Site it describes, with every fault and its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from newsroom.content.front.fields import Fields
from newsroom.content.front.front_matter import NOTHING, FrontMatter, read_mapping
from newsroom.content.front.notes import Notes, quoted, suggestion
from newsroom.content.lint.codes import read_checks
from newsroom.content.site_yaml.accessibility import read_accessibility
from newsroom.content.site_yaml.announce import read_announce
from newsroom.content.site_yaml.brand import read_brand
from newsroom.content.site_yaml.deploy import read_deploy
from newsroom.content.site_yaml.privacy import read_privacy
from newsroom.content.site_yaml.review import read_review
from newsroom.content.site_yaml.sending import read_sending
from newsroom.model import (
    SECTIONS,
    ConfirmBy,
    FeedOptions,
    Problem,
    Sender,
    Site,
)
from newsroom.model.address import OTHER_FOLDERS, path_words
from newsroom.model.saying import say

_UTC = ZoneInfo("UTC")
_COUNTRY = re.compile("[A-Z]{2}")
_HTTPS_EXAMPLE = say("https://news.example.se")
_MOST_ENTRIES = 100  # in a feed: with more, summaries alone are more than readers take


class _Content(StrEnum):
    FULL = "full"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class ParsedSite:
    """The site unless an error was found, and all that is wrong with its file."""

    site: Site | None
    problems: tuple[Problem, ...]
    front: FrontMatter


def parse_site(text: str, source: PurePosixPath) -> ParsedSite:
    """The site that `text` describes, with everything that is wrong in it."""
    notes = Notes(source)
    entries = read_mapping(text.removeprefix("\ufeff"), notes)
    if entries is None:
        return ParsedSite(None, notes.problems, NOTHING)
    fields = Fields(entries, notes, _UTC)
    site = _read(fields)
    fields.finish()
    front = FrontMatter(entries, "", 1)
    return ParsedSite(None if notes.broken else site, notes.problems, front)


def _read(fields: Fields) -> Site:
    url = _url(fields, "url") or str(_HTTPS_EXAMPLE)
    if not fields.has("url"):
        fields.missing("url", _HTTPS_EXAMPLE)
    fields.required("language", "sv")
    language = fields.lang("language", "sv", "sv, en")
    return Site(
        name=fields.required("name", say("Example Network")),
        url=url,
        first_url=_url(fields, "first_url") or url,
        names_first_url=fields.has("first_url"),
        language=language,
        timezone=_zone(fields),
        sender=_sender(fields),
        country=fields.read("country", _country, None, say("a country"), "SE"),
        description=fields.text("description") or "",
        postal_address=(fields.block("postal_address") or "").strip(),
        approvers=fields.slugs("approvers"),
        review=read_review(fields),
        brand=read_brand(fields),
        categories=_words(fields, "categories", say("categories: {{news: News}}")),
        tags=_words(fields, "tags", say("tags: {{public-health: Public health}}")),
        menu=fields.slugs("menu"),
        path_words=_path_words(fields, path_words(language)),
        feed=_feed(fields),
        checks=read_checks(fields),
        sending=read_sending(fields),
        announce=read_announce(fields),
        deploy=read_deploy(fields),
        accessibility=read_accessibility(fields),
        privacy=read_privacy(fields),
        confirm=fields.choice("confirm", ConfirmBy, ConfirmBy.BUTTON),
    )


def _url(fields: Fields, name: str) -> str | None:
    """An address without the slash at its end, so that paths can follow it."""
    url = (fields.url(name) or "").rstrip("/")
    parts = urlsplit(url)
    if parts.query or parts.fragment or parts.scheme == "mailto":
        message = say(
            "{field} {url} is more than the address of a site", field=name, url=quoted(url)
        )
        fields.error(name, "bad-url", message, say("write it as {example}", example=_HTTPS_EXAMPLE))
    elif parts.scheme == "http" and name == "url":
        message = say("{field} {url} is not encrypted", field=name, url=quoted(url))
        encrypted = parts._replace(scheme="https").geturl()
        fix = say("write it as {example}", example=encrypted)
        fields.warning(name, "not-encrypted", message, fix)
    return url or None


def _country(text: str) -> str | None:
    """A country in the two letters of ISO 3166-1."""
    return text if _COUNTRY.fullmatch(text) else None


def _zone(fields: Fields) -> ZoneInfo:
    name = fields.required("timezone", "Europe/Stockholm")
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, OSError, ValueError):  # not found, a folder's name, a path
        otherwise = say("write it as {example}", example="Europe/Stockholm")
        message = say("timezone {name} is not known", name=quoted(name))
        fix = suggestion(name, available_timezones(), otherwise)
        fields.error("timezone", "bad-timezone", message, fix)
        return _UTC


def _sender(site: Fields) -> Sender:
    if not site.has("sender"):
        site.missing("sender", say("{{name: …, email: newsletter@example.se}}"))
    fields = site.nested("sender", say("sender: {{name: …, email: newsletter@example.se}}"))
    if fields is None:
        return Sender("", "")
    fields.required("email", say("newsletter@example.se"))
    return Sender(
        name=fields.required("name", say("Example Network")),
        email=fields.email("email") or "",
        reply_to=fields.email("reply_to"),
        bounces=fields.email("bounces"),
        verp=_verp(fields),
        selectors=fields.texts("selectors"),
    )


def _verp(fields: Fields) -> bool:
    """Whether each copy has a return address of its own, in a mailbox that is named for it."""
    if not fields.flag("verp"):
        return False
    fields.required("bounces", say("bounces@example.se"))
    return True


def _words(site: Fields, name: str, example: str) -> tuple[tuple[str, str], ...]:
    """A mapping of the editor's own names to the words shown for them."""
    fields = site.nested(name, example)
    return tuple((key, fields.required(key, "…")) for key in fields.names()) if fields else ()


def _path_words(site: Fields, usual: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The words of one's own; no two sections can have one, since they would share their pages."""
    fields = site.nested("paths", say("paths: {{news: latest}}"))
    if fields is None:
        return ()
    own = {section: word for section in SECTIONS if (word := fields.slug(section))}
    every = {**usual, **own}
    for section, word in own.items():
        if word in OTHER_FOLDERS or any(every[s] == word for s in SECTIONS if s != section):
            message = say('the address "{slug}/" is the site\'s own', slug=word)
            fields.error(section, "taken-address", message, say("write another word"))
    return tuple(own.items())


def _feed(site: Fields) -> FeedOptions:
    fields = site.nested("feed", "feed: {content: full, limit: 30}")
    if fields is None:
        return FeedOptions()
    limit = fields.number("limit")
    if limit is not None and limit < 1:
        message = say("limit {number} leaves nothing", number=limit)
        fields.error("limit", "bad-number", message, say("write {words}", words="limit: 30"))
    if limit is not None and limit > _MOST_ENTRIES:
        message = say("{field} {number} is out of bounds", field="limit", number=limit)
        fix = say("write a number from 1 to {most}", most=_MOST_ENTRIES)
        fields.error("limit", "bad-number", message, fix)
    content = fields.choice("content", _Content, _Content.FULL)
    return FeedOptions(content is _Content.FULL, FeedOptions().limit if limit is None else limit)
