"""A fault that the lint of letters found."""

from collections.abc import Iterator
from typing import NamedTuple

from newsroom.model import Severity


class Fault(NamedTuple):
    """One thing that some mail program, or some reader, would get wrong."""

    code: str
    message: str
    fix: str
    severity: Severity = Severity.ERROR


Faults = Iterator[Fault]
