"""What every answer says to the browser: nothing from elsewhere, no guessing, no traces."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; "
    "object-src 'none'"
)
_EMBED = "embed/"  # fragments made for members' own sites


class StrictHeaders:
    """Adds the headers to every answer of an application."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._embed = base + _EMBED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        anywhere = scope["path"].startswith(self._embed)

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                ancestors = "*" if anywhere else "'none'"
                headers["Content-Security-Policy"] = _POLICY.format(ancestors=ancestors)
                headers["X-Content-Type-Options"] = "nosniff"
                # Not no-referrer: browsers would then post our own forms with `Origin: null`.
                headers["Referrer-Policy"] = "same-origin"
                if anywhere:
                    headers["Access-Control-Allow-Origin"] = "*"
            await send(message)

        await self._app(scope, receive, send_strictly)
