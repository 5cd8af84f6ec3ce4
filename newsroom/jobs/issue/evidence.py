"""The evidence of an issue as files: what was sent, who approved it, and what became of it.

The bytes are made of the ledger alone: the same ledger gives the same files, whenever it is asked.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from newsroom.delivery.ledger.evidence import Evidence
from newsroom.jobs.issue.evidence_page import evidence_page
from newsroom.render.mail.message import MessageTemplate
from newsroom.render.sayings import in_language

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

SUMS = "SHA256SUMS"  # as `sha256sum --check` reads it


def evidence_files(
    found: Evidence, zone: ZoneInfo, lang: str, templates: "Templates"
) -> dict[str, bytes]:
    """Every file of the pack by its name, the manifest last."""
    files: dict[str, bytes] = {}
    for language, frozen in found.letters.items():
        files |= letter_files(found.issue, language, frozen)
    files["evidence.json"] = evidence_json(found, files)
    digests = {name: _digest(content) for name, content in files.items()}
    page = evidence_page(found, digests, zone, lang, partial(in_language, lang=lang))
    files["index.html"] = templates.render("desk/evidence.html", page=page).encode()
    return {**files, SUMS: sums(files)}


def letter_files(issue: str, lang: str, frozen: Mapping[str, Any]) -> dict[str, bytes]:
    """One letter as it was frozen: the message, its HTML and its text.

    What each reader has of their own stands as the words that the message template has there.
    """
    template = MessageTemplate.from_json(dict(frozen))
    message = template.unfilled()
    parsed = message_from_bytes(message, policy=policy.default)
    return {
        f"{issue}.{lang}.eml": message,
        f"{issue}.{lang}.html": _part(parsed, "html"),
        f"{issue}.{lang}.txt": _part(parsed, "plain"),
    }


def evidence_json(found: Evidence, files: Mapping[str, bytes]) -> bytes:
    """Everything that the ledger tells, for programs."""
    told = {
        **{key: value for key, value in asdict(found).items() if key != "letters"},
        "adds_up": found.adds_up,
        "reasons": [
            {"state": state, "reason": reason, "readers": number}
            for state, reason, number in found.reasons
        ],
        "returned": [{"kind": kind, "number": number} for kind, number in found.returned],
        "course": [each._asdict() for each in found.course],
        "told": [each._asdict() for each in found.told],
        "letters": [{"file": name, "sha256": _digest(files[name])} for name in sorted(files)],
    }
    return json.dumps(told, default=_plain, ensure_ascii=False, indent=2).encode() + b"\n"


def sums(files: Mapping[str, bytes]) -> bytes:
    """The manifest: the SHA-256 of each file."""
    return "".join(f"{_digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def _part(message: EmailMessage, kind: str) -> bytes:
    part = message.get_body((kind,))
    return part.get_content().encode() if part is not None else b""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(value: object) -> str:
    """What JSON has no word for: times in UTC, as the other commands write them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)
