"""The formats of feeds: whoever serves the site knows all of them."""

import pytest

from newsroom.model.feed_format import FORMATS, FeedFormat
from newsroom.web.file_types import file_type
from tests.processes import REPOSITORY

SERVERS = ("nginx.conf", "apache.conf", "Caddyfile")


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.path)
def test_newsrooms_own_web_knows_each_format(one: FeedFormat) -> None:
    """Readers of feeds, and scripts of other sites, get what the page promised them."""
    known = file_type(one.path)

    assert known.media_type.partition(";")[0] == one.media_type
    assert known.for_scripts


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.path)
def test_each_server_in_front_knows_each_format(one: FeedFormat, server: str) -> None:
    """A new format is given its type in every file of `serve/`, too."""
    assert one.media_type in (REPOSITORY / "serve" / server).read_text(encoding="utf-8")
