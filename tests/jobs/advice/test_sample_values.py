"""What is still the sample's."""

from pathlib import PurePosixPath

import pytest

from newsroom.content.site_yaml.site import parse_site
from newsroom.jobs.advice.sample_values import sample_values
from newsroom.jobs.writing.init import starter
from newsroom.model import Privacy, Provider, Sender, Site
from tests.render.pieces import make_site

OWN = make_site(url="https://natverket.test", sender=Sender("Nätverket", "brev@natverket.test"))


@pytest.fixture
def sample() -> Site:
    """The sample's own site."""
    text = (starter() / "posts/site.yaml").read_text(encoding="utf-8")
    site = parse_site(text, PurePosixPath("posts/site.yaml")).site
    assert site is not None
    return site


def test_each_value_of_the_sample_is_named(sample: Site) -> None:
    """Who has changed nothing is told of everything that readers would see."""
    told = sample_values(sample)

    assert told is not None
    assert told.message == (
        "still only an example: name, url, description, sender.name, sender.email, "
        "sender.reply_to, sender.bounces, postal_address, accessibility.contact, "
        "accessibility.phone, privacy.officer, privacy.providers 1"
    )


def test_what_is_ones_own_is_not_told_of() -> None:
    """A site without any of them is left in peace, whatever it leaves out."""
    assert sample_values(OWN) is None


def test_one_that_is_left() -> None:
    """Each is told of by itself."""
    privacy = Privacy(providers=(Provider("Posten"), Provider("Lövhamns kommun")))

    told = sample_values(make_site(url=OWN.url, sender=OWN.sender, privacy=privacy))

    assert told is not None
    assert "example: privacy.providers 2;" in str(told)
