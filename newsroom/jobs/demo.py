"""What the demo needs beside the sample: readers, and a site that sends at once on this machine."""

from dataclasses import replace
from datetime import timedelta

from newsroom.model import Newsroom, Sending, Site

ISSUE = "2026-host"  # the sample's draft
_READERS = 40


def on_this_machine(site: Site, url: str) -> Site:
    """The site as if it were read at `url`, and with nothing to wait for when an issue is sent."""
    at_once = Sending(
        pace=None, lane_pace=None, hours=None, canary=None, undo=timedelta(0), doctor=None
    )
    return replace(site, url=url, sending=at_once)


def sample_readers(newsroom: Newsroom) -> bytes:
    """A list of invented readers at the sample's members, as a coordinator would import it."""
    homes = [member.slug for member in newsroom.members] or ["natverket"]
    addresses = (
        f"lasare.{number}@{homes[number % len(homes)]}.example.se" for number in range(_READERS)
    )
    return "\n".join(["email", *addresses, ""]).encode()
