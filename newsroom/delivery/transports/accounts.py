"""What providers tell of an account without sending anything: each by its own documents.

Postmark: postmarkapp.com/developer/api/server-api and /message-streams-api. Brevo:
developers.brevo.com/reference/getaccount and /getdomains. Resend: resend.com/docs/api-reference/
domains/list-domains. Amazon SES: docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
and API_GetEmailIdentity.html.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote, unquote

from newsroom.delivery.transports.aws_signature import Signer
from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.model.checkup import Remark, fault, fine, unchecked, warning
from newsroom.model.saying import Saying, say

_NOT_LET_IN = {401, 403}
_BROADCAST = "broadcast"


class Reader(Protocol):
    """What requests are made with."""

    def get(self, url: str, headers: Mapping[str, str]) -> ApiAnswer | NoAnswer:
        """Ask for something; nothing is changed by it."""
        ...


class _NoWordError(Exception):
    """The provider said nothing that can be used; why is its argument."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.detail)
        self.remark = remark


def judge_account(
    mail: str, domain: str, reader: Reader, now: datetime, at: str | None = None
) -> tuple[Remark, ...]:
    """What is to be said of the account in an address such as `postmark://TOKEN@STREAM`.

    `at` replaces the beginning of the provider's addresses.
    """
    scheme, _, rest = mail.partition("://")
    key, _, where = rest.partition("@")
    judge: Callable[[], Iterator[Remark]] = {
        "postmark": lambda: _postmark(reader, unquote(key), unquote(where) or _BROADCAST, at),
        "brevo": lambda: _brevo(reader, unquote(key), domain, at),
        "resend": lambda: _resend(reader, unquote(key), domain, at),
        "ses": lambda: _ses(reader, key, where, domain, now, at),
    }[scheme]
    try:
        return tuple(judge())
    except _NoWordError as error:
        return (error.remark,)


def _postmark(reader: Reader, token: str, stream: str, at: str | None) -> Iterator[Remark]:
    home = at or "https://api.postmarkapp.com"
    headers = {"Accept": "application/json", "X-Postmark-Server-Token": token}
    server = _told("Postmark", reader.get(f"{home}/server", headers))
    if server.get("DeliveryType") == "Sandbox":
        yield fault(
            say("the server at Postmark is a sandbox: it takes mail and sends none"),
            say("write the token of a live server into NEWSROOM_MAIL"),
        )
    if server.get("TrackOpens") or server.get("TrackLinks") not in {None, "None"}:
        yield warning(
            say("Postmark counts opens or clicks by default"),
            say("turn open and link tracking off in the server's settings"),
        )
    found = _told("Postmark", reader.get(f"{home}/message-streams/{quote(stream)}", headers))
    if found.get("MessageStreamType") != "Broadcasts":
        yield fault(
            say('the stream "{stream}" is not for broadcasts', stream=stream),
            say("name a broadcast stream: postmark://TOKEN@STREAM"),
        )
    yield _in_order("Postmark")


def _brevo(reader: Reader, key: str, domain: str, at: str | None) -> Iterator[Remark]:
    home = at or "https://api.brevo.com/v3"
    headers = {"Accept": "application/json", "api-key": key}
    _told("Brevo", reader.get(f"{home}/account", headers))
    told = _told("Brevo", reader.get(f"{home}/senders/domains", headers))
    domains = {each.get("domain_name"): each for each in told.get("domains", [])}
    found = _covering(domains, domain)
    if found is None or not found.get("authenticated"):
        yield _not_verified("Brevo", domain)
    yield _in_order("Brevo")


def _resend(reader: Reader, key: str, domain: str, at: str | None) -> Iterator[Remark]:
    home = at or "https://api.resend.com"
    told = _told("Resend", reader.get(f"{home}/domains", {"Authorization": f"Bearer {key}"}))
    domains = {each.get("name"): each for each in told.get("data", [])}
    found = _covering(domains, domain)
    if found is None or found.get("status") != "verified":
        yield _not_verified("Resend", domain)
    elif found.get("open_tracking") or found.get("click_tracking"):
        yield warning(
            say("Resend counts opens or clicks for {domain}", domain=domain),
            say("turn open and click tracking off in the domain's settings"),
        )
    yield _in_order("Resend")


def _ses(  # noqa: PLR0913, PLR0917 (who asks whom about what)
    reader: Reader, key: str, region: str, domain: str, now: datetime, at: str | None
) -> Iterator[Remark]:
    home = at or f"https://email.{region}.amazonaws.com"
    key_id, _, secret = key.partition(":")
    signer = Signer(unquote(key_id), unquote(secret), region, "ses")

    def ask(path: str) -> ApiAnswer | NoAnswer:
        url = f"{home}{path}"
        return reader.get(url, signer.sign("GET", url, {}, b"", now))

    account = _told("Amazon SES", ask("/v2/email/account"))
    if not account.get("SendingEnabled", True):
        yield fault(
            say("Amazon SES has stopped the account from sending"),
            say("see the account's reputation page in the console"),
        )
    if not account.get("ProductionAccessEnabled", True):
        yield fault(
            say("Amazon SES has the account in its sandbox: only verified addresses get mail"),
            say("ask for production access in the console"),
        )
    identity = _told("Amazon SES", ask(f"/v2/email/identities/{domain}"), missing={})
    if not identity.get("VerifiedForSendingStatus"):
        yield _not_verified("Amazon SES", domain)
    yield _in_order("Amazon SES")


def _told(
    provider: str, answer: ApiAnswer | NoAnswer, missing: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """What an answer holds. Raises _NoWordError for one that says nothing of the account."""
    if isinstance(answer, NoAnswer):
        raise _NoWordError(
            unchecked(
                say("{provider} did not answer: {why}", provider=provider, why=answer.reason),
                say("try again in a while"),
            )
        )
    content = answer.json
    if answer.is_good and isinstance(content, dict):
        return content
    if answer.status == 404 and missing is not None:  # noqa: PLR2004 (RFC 9110: not found)
        return missing
    if answer.status in _NOT_LET_IN:
        raise _NoWordError(_not_let_in(provider, content))
    raise _NoWordError(
        unchecked(
            say("{provider} answers {status}", provider=provider, status=answer.status),
            say("try again in a while"),
        )
    )


def _not_let_in(provider: str, content: object) -> Remark:
    """A key may be wrong, or be one that can send and nothing else, which is the best kind."""
    name = content.get("name") if isinstance(content, dict) else None
    if name == "restricted_api_key":
        return unchecked(
            say("the key at {provider} may send, and look at nothing", provider=provider),
            say("see in its settings that the domain is verified and that nothing is tracked"),
        )
    return fault(
        say("{provider} does not take the key", provider=provider),
        say("write the account's key into NEWSROOM_MAIL"),
    )


def _covering(domains: Mapping[str, Any], domain: str) -> Mapping[str, Any] | None:
    """The entry of a domain, or of one above it."""
    while domain:
        if domain in domains:
            found: Mapping[str, Any] = domains[domain]
            return found
        domain = domain.partition(".")[2]
    return None


def _not_verified(provider: str, domain: str) -> Remark:
    return fault(
        say("{domain} is not verified at {provider}", domain=domain, provider=provider),
        _verify(provider),
    )


def _verify(provider: str) -> Saying:
    return say("publish the records that {provider} lists for the domain", provider=provider)


def _in_order(provider: str) -> Remark:
    return fine(say("{provider} takes the key and the domain", provider=provider))
