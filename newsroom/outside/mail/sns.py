"""Amazon SNS: its signing certificates, and confirming that we want its notices."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from urllib.parse import urlsplit

import httpx

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.outside.over_http.body import beginning_of

_HOST = re.compile(r"sns\.[a-z]{2}(?:-[a-z]+)+-\d{1,2}\.amazonaws\.com(?:\.cn)?")
_LARGEST = 64 * 1024  # bytes of a certificate; they are of two kilobytes
_MOST = 8  # certificates in memory: a region has one, and a new one each year


class Sns:
    """Asked over HTTPS, and believed only where the host is Amazon's own."""

    def __init__(self, open_client: Callable[[], AbstractContextManager[httpx.Client]]) -> None:
        self._open_client = open_client
        self._certificates: dict[str, bytes] = {}
        self._turn = Lock()

    def is_address(self, url: str) -> bool:
        """Whether an address is an SNS host's, over HTTPS, at its own port, with nobody's name."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        is_theirs = parts.scheme == "https" and _HOST.fullmatch(parts.netloc) is not None
        return is_theirs and port is None and url.isascii() and url.isprintable()

    def certificate(self, url: str) -> bytes:
        """The certificate at an address, as PEM, fetched once. Raises OutsideError."""
        with self._turn:
            known = self._certificates.get(url)
            if known is None:
                known = self._get(url)
                _require_certificate(known, url)
                if len(self._certificates) >= _MOST:
                    self._certificates.clear()
                self._certificates[url] = known
        return known

    def confirm(self, url: str) -> None:
        """Say yes to an invitation. Raises OutsideError."""
        self._get(url)

    def _get(self, url: str) -> bytes:
        if not self.is_address(url):
            raise OutsideError(say("an address that is not of Amazon SNS is not asked"))
        host = urlsplit(url).netloc  # what follows it may hold a key
        try:
            with self._open_client() as client, client.stream("GET", url) as answer:
                body, status = beginning_of(answer, _LARGEST + 1), answer.status_code
        except httpx.HTTPError as error:
            fault = why(error)
            raise OutsideError(say("{host}: {fault}", host=host, fault=fault)) from error
        if len(body) > _LARGEST:
            raise OutsideError(say("{host}: the answer is too large", host=host))
        if status != httpx.codes.OK:
            raise OutsideError(say("{host}: answered {status}", host=host, status=status))
        return body


def _require_certificate(pem: bytes, url: str) -> None:
    """Pass a certificate; what else a host answered with is asked for again next time."""
    from cryptography.x509 import load_pem_x509_certificate

    try:
        load_pem_x509_certificate(pem)
    except ValueError as error:
        host = urlsplit(url).netloc
        raise OutsideError(say("{host}: this is no certificate", host=host)) from error
