"""A memo: what the coordinator is to know that is about no issue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A short mail to the coordinator; its texts are sayings, said in the desk's language."""

    kind: str  # what it is about, in at most 16 letters: job, links, backup, doctor, …
    occasion: str  # which of them, in at most 64 letters; told once for each
    subject: str
    sentences: tuple[str, ...]
    heading: str = ""  # over the points
    points: tuple[str, ...] = ()  # one line each: faults, dead links
    command: str | None = None  # what to run
    button: str = ""  # what the link says
    url: str | None = None
