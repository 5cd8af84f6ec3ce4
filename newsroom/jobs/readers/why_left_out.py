"""Why a row of a list does not become a reader, said to whoever brought the list."""

from collections.abc import Mapping

from newsroom.model import Subscriber, SubscriberState
from newsroom.model.saying import say
from newsroom.readers.row_says import RowSays
from newsroom.readers.suppression import Reason

_REFUSALS = {
    RowSays.UNKNOWN: say(
        "its status is not a word we know, so nobody can say whether mail is wanted"
    ),
    RowSays.UNCONFIRMED: say("signed up but never confirmed"),
    RowSays.NO_CONSENT: say("the list does not say that this person agreed"),
    RowSays.LEFT: say("has unsubscribed, and stays so"),
    RowSays.BOUNCED: say("mail to it has bounced, and it stays out"),
}
_STATES = {
    SubscriberState.UNSUBSCRIBED: say("has unsubscribed here; only a new sign-up brings it back"),
    SubscriberState.SUPPRESSED: say(
        "bounced or complained here; only a new sign-up brings it back"
    ),
}
_REASONS = {
    Reason.ERASED: say("was erased at the person's request, and stays out"),
    Reason.LEFT: say("has unsubscribed, and stays so"),
    Reason.BOUNCED: say("mail to it has bounced, and it stays out"),
    Reason.COMPLAINED: say("complained about our mail, and stays out"),
}


def why_left_out(
    email: str, says: RowSays, here: Mapping[str, Subscriber], kept_out: Mapping[str, Reason]
) -> str | None:
    """Why an address does not become a reader, or None; what is known here weighs most."""
    if email in kept_out:
        return _REASONS[kept_out[email]]
    if says in _REFUSALS:
        return _REFUSALS[says]
    return _STATES.get(here[email].state) if email in here else None
