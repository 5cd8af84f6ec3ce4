"""Digests of what a page shows of a piece: a page is made again when one of them changes."""

from datetime import datetime
from pathlib import PurePosixPath

from newsroom.model import Card, Kind
from newsroom.model.digest import digest_of
from newsroom.render.pages.cutter import Cutter
from newsroom.render.pages.register import Register
from newsroom.render.text.links import Links


class Digests:
    """Digests of pieces as they are seen at a time. No post and no event is opened for one."""

    def __init__(self, register: Register, cutter: Cutter, links: Links, now: datetime) -> None:
        self._register = register
        self._cutter = cutter
        self._links = links
        self._now = now.timestamp()
        self._seen: dict[tuple[str, str], bytes] = {}
        self._wholes: dict[str, bytes] = {}

    def face(self, card: Card) -> bytes:
        """A post or an event as it stands in lists."""
        if card.image is None and not card.turns:
            return card.face
        picture = self._of_named("file", card.image) if card.image else b""
        return digest_of(card.face, picture, "over" if card.over <= self._now else "")

    def whole(self, card: Card) -> bytes:
        """A piece with all that its page shows of what it names and links to."""
        known = self._wholes.get(card.source)
        if known is None:
            known = self._wholes[card.source] = self._whole(card)
        return known

    def _whole(self, card: Card) -> bytes:
        if not (card.names or card.files or card.leads or card.turns):
            return card.digest
        named = [self._of_named(kind, slug) for _, slug, kind in card.names]
        named += [self._of_named("file", file) for _, file in card.files]
        named += [self._of_named("lead", path) for path in card.leads]
        return digest_of(card.digest, str(card.turned(self._now)), *named)

    def _of_named(self, kind: str, name: str) -> bytes:
        """What a page shows of a thing that it names."""
        key = kind, name
        if key not in self._seen:
            self._seen[key] = self._shown_of(kind, name)
        return self._seen[key]

    def _shown_of(self, kind: str, name: str) -> bytes:
        match kind:
            case "file":
                return digest_of(repr(self._links.asset(PurePosixPath(name))))
            case "lead":
                return digest_of(repr(self._links.lead(name)))
            case Kind.CONTACT.value:
                return digest_of(repr(self._cutter.people([name])))
            case Kind.EVENT.value:
                event = self._register.event.get(name)
                return self.face(event) if event else b""
            case Kind.MEMBER.value:
                return digest_of(repr(self._cutter.members([name])))
        raise ValueError(f'no page shows anything of a "{kind}"')
