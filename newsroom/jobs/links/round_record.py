"""The answers of a round as they come: kept a few at a time, unless our own network is silent."""

from datetime import datetime

from newsroom.database import links, transaction
from newsroom.database.link_rounds import renew_round
from newsroom.jobs.links.round import LinkOffice, RoundScope
from newsroom.model.link import Lead, LinkAnswer
from newsroom.outside.links.walk import host_of

_TOGETHER = 20  # answers that are written at a time: what a killed process loses at most
_ENOUGH = 20  # of them to wait for


class RoundRecord:
    """Answers as they come, kept a few at a time."""

    def __init__(self, office: LinkOffice, mine: str, scope: RoundScope, number: int) -> None:
        self._office = office
        self._mine = mine
        self._scope = scope
        self._number = number
        self._waiting: list[tuple[str, LinkAnswer, datetime]] = []
        self._silent: set[str] = set()  # hosts, until the first one answers
        self._has_answered = False
        self._was_taken = False  # another process holds the round by now
        self.heard = 0

    @property
    def net_is_down(self) -> bool:
        """Whether hosts are silent and none has answered: then the fault may well be ours."""
        return not self._has_answered and bool(self._silent)

    @property
    def was_cut_short(self) -> bool:
        """Whether links are left because nobody was to ask for more."""
        return self.is_over() or self._scope.limit is not None

    def is_over(self) -> bool:
        """Whether nothing more is to be asked."""
        return self._was_taken or self._scope.is_over() or len(self._silent) >= _ENOUGH

    def hear(self, url: str, answer: LinkAnswer) -> None:
        """Take an answer down."""
        self.heard += 1
        if answer.shows_a_net:
            self._has_answered = True
            self._silent.clear()
        elif answer.lead is not Lead.PRIVATE and not self._has_answered:
            self._silent.add(host_of(url))
        self._waiting.append((url, answer, self._office.clock()))
        if self._has_answered and len(self._waiting) >= _TOGETHER:
            self.write()
        self._scope.progress(self.heard, self._number)

    def hear_witness(self, _url: str, answer: LinkAnswer) -> None:
        """Take down whether a host answers that nothing is kept of."""
        if answer.shows_a_net:
            self._has_answered = True

    def write(self) -> None:
        """Keep what was taken down, unless it is our own network that was silent."""
        if self.net_is_down:
            return
        with transaction(self._office.engine) as connection:
            now = self._office.clock()
            self._was_taken = not renew_round(connection, self._mine, now)
            if not self._was_taken:
                for url, answer, at in self._waiting:
                    links.keep_answer(connection, url, answer, at, self._office.zone)
        self._waiting.clear()
