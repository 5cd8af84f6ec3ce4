"""Why an address cannot be used, in words for the reader who typed it into a form."""

from newsroom.errors import AddressError
from newsroom.readers import addresses
from newsroom.render.words import Words


def _(message: str) -> str:
    """The same, marked for the catalogues."""
    return message


_SENTENCES: dict[str, str] = {
    addresses.MISSING: _("Write your e-mail address."),
    addresses.CONTROLS: _(
        "There is a line break or an invisible character in the address. Write it on one line."
    ),
    addresses.SEVERAL: _("There is more than one address here. Write only one."),
    addresses.LETTERS: _(
        "The part before @ has letters other than a–z, which many mail systems cannot deliver to. "
        "Write another address."
    ),
    addresses.SHAPE: _("This is not an e-mail address. Write it like this: name@example.se"),
}


def sentence(error: AddressError, words: Words) -> str:
    """What to do about an address, in the language of the page."""
    return words.gettext(_SENTENCES[str(error)])
