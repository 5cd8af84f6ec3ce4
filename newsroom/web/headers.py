"""Security headers on every answer: content policy, no sniffing, no referrer, HSTS."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY_HEADER = "Content-Security-Policy"
_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; "
    "object-src 'none'"
)
# Search is a program in WebAssembly, which browsers start only where they are told that they may.
_PROGRAMS = "; script-src 'self' 'wasm-unsafe-eval'"
_EMBED = "embed/"  # fragments made for members' own sites
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would then post our own forms with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
# A year, for this host alone: others of the organisation are not ours to speak for.
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}


class StrictHeaders:
    """Adds the headers to every answer of an application.

    That the site is always encrypted is said only over an encrypted connection (RFC 6797 section
    7.2), which is what a proxy on this machine says it has, and only when the site's own address
    is such a one: a browser believes it for a year.
    """

    def __init__(
        self, app: ASGIApp, base: str, *, encrypted: bool, search: str | None = None
    ) -> None:
        """`base` is the path of the site's address, `encrypted` whether that begins with https.

        `search` is the address of its search page, if it has one.
        """
        self._app = app
        self._embed = base + _EMBED
        self._search = None if search is None else base + search
        self._encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = self._headers(scope)

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = headers.get(_POLICY_HEADER)  # a page inside a page has another one
                headers.update(added)
                if own is not None:
                    headers[_POLICY_HEADER] = own
            await send(message)

        await self._app(scope, receive, send_strictly)

    def _headers(self, scope: Scope) -> dict[str, str]:
        anywhere = scope["path"].startswith(self._embed)
        policy = _POLICY.format(ancestors="*" if anywhere else "'none'")
        if scope["path"] == self._search:
            policy += _PROGRAMS
        headers = {_POLICY_HEADER: policy, **_ALWAYS}
        if anywhere:
            headers["Access-Control-Allow-Origin"] = "*"
        if self._encrypted and scope.get("scheme") == "https":
            headers |= _ENCRYPTED
        return headers
