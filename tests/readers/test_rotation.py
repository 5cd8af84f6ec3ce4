"""A new secret: what the old one signed still holds, and for how long."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from newsroom.database import transaction
from newsroom.database.tables import suppression
from newsroom.delivery.approval.review_token import holder, page_stamp, review_token, shown_since
from newsroom.jobs.keep.secret_use import SecretUse, uses, write_down_marks
from newsroom.model import SubscriberState
from newsroom.model.seal import mark_of
from newsroom.model.single_mail import Purpose
from newsroom.readers import mail_caps
from newsroom.readers.anchor import read_anchor, write_anchor
from newsroom.readers.consent import Head
from newsroom.readers.mail_caps import Answer
from newsroom.readers.return_address import is_return_token, return_token
from newsroom.readers.subscribers import NewSubscriber, add
from newsroom.readers.suppression import Reason, lift, suppress, why_suppressed
from newsroom.readers.tokens import (
    confirmation_code,
    data_token,
    form_age,
    form_stamp,
    is_confirmation_code,
    leave_token,
    read_data_token,
    read_leave_token,
)
from newsroom.settings.secret import LinkSecret
from tests.readers.histories import EMAIL, NOW

NEW, OLD, OLDER = b"hemligheten-av-i-dag", b"den-som-var-forut", b"den-allra-forsta"
YEARS = timedelta(days=5 * 365)

Keys = Sequence[bytes]
SIGNED: dict[str, tuple[Callable[[bytes], str], Callable[[Keys, str], object]]] = {
    "leave": (lambda key: leave_token(key, 7), read_leave_token),
    "data": (lambda key: data_token(key, 7, NOW), read_data_token),
    "code": (
        lambda key: confirmation_code(key, "token"),
        lambda keys, code: is_confirmation_code(keys, "token", code) or None,
    ),
    "form": (lambda key: form_stamp(key, NOW), lambda keys, stamp: form_age(keys, stamp, NOW)),
    "return address": (
        lambda key: return_token(key, "2021-var", 7),
        lambda keys, token: is_return_token(keys, token, "2021-var", 7) or None,
    ),
    "review": (
        lambda key: review_token(key, "2021-var", "anna-ek", NOW),
        lambda keys, token: holder(keys, token, "2021-var", ["bo-alm", "anna-ek"]),
    ),
    "review page": (
        lambda key: page_stamp(key, "token", "h", NOW),
        lambda keys, stamp: shown_since(keys, stamp, "token", "h", NOW),
    ),
}


@pytest.mark.parametrize("kind", SIGNED)
def test_what_an_old_secret_signed_is_still_believed(kind: str) -> None:
    """Each kind of link and stamp, made with any secret that is kept, wherever it stands."""
    make, read = SIGNED[kind]

    for secret in (NEW, OLD, OLDER):
        assert read([NEW, OLD, OLDER], make(secret)) is not None
    assert read([NEW, OLD], make(OLDER)) is None
    assert read([OLD, OLDER], make(NEW)) is None
    assert make(NEW) != make(OLD)


def test_the_link_of_five_years_ago_and_two_secrets_since() -> None:
    """A mail of five years ago ends the subscription; of a dropped secret it is nobody's."""
    link = leave_token(OLDER, 4711)

    assert read_leave_token([NEW, OLD, OLDER], link) == 4711
    assert read_leave_token([NEW, OLD], link) is None


def test_who_was_kept_out_stays_out(either_database: Engine) -> None:
    """A hash that an old secret made keeps the address out, and is lifted with its owner's yes."""
    with transaction(either_database) as connection:
        suppress(connection, [OLDER], EMAIL, Reason.ERASED, NOW)

        assert why_suppressed(connection, [NEW, OLD, OLDER], EMAIL) is Reason.ERASED
        assert why_suppressed(connection, [NEW, OLD], EMAIL) is None
        lift(connection, [NEW, OLD, OLDER], EMAIL)
        assert why_suppressed(connection, [OLDER], EMAIL) is None


