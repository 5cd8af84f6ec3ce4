"""Where readers stand and what they agreed to, in the words that they are told it with."""

from newsroom.model import SubscriberState
from newsroom.readers.consent import Act


def _(message: str) -> str:
    """The same, marked for the catalogues."""
    return message


STANDS = {
    SubscriberState.PENDING: _("You have not confirmed your address yet, so no newsletter comes."),
    SubscriberState.ACTIVE: _("You get the newsletter."),
    SubscriberState.UNSUBSCRIBED: _("You have left, and get no newsletter."),
    SubscriberState.SUPPRESSED: _(
        "No newsletter is sent to you, since a mail came back or was reported as unwanted."
    ),
}
ACTS = {
    Act.REQUESTED: _("You filled in the form"),
    Act.CONFIRMED: _("You confirmed your address"),
    Act.DECLINED: _("Somebody with your mail said that it was not you"),
    Act.ADDED: _("We put you on the list"),
    Act.IMPORTED: _("We put you on the list, from another list"),
    Act.LEFT: _("You left"),
    Act.RETURNED: _("You came back"),
    Act.SUPPRESSED: _("A mail came back or was reported, and we stopped"),
    Act.CHANGED: _("You changed your name, language or topics"),
    Act.ERASED: _("Your data was erased"),
}
