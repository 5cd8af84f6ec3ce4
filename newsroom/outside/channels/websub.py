"""Tell a WebSub hub that a feed has changed, so that its subscribers need not wait."""

import httpx

from newsroom.outside.client import post_form


def ping(client: httpx.Client, hub: str, topic: str) -> None:
    """Ask the hub to fetch `topic` (a feed's own address). Raises OutsideError when it will not.

    The form is the one hubs share by custom: the W3C Recommendation (2018, section 6) leaves the
    way a publisher notifies its hub open.
    """
    post_form(client, hub, {"hub.mode": "publish", "hub.url": topic})