def test_a_new_secret_gives_no_more_mails(database: Engine) -> None:
    """What a form caused before the secret was changed counts against the same address."""
    with transaction(database) as connection:
        first = mail_caps.may_mail(connection, [OLD], EMAIL, Purpose.CONFIRM, NOW)
        second = mail_caps.may_mail(connection, [NEW, OLD], EMAIL, Purpose.CONFIRM, NOW)

    assert (first, second) == (Answer.YES, Answer.ENOUGH)


def test_the_log_of_consents_goes_on(tmp_path: Path) -> None:
    """What an old secret sealed is our word, and the next look seals it with the new one."""
    file = tmp_path / "consents"
    write_anchor(file, [OLD], Head(3, "h" * 64), NOW)

    before = read_anchor(file, [NEW, OLD])
    write_anchor(file, [NEW, OLD], Head(4, "i" * 64), NOW + YEARS)

    assert before is not None
    assert read_anchor(file, [NEW]) is not None


def test_it_is_known_who_hangs_on_which_secret(either_database: Engine) -> None:
    """Each address that is kept out counts for the secret that knows it."""
    with transaction(either_database) as connection:
        suppress(connection, [OLD], "asa@example.se", Reason.ERASED, NOW)
        suppress(connection, [OLD], "bo@example.se", Reason.LEFT, NOW)
        suppress(connection, [NEW, OLD], "bo@example.se", Reason.COMPLAINED, NOW)
        found = uses(connection, [known(NEW, (NOW + YEARS).date()), known(OLD, NOW.date())])

    new, old = found
    assert (new.newest, new.until, new.kept_out) == (True, None, 2)
    assert (old.newest, old.until, old.kept_out) == (False, (NOW + YEARS).date(), 1)
    assert (old.is_needed, new.mark) == (True, mark_of(NEW).hex())


def test_old_rows_are_given_their_secret_where_that_can_be_known(either_database: Engine) -> None:
    """With one secret it is that one; with several, of those on the list; of others it is open."""
    with transaction(either_database) as connection:
        people = [NewSubscriber("asa@example.se", SubscriberState.SUPPRESSED, "sv")]
        add(connection, people, NOW)
        for secret, email in ((OLD, "asa@example.se"), (OLDER, "bo@example.se")):
            suppress(connection, [secret], email, Reason.BOUNCED, NOW)
        connection.execute(suppression.update().values(key=None))

        write_down_marks(connection, [NEW, OLD, OLDER])
        several = set(connection.scalars(select(suppression.c.key)))
        perhaps = uses(connection, [known(NEW), known(OLDER)])[1]
        write_down_marks(connection, [OLDER])
        alone = set(connection.scalars(select(suppression.c.key)))

    assert several == {mark_of(OLD).hex(), None}
    assert (perhaps.kept_out, perhaps.perhaps, perhaps.is_needed) == (0, 1, True)
    assert alone == {mark_of(OLD).hex(), mark_of(OLDER).hex()}


@pytest.mark.parametrize(("days", "ended"), [(0, False), (1096, False), (1097, True)])
def test_links_have_to_work_for_36_months(days: int, ended: bool) -> None:  # noqa: FBT001 (a table)
    """Only a secret that has signed nothing for so long may go without breaking a link."""
    day = NOW.date()
    use = SecretUse("ab", newest=False, since=None, until=day, kept_out=0, perhaps=0)
    unknown = SecretUse("ab", newest=False, since=None, until=None, kept_out=0, perhaps=0)

    assert use.links_end(day + timedelta(days=days)) is ended
    assert not unknown.links_end(day + timedelta(days=days))


def known(key: bytes, since: date | None = None) -> LinkSecret:
    """A secret as it stands in its file."""
    return LinkSecret(key.decode(), since)
