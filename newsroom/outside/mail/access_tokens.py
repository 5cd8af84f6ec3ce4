"""OAuth tokens for a login at the mail server: Microsoft 365 takes no passwords.

MSAL fetches them, keeps each for as long as it is good, and gets the next in time.
"""

import threading
from typing import Any

import httpx

from newsroom.errors import DeliveryError
from newsroom.model.oauth_client import OAuthClient
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.outside.over_http.client import open_client

PATIENCE = httpx.Timeout(5.0)  # seconds for each step of a request
_MAY_PASS = {"server_error", "temporarily_unavailable", "slow_down"}


def token_client(site_url: str) -> httpx.Client:
    """What asks for tokens: once an hour at most, so no connection is kept."""
    return open_client(site_url, timeout=PATIENCE)


class AccessTokens:
    """Tokens for one program. Any thread may ask for one."""

    def __init__(self, registration: OAuthClient, client: httpx.Client) -> None:
        self._registration = registration
        self._client = client
        self._app: Any = None  # MSAL ships no types
        self._one_asks = threading.Lock()

    def token(self, *, fresh: bool) -> str:
        """A token; never the one before when it is to be fresh.

        Raises OSError while there is none to be had, DeliveryError when there will be none.
        """
        try:
            with self._one_asks:
                answer = self._ask(fresh=fresh)
        except httpx.HTTPError as error:
            raise self._no_token(why(error)) from error
        except (ValueError, RuntimeError) as error:  # no such tenant, or another page
            raise self._refused("discovery", str(error)) from error
        if "access_token" in answer:
            return str(answer["access_token"])
        fault, words = str(answer.get("error")), str(answer.get("error_description", ""))
        if fault in _MAY_PASS:
            raise self._no_token(fault)
        raise self._refused(fault, words)

    def _ask(self, *, fresh: bool) -> dict[str, Any]:
        if self._app is None:
            self._app = self._introduce()
        elif fresh:
            self._app.remove_tokens_for_client()
        from msal.exceptions import MsalServiceError

        try:
            answer: dict[str, Any] = self._app.acquire_token_for_client([self._registration.scope])
        except MsalServiceError as error:  # an answer from 500 on
            raise self._no_token(why(error)) from error
        return answer

    def _introduce(self) -> Any:  # noqa: ANN401 (MSAL ships no types)
        try:
            from msal import ConfidentialClientApplication
        except ImportError as error:
            raise DeliveryError(
                say("a login with a token needs one more package; pip install 'newsroom[m365]'")
            ) from error
        return ConfidentialClientApplication(
            self._registration.client,
            client_credential=self._registration.secret,
            oidc_authority=self._registration.issuer,
            http_client=self._client,
        )

    def _no_token(self, reason: str) -> ConnectionError:
        issuer = self._registration.issuer
        return ConnectionError(say("no token from {issuer}: {why}", issuer=issuer, why=reason))

    def _refused(self, fault: str, words: str) -> DeliveryError:
        told = words.replace(self._registration.secret, "…").partition("\n")[0].strip()
        return DeliveryError(
            say(
                "no token from {issuer} ({fault}: {words}); see tenant, client and its secret in "
                "NEWSROOM_MAIL",
                issuer=self._registration.issuer,
                fault=fault,
                words=told,
            )
        )
