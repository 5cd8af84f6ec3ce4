"""The provider that NEWSROOM_MAIL names, with the key to its account."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from newsroom.delivery.transports.service import Api, Service, ServiceTransport

_BROADCAST = "broadcast"  # the stream that each Postmark server has for newsletters


def provider_transport(mail: str, api: Api, clock: Callable[[], datetime]) -> ServiceTransport:
    """The transport of an address such as `postmark://TOKEN@STREAM`, as settings have checked it.

    `clock` is read for what is signed with its time.
    """
    return ServiceTransport(_service(mail, clock), api)


def _service(mail: str, clock: Callable[[], datetime]) -> Service:
    scheme, _, rest = mail.partition("://")
    key, _, where = rest.partition("@")
    match scheme:
        case "postmark":
            from newsroom.delivery.transports.postmark import Postmark

            return Postmark(unquote(key), unquote(where) or _BROADCAST)
        case "brevo":
            from newsroom.delivery.transports.brevo import Brevo

            return Brevo(unquote(key))
        case "resend":
            from newsroom.delivery.transports.resend import Resend

            return Resend(unquote(key))
        case _:
            from newsroom.delivery.transports.aws_signature import Signer
            from newsroom.delivery.transports.ses import Ses, ses_url

            key_id, _, secret = key.partition(":")
            return Ses(
                Signer(unquote(key_id), unquote(secret), where, "ses"), clock, ses_url(where)
            )
