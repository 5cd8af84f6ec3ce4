"""One thing that a look at a text found, before it is known how much it matters."""

from typing import NamedTuple

from newsroom.model.saying import Saying


class Finding(NamedTuple):
    """A place in a text, and what is wrong there."""

    at: int  # characters from the start of the text
    code: str
    message: Saying
    fix: Saying
