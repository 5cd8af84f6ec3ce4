"""One finding in a text, before its severity is known."""

from typing import NamedTuple

from newsroom.model.saying import Saying


class Finding(NamedTuple):
    """A place in a text, and what is wrong there."""

    at: int  # characters from the start of the text
    code: str
    message: Saying
    fix: Saying
