"""How a newsroom's mail is set up: its keys as the DNS should have them, and a digest of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import SettingsError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsroom.domains.dkim_key import Selector
    from newsroom.jobs.doctor.setup import MailSetup
    from newsroom.wiring.desk import Desk


def setup_of(desk: Desk, selectors: Sequence[str] = ()) -> MailSetup:
    """What mail stands on, with the keys as the DNS should have them."""
    from newsroom.domains.dkim_key import Selector
    from newsroom.jobs.doctor.setup import MailSetup, domain_of
    from newsroom.wiring.post_out import read_key_file

    site, home = desk.site, domain_of(desk.site.sender.email)
    keys: list[Selector] = []
    kinds: list[str] = []
    unusable: list[str] = []
    for file in desk.settings.dkim:
        try:
            key = read_key_file(file)
        except SettingsError as error:
            keys.append(Selector(file.selector, file.domain))
            unusable.append(error.sentence)
        else:
            keys.append(Selector(key.selector, key.domain, key.published, key.record))
            kinds.append(key.kind.value)
    elsewhere = dict.fromkeys((*site.sender.selectors, *selectors))
    return MailSetup(
        site,
        desk.settings.mail,
        keys=tuple(keys),
        keys_elsewhere=tuple(_selector(written, home) for written in elsewhere),
        signs_with=tuple(kinds),
        unusable=tuple(unusable),
    )


def configuration(desk: Desk) -> str:
    """A digest of all that a verdict hangs on."""
    from newsroom.jobs.doctor.setup import configuration_of

    return configuration_of(setup_of(desk), desk.settings.secret, desk.settings.dns)


def _selector(written: str, home: str) -> Selector:
    """A key that others sign with: `selector1`, or `selector1@example.se`."""
    from newsroom.domains.dkim_key import Selector

    name, _, domain = written.partition("@")
    if not name:
        raise SettingsError(
            say(
                '"{written}" is no selector; write {example}',
                written=written,
                example="selector1@example.se",
            )
        )
    return Selector(name.lower(), domain.lower() or home)
