"""What a sender needed for its messages."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One run of one sender."""

    messages: int
    seconds: float  # wall time of the sending alone
    cpu: float | None = None  # seconds of processor time of its processes; None: not known
    memory: int | None = None  # bytes, all its processes together, at the highest moment

    @property
    def rate(self) -> float:
        """Messages in a second."""
        return self.messages / self.seconds

    @property
    def cpu_each(self) -> float | None:
        """Milliseconds of processor time for one message."""
        return None if self.cpu is None else self.cpu / self.messages * 1000

    @classmethod
    def printed(cls, words: str) -> "Figure":
        """The figure that a process printed as JSON on its last line."""
        return cls(**json.loads(words.splitlines()[-1]))
