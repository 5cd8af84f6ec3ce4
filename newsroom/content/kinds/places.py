"""Where an event is, from its fields: the place, and the meeting on the web."""

from newsroom.content.front.fields import Fields
from newsroom.content.write import as_yaml
from newsroom.model import Online, Place


def read_place(fields: Fields) -> Place | None:
    """Where people meet; None when it is not written."""
    example = "place: {name: …, address: …}"
    place = fields.nested("place", example, lambda text: f"place: {as_yaml({'name': text})}")
    return Place(place.required("name", "…"), place.text("address")) if place else None


def read_online(fields: Fields) -> Online | None:
    """Where the meeting is on the web; None when it is not written."""
    example = "online: {url: https://…, label: …}"
    online = fields.nested("online", example, lambda text: f"online: {as_yaml({'url': text})}")
    if online is None:
        return None
    online.required("url", "https://…")
    return Online(online.url("url") or "", online.text("label"))
