"""What shows AWS that a request is ours and arrived whole: its signature, version 4.

By docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs requests to one of AWS's services in one region."""

    key_id: str
    secret: str = field(repr=False)
    region: str
    service: str

    def sign(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, now: datetime
    ) -> dict[str, str]:
        """The headers and those that sign them; they hold for a quarter of an hour from `now`.

        `url` has no query, and `now` is aware.
        """
        moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        dated = {**headers, "Host": urlsplit(url).netloc, "X-Amz-Date": moment}
        lower = sorted((name.lower(), value.strip()) for name, value in dated.items())
        names = ";".join(name for name, _ in lower)
        lines = "".join(f"{name}:{value}\n" for name, value in lower)
        path = quote(urlsplit(url).path or "/")
        canonical = f"{method}\n{path}\n\n{lines}\n{names}\n{_digest(body)}"
        scope = f"{moment[:8]}/{self.region}/{self.service}/aws4_request"
        text = f"{_ALGORITHM}\n{moment}\n{scope}\n{_digest(canonical.encode())}"
        seal = _seal(self._key(scope), text).hex()
        credential = f"Credential={self.key_id}/{scope}, SignedHeaders={names}, Signature={seal}"
        return {**dated, "Authorization": f"{_ALGORITHM} {credential}"}

    def _key(self, scope: str) -> bytes:
        """The day's key, which is good for nothing but this service in this region."""
        key = f"AWS4{self.secret}".encode()
        for word in scope.split("/"):
            key = _seal(key, word)
        return key


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _seal(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
