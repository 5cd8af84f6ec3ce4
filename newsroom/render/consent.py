"""What somebody agrees to with the sign-up form: the page shows it, and the log keeps it."""

from newsroom.model import Site
from newsroom.render.words import Words


def consent_wording(site: Site, words: Words) -> str:
    """The sentence of the sign-up form, as it stands there."""
    text = words.gettext(
        "I want the newsletter of %(name)s by e-mail. "
        "I can end it at any time with a link in every issue."
    )
    return text % {"name": site.name}
