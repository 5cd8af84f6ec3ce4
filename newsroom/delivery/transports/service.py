"""A mail provider's HTTP interface as the way out: one request for one message to one reader.

What a provider says is its own file's business. Here is what they have in common: what the line
does, what an HTTP status means, and that a request is repeated only under an idempotency key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from newsroom.errors import DeliveryError
from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.model.delivery import BounceSeverity, DeliveryState, Envelope, Outcome
from newsroom.model.saying import joined, say

_TOO_MANY = 429
_THEIR_FAULT = 500  # where it begins
# It broke down over the message, or a gateway passed it on and knows no more than we do; with 503
# nothing was begun (RFC 9110 section 15.6).
_AFTER_ALL = {500, 502, 504}


class Api(Protocol):
    """What requests are made with. Used by one thread."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> ApiAnswer | NoAnswer:
        """Make one request, never a second one for it."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """One message as a provider wants it."""

    url: str
    headers: Mapping[str, str] = field(repr=False)  # the key to the account among them
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says about a request, in its own terms."""

    status: int
    name: str | None  # of the fault, as its documents list them
    words: str

    def outcome(self, state: DeliveryState, severity: BounceSeverity | None = None) -> Outcome:
        """The outcome that this stands for."""
        # Marked as HTTP's, since 503 is another thing in SMTP.
        return Outcome(state, f"HTTP/{self.status}", str(self), severity)

    def rest(self, wait: timedelta | None = None) -> Outcome:
        """Put off, and everybody else's too: the provider takes nothing for a while."""
        return replace(self.outcome(DeliveryState.DEFERRED), whole_relay=True, wait=wait)

    def __str__(self) -> str:
        return f"{self.name}: {self.words}" if self.name else self.words


class Service(Protocol):
    """One provider's interface."""

    @property
    def name(self) -> str:
        """What the provider is called."""
        ...

    @property
    def has_keys(self) -> bool:
        """Whether the same request, made again at once, sends nothing more."""
        ...

    def request(self, envelope: Envelope, message: bytes) -> Request:
        """The request that hands over a message in its final bytes."""
        ...

    def read(self, answer: ApiAnswer) -> Said | None:
        """What an answer says; None when it is not the provider's own."""
        ...

    def judge(self, said: Said) -> Outcome | None:
        """What becomes of the message; None where the fault is the sender's.

        It is not asked about answers that every server gives alike (429, and from 500 on).
        """
        ...


_STRANGE = say("no provider can carry this address")


class ServiceTransport:
    """Hands messages to a provider.

    A provider forgets its idempotency keys after a while, and a copy of which nobody knows may wait
    for longer (a weekend, a pause). So a key serves to ask again at once, and no later.
    """

    idempotent = False

    def __init__(self, service: Service, api: Api) -> None:
        self._service = service
        self._api = api

    def send(self, envelope: Envelope, message: bytes) -> Outcome:
        """Hand over one message. Raises DeliveryError when the provider would take nobody's."""
        recipient = envelope.recipient
        if not recipient.isascii() or not recipient.isprintable() or " " in recipient:
            return Outcome(DeliveryState.REFUSED, reason=_STRANGE)
        request = self._service.request(envelope, message)
        outcome = self._once(request)
        if outcome.state is DeliveryState.UNKNOWN and self._service.has_keys:
            return self._again(request) or outcome
        return outcome

    def close(self) -> None:
        """Let go of the connection."""
        self._api.close()

    def _again(self, request: Request) -> Outcome | None:
        """What a second request says of the first one; None when it says only how itself fared.

        That it was put off, or its key refused, does not mean that the first one was.
        """
        try:
            outcome = self._once(request)
        except DeliveryError:
            return None
        return None if outcome.state is DeliveryState.DEFERRED else outcome

    def _once(self, request: Request) -> Outcome:
        answer = self._api.post(request.url, request.headers, request.body)
        if isinstance(answer, NoAnswer):
            return self._unanswered(answer)
        said = self._service.read(answer)
        if answer.status == _TOO_MANY or answer.status >= _THEIR_FAULT:
            return _not_now(answer, said or Said(answer.status, None, "no word of why"))
        if said is None:
            return self._not_theirs(answer)
        outcome = self._service.judge(said)
        if outcome is None:
            raise DeliveryError(
                say(
                    "{provider} refuses our mail ({status}): {words}",
                    provider=self._service.name,
                    status=said.status,
                    words=said,
                )
            )
        return outcome

    def _unanswered(self, broken: NoAnswer) -> Outcome:
        if broken.untrusted:
            raise DeliveryError(joined(": ", (self._service.name, broken.reason)))
        if broken.may_have_arrived:
            lost = say("the connection was lost after the request: {why}", why=broken.reason)
            return Outcome(DeliveryState.UNKNOWN, reason=lost)
        reason = say(
            "{relay} cannot be reached: {why}", relay=self._service.name, why=broken.reason
        )
        return Outcome(DeliveryState.DEFERRED, reason=reason, whole_relay=True)

    def _not_theirs(self, answer: ApiAnswer) -> Outcome:
        """An answer that no document knows: after a yes nobody can tell what it stands for."""
        if answer.is_good:
            strange = Said(answer.status, None, "what is this answer? it is not the provider's")
            return strange.outcome(DeliveryState.UNKNOWN)
        raise DeliveryError(
            say(
                "{provider}: an answer that is not the provider's ({status}); what stands between?",
                provider=self._service.name,
                status=answer.status,
            )
        )


def _not_now(answer: ApiAnswer, said: Said) -> Outcome:
    if answer.status in _AFTER_ALL:
        return said.outcome(DeliveryState.UNKNOWN)
    return said.rest(answer.wait)
