"""WebSub: a hub is told that a feed has changed, so that its subscribers need not wait."""

from urllib.parse import urlencode

from newsroom.outside.channels.channel import Api, ChannelAnswer, result_of


def ping(hub: str, topic: str, api: Api) -> ChannelAnswer:
    """Ask the hub to fetch `topic` (a feed's own address).

    The form is the one hubs share by custom: the W3C Recommendation (2018, section 6) leaves the
    way a publisher notifies its hub open. A hub that is told twice fetches twice, and tells its
    subscribers of what is new once.
    """
    form = urlencode({"hub.mode": "publish", "hub.url": topic}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return result_of(api.post(hub, headers, form))
