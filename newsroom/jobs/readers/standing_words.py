"""Where readers stand and what keeps them out, in the words of the desk."""

from newsroom.model import SubscriberState
from newsroom.model.saying import say
from newsroom.readers.suppression import Reason

STANDS = {
    SubscriberState.PENDING: say("has not confirmed"),
    SubscriberState.ACTIVE: say("gets the newsletter"),
    SubscriberState.UNSUBSCRIBED: say("has left"),
    SubscriberState.SUPPRESSED: say("is kept out"),
}
KEPT_OUT = {
    Reason.COMPLAINED: say("called our mail unwanted"),
    Reason.ERASED: say("was erased"),
    Reason.LEFT: say("left long ago"),
    Reason.BOUNCED: say("mail to it came back"),
}
