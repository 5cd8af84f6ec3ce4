"""An issue to look at: as files, or as a mail to those who try it. The ledger is not asked."""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from newsroom.errors import StateError
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.stationery import personal
from newsroom.model.saying import say
from newsroom.render.mail.headers import domain_of
from newsroom.render.mail.holes import LEAVE
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.message import Personal, message_template, trial_message

_NOBODY = "exempel"  # in place of a token: the links of a proof lead to no subscription


class Mailer(Protocol):
    """Sends single mails."""

    def send(self, message: bytes, to: str) -> None:
        """Hand over a message to one address. Raises OutsideError when it cannot."""
        ...


def export_issue(proof: Proof, out: Path, to: str, now: datetime) -> tuple[Path, ...]:
    """Write NAME.eml, NAME.html and NAME.txt to a folder; a message as `to` would get it."""
    letter, name = proof.letter, proof.issue.slug
    message = message_template(letter, proof.site, proof.issue, now)
    trial = _trial(proof, to)
    files = {
        out / f"{name}.eml": message.fill(trial),
        out / f"{name}.html": letter.html.replace(LEAVE, trial.leave_url).encode(),
        out / f"{name}.txt": letter.text.replace(LEAVE, trial.leave_url).encode(),
    }
    out.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        path.write_bytes(content)
    return tuple(files)


def send_test(
    proof: Proof,
    addresses: Iterable[str],
    mailer: Mailer,
    now: datetime,
    langs: Collection[str] = (),
) -> None:
    """Mail the issue, marked as a test, to each address, in the languages named or its own.

    Raises StateError for a language that it has no letter in, OutsideError when a mail is not
    taken. The ledger is not asked, and its links end nobody's subscription.
    """
    letters = [_in_language(proof, lang) for lang in langs or (proof.issue.lang,)]
    for address in addresses:
        for letter in letters:
            trial = _trial(proof, address, letter.lang)
            mailer.send(trial_message(letter, proof.site, proof.issue, trial, now), address)


def _in_language(proof: Proof, lang: str) -> Letter:
    if lang not in proof.letters:
        known = ", ".join(proof.letters)
        raise StateError(
            say(
                "{name} has no letter in {lang}; it has: {known}",
                name=proof.issue.slug,
                lang=lang,
                known=known,
            )
        )
    return proof.letters[lang]


def _trial(proof: Proof, address: str, lang: str = "") -> Personal:
    """What a trial has that is personal: nothing that belongs to a reader."""
    digest = sha256(f"trial\n{proof.content_hash}\n{address}\n{lang}".encode()).hexdigest()[:32]
    return personal(proof.site, address, None, f"<{digest}@{domain_of(proof.site)}>", _NOBODY)
