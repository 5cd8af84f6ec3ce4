"""Names that people give fields and values: in Swedish, and as other programs have them."""

import re
from collections.abc import Container, Iterable, Mapping

# Several where the kinds of pieces differ: the first that the piece has is meant.
_MEANT: Mapping[str, str] = {
    "title": "rubrik titel headline heading name namn",
    "name": "namn rubrik titel title plats lokal",
    "date": "datum publicerad publiceringsdatum published pubdate publish_date created day dag",
    "start": "startar börjar starttid startdatum date datum start_date tid when när from",
    "end": "slut slutar sluttid slutdatum end_date to till",
    "summary": "ingress sammanfattning beskrivning description excerpt abstract lead preamble",
    "image": "bild picture photo foto cover thumbnail featured_image hero",
    "photo": "bild foto porträtt image picture portrait",
    "alt": "alternativtext alttext alt_text bildtext beskrivning description caption",
    "attachments": "bilaga bilagor filer files attachment dokument documents",
    "file": "fil filnamn filename path src",
    "contacts": "kontakt kontakter kontaktperson kontaktpersoner contact",
    "tags": "taggar tagg tag ämne ämnen ämnesord nyckelord keywords topics",
    "lang": "språk language locale",
    "draft": "utkast unpublished opublicerad",
    "updated": "uppdaterad ändrad modified lastmod last_modified",
    "withdrawn": "tillbakadragen återtagen indragen",
    "slug": "permalink adressord",
    "aliases": "alias tidigare_adresser redirect_from redirects",
    "author": "författare skribent avsändare byline authors av",
    "category": "kategori categories sort",
    "event": "evenemang kalender",
    "members": "medlem medlemmar member",
    "expires": "utgår utgångsdatum slutdatum avpubliceras expiry expire expirydate",
    "source": "källa",
    "newsletter": "nyhetsbrev",
    "place": "plats lokal location venue where var",
    "address": "adress gatuadress street besöksadress",
    "online": "webb digitalt länk streaming stream",
    "registration": "anmälan anmälningslänk anmälningsadress signup register rsvp",
    "deadline": "sista_dag sista_anmälan sista_anmälningsdag senast",
    "cost": "kostnad pris avgift price fee",
    "url": "länk webbadress webbplats hemsida link href website web homepage",
    "label": "text etikett länktext title titel",
    "status": "läge tillstånd state",
    "audience": "målgrupp för_vem",
    "series": "serie",
    "program": "programme schema agenda dagordning schedule",
    "speakers": "talare föreläsare medverkande speaker",
    "recordings": "inspelning inspelningar film filmer recording video videos",
    "documentation": "dokumentation material",
    "role": "roll titel title befattning uppdrag position",
    "organisation": "organization org företag arbetsplats kommun company",
    "email": "epost mejl mail mejladress e_mail mailadress",
    "phone": "telefon tel telefonnummer mobil mobile telephone",
    "groups": "grupp grupper group",
    "party": "parti",
    "order": "ordning sortering weight vikt",
    "until": "till slut slutar",
    "verified": "kontrollerad granskad bekräftad checked",
    "type": "typ sort slag kind",
    "joined": "medlem_sedan gick_med sedan since",
    "left": "lämnade gick_ur",
    "logo": "logga logotyp logotype",
    "menu": "meny",
    "number": "nummer nr",
    "stories": "nyheter texter posts articles",
    "events": "evenemang kalender",
    "reason": "skäl orsak anledning",
}
# Fields that stand inside another, and are written beside it by mistake.
_INSIDE: Mapping[str, str] = {
    "deadline": "registration",
    "cost": "registration",
    "address": "place",
    "label": "online",
    "alt": "image",
}
# Values of fields that take one of a few words.
_VALUES: Mapping[str, str] = {
    "cancelled": "inställt inställd inställda ställs_in ställts_in ställa_in avlyst canceled",
    "postponed": "uppskjutet uppskjuten skjuts_upp skjutits_upp framflyttat framflyttad",
    "moved": "flyttat flyttad flyttas har_flyttats ny_plats",
    "planned": "planerat planerad planeras som_planerat",
    "fully": "helt fullt ja",
    "partly": "delvis",
    "not": "inte nej",
    "auto": "automatiskt automatisk",
    "never": "aldrig",
    "full": "hela allt",
    "summary": "ingress sammanfattning",
    "error": "fel",
    "warning": "varning",
    "one": "en ett 1",
    "two": "två 2",
}
# Fields that nobody was seen to call by another name.
_MORE = (
    "id previously changed withdrawn description language timezone sender reply_to bounces "
    "postal_address approvers approval by deputy brand accent font categories feed content limit "
    "checks sending pace lane_pace connections hours days canary count wait then undo retry "
    "on_unknown announce deploy path accessibility assessed known what why contact answer privacy "
    "officer logs providers does where publish every links backup keep housekeeping catch_up "
    "latest within month at remind nyhet press debatt rapport inbjudan medlem var host "
)
_SEPARATORS = re.compile(r"[\s_-]+")


def meant_by_name(written: str, known: Container[str]) -> str | None:
    """The known field that somebody calls by another name; None when there is no such."""
    plain = _plain(written)
    fields = (name for name in _MEANT if name in known)
    return next((name for name in fields if plain in map(_plain, _MEANT[name].split())), None)


def is_field_name(name: str) -> bool:
    """Whether a word is the name of a field of some file, by the program's name or another."""
    return name in _FIELDS


def meant_by_value(written: str, known: Iterable[str]) -> str | None:
    """The word, one of those `known`, that somebody writes otherwise; None when there is none."""
    plain = _plain(written)
    others = ((word, _VALUES.get(word, "").split()) for word in known)
    return next((word for word, written in others if plain in map(_plain, written)), None)


def belongs_inside(written: str, known: Container[str]) -> tuple[str, str] | None:
    """The field that a name means, and the known one that it stands inside of; None otherwise."""
    inner = written if written in _INSIDE else meant_by_name(written, _INSIDE)
    outer = _INSIDE.get(inner or "")
    return (outer, inner) if inner and outer and outer in known else None


def _plain(name: str) -> str:
    return _SEPARATORS.sub("", name.casefold())


_FIELDS = frozenset((*_MEANT, *_MORE.split(), *" ".join(_MEANT.values()).split()))
