"""The little picture in a browser's tab, of a site that has no logo: its initials."""

from newsroom.model import Site
from newsroom.render.look.colour import schemes
from newsroom.render.page import Page
from newsroom.render.templates import Templates

_ICON = "site/icon.svg"


def icon(site: Site, templates: Templates) -> Page:
    """The initials of the site on its colour, as a drawing."""
    light, _ = schemes(site.brand)

    def render() -> bytes:
        return templates.render(_ICON, site=site, scheme=light).encode()

    return Page("icon.svg", (templates.text(_ICON), site.name, light), render)
