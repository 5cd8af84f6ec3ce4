"""What was published of each event, kept so that an undeclared change can be noticed."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from newsroom.model import Card, Event, EventStatus, Online, Place
from newsroom.model.lifecycle import Version, revision, version_of
from newsroom.whole_file import keep


@dataclass(frozen=True, slots=True)
class Announced:
    """One event as it was published."""

    source: str  # its file, relative to the newsroom's root
    sequence: int  # the number that calendars got of it (RFC 5545, section 3.8.7.4)
    version: Version
    digest: str = ""  # of its card then: while it is the same, nothing has changed

    def is_as(self, card: Card) -> bool:
        """Whether the event stands as it was published."""
        return self.digest == card.digest.hex()


def announced(card: Card, event: Event) -> Announced:
    """An event as it is published now."""
    return Announced(card.source, revision(event), version_of(event), card.digest.hex())


def recall(state: Path, zone: tzinfo) -> dict[str, Announced]:
    """Each event that was published, by its id; none when nothing is remembered, or it is damaged.

    Times are in `zone`, as editors write them.
    """
    try:
        kept = json.loads(state.read_bytes())
        return {id_: _read(event, zone) for id_, event in kept.items()}
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return {}


def remember(state: Path, events: Mapping[str, Announced]) -> None:
    """Keep exactly these, in one step, and leave the file alone when it has them already.

    Raises OutsideError when the disk refuses.
    """
    content = _written(events)
    with suppress(OSError):
        if state.read_bytes() == content:
            return
    keep(state, content)


def _written(events: Mapping[str, Announced]) -> bytes:
    kept = {id_: _as_json(events[id_]) for id_ in sorted(events)}
    return json.dumps(kept, ensure_ascii=False).encode()


def _as_json(event: Announced) -> dict[str, object]:
    version = event.version
    return {
        "source": event.source,
        "sequence": event.sequence,
        "start": version.start.isoformat(),
        "end": version.end.isoformat() if version.end else None,
        "all_day": version.all_day,
        "place": [version.place.name, version.place.address] if version.place else None,
        "online": [version.online.url, version.online.label] if version.online else None,
        "status": version.status.value,
        "digest": event.digest,
    }


def _read(event: Mapping[str, Any], zone: tzinfo) -> Announced:
    version = Version(
        start=datetime.fromisoformat(event["start"]).astimezone(zone),
        end=datetime.fromisoformat(event["end"]).astimezone(zone) if event["end"] else None,
        all_day=event["all_day"],
        place=Place(*event["place"]) if event["place"] else None,
        online=Online(*event["online"]) if event["online"] else None,
        status=EventStatus(event["status"]),
    )
    # Earlier versions of this program wrote no digest.
    return Announced(event["source"], event["sequence"], version, event.get("digest", ""))
