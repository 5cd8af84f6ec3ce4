"""`status`: how the newsroom fares, on one screen, in one line, or as JSON."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_glance, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.link_words import round_words
from newsroom.cli.moments import moment
from newsroom.cli.outlook import almanac, coming_words, state_words
from newsroom.cli.screen import Line, section
from newsroom.jobs.running.job_words import words_of
from newsroom.model.checkup import CheckVerdict
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying, joined, say
from newsroom.wiring import Desk

if TYPE_CHECKING:
    from datetime import datetime

    from newsroom.database.doctor_runs import DoctorRun
    from newsroom.database.job_runs import JobRun
    from newsroom.jobs.health.coming import Coming
    from newsroom.jobs.health.status import Status
    from newsroom.jobs.health.vitals import Marks

_SHOWN = 10  # of each sort on the one screen
_MEGABYTE, _GIGABYTE = 1_000_000, 1_000_000_000
_FEW = 10  # gigabytes: of fewer, each tenth counts
_OVER = {IssueState.DONE, IssueState.CANCELLED, IssueState.SKIPPED}


@click.command("status")
@click.option("--short", is_flag=True, help="In one line.")
@now_option
@json_option
@at_glance
def status_command(desk: Desk, as_json: bool, short: bool) -> None:  # noqa: FBT001
    """What asks for you, what is next, what waits and what happened; ends with 1 when it asks."""
    from newsroom.wiring.vitals import status

    found = status(desk)
    view = _View(desk, found)
    if as_json:
        from newsroom.cli.status_json import whole_status_json

        print_json(whole_status_json(found, view.coming, desk.site.timezone))
    elif short:
        click.echo(said(view.in_one_line()))
    else:
        for line in view.on_a_screen():
            click.echo(line)
    if found.cares:
        raise SystemExit(1)


class _View:
    """A status, and how it is told at a desk."""

    def __init__(self, desk: Desk, found: "Status") -> None:
        self._found = found
        self._vitals = found.vitals
        self._zone = desk.site.timezone
        self.coming = _next(desk, found)  # the next time of each job, the soonest first

    def in_one_line(self) -> Saying:
        """Whether somebody is asked, each issue that is not over, and what is next."""
        number = len(self._found.cares)
        asks = say("asks for you: {number}", number=number) if number else say("all is well")
        first = (say("next: {what}", what=self._coming(one)) for one in self.coming[:1])
        return joined("; ", (asks, *self._issues(only_open=True), *first))

    def on_a_screen(self) -> Iterator[str]:
        """A heading for each sort of thing; what there is nothing of is left out, or says so."""
        sections = (
            (say("To do"), self._cares(), say("nothing: all is well")),
            (say("Next"), self._coming_lines(), say("nothing")),
            (say("Waiting"), self._waiting(), say("nothing")),
            (say("Drafts"), self._drafts(), say("none")),
            (say("Newsletter"), self._issue_lines(), say("not approved yet")),
            (say("Mails"), self._mails(), None),
            (say("Came back"), self._returned(), None),
            (say("Channels"), self._channels(), None),
            (
                say("Has run"),
                self._runs(),
                say("nothing yet; newsroom run does what is next, at its time"),
            ),
            (say("Machine"), self._machine(), None),
        )
        for heading, lines, nothing in sections:
            told = [Line(said(line.words), said(line.before)) for line in lines]
            if not told and nothing is not None:
                told = [Line(said(nothing))]
            yield from section(said(heading), told)

    def _at(self, when: "datetime") -> Saying:
        return moment(when, self._zone)

    def _coming(self, one: "Coming") -> Saying:
        return joined("  ", (self._at(one.day), coming_words(one, self._zone)))

    def _cares(self) -> Iterator[Line]:
        from newsroom.cli.care_words import care_words

        return (Line(care_words(care, self._zone)) for care in self._found.cares)

    def _coming_lines(self) -> Iterator[Line]:
        return (Line(coming_words(one, self._zone), self._at(one.day)) for one in self.coming)

    def _waiting(self) -> Iterator[Line]:
        lines = (Line(f"{one.title} ({one.path})", self._at(one.at)) for one in self._found.waiting)
        return _some(lines, len(self._found.waiting))

    def _drafts(self) -> Iterator[Line]:
        lines = (Line(f"{one.title} ({one.path})") for one in self._found.drafts)
        return _some(lines, len(self._found.drafts))

    def _issue_lines(self) -> Iterator[Line]:
        from newsroom.cli.issue.lines import issue_lines

        return (line for tally in self._vitals.issues for line in issue_lines(tally, self._zone))

    def _issues(self, *, only_open: bool = False) -> Iterator[Saying]:
        from newsroom.jobs.issue.issue_status import status_line

        for tally in self._vitals.issues:
            if not (only_open and tally.state in _OVER):
                yield status_line(tally, self._zone)

    def _mails(self) -> Iterator[Line]:
        from newsroom.cli.mail_words import mails_line

        return (Line(mails_line(mails, self._zone)) for mails in self._vitals.mails)

    def _returned(self) -> Iterator[Line]:
        for one in self._vitals.returned:
            if one.kind == "complaint":
                yield Line(say("complaints in thirty days: {number}", number=one.number))
            else:
                yield Line(say("mails in thirty days: {number}", number=one.number))

    def _channels(self) -> Iterator[Line]:
        """What waits to be announced again by itself; the rest is to be done by somebody."""
        from newsroom.database.announcements import AnnouncementState

        for one in self._vitals.channels:
            if one.state is AnnouncementState.WAITING:
                why = one.reason or "-"
                yield Line(
                    say(
                        "{channel}: waits to be announced: {number} ({why})",
                        channel=one.channel,
                        number=one.count,
                        why=why,
                    )
                )

    def _runs(self) -> Iterator[Line]:
        for run in self._vitals.jobs:
            if not run.has_run:
                continue
            yield Line(self._run(run), self._at(run.due))

    def _run(self, run: "JobRun") -> Saying:
        """How a job went the last time, and when it is tried again; a reason is told once."""
        is_told = run.note in {care.note for care in self._found.cares}
        note = [run.note] if run.note and not is_told else []
        went = joined(": ", (words_of(run.job), state_words(run.state), *note))
        if run.state != "failed" or run.next_at is None:
            return went
        return joined("; ", (went, say("tried again from {at}", at=self._at(run.next_at))))

    def _machine(self) -> Iterator[Line]:
        labels, facts = zip(*self._facts(), strict=True)
        width = max(len(said(label)) for label in labels)
        for label, fact in zip(labels, facts, strict=True):
            yield Line(fact, said(label).ljust(width))

    def _facts(self) -> Iterator[tuple[Saying, Saying]]:
        """What is known of this machine, each with its name."""
        marks = self._vitals.marks
        yield say("built"), self._at(marks.built) if marks.built else say("never on this machine")
        if marks.backed_up:
            yield say("backup"), self._at(marks.backed_up)
        if marks.looked:
            yield say("clock"), self._at(marks.looked)
        if doctor := self._vitals.doctor:
            yield say("doctor"), joined(": ", (self._at(doctor.at), _verdict(doctor, marks)))
        if links := self._vitals.links:
            how = round_words(links, self._vitals.at, self._zone)
            dead = say("dead: {number}", number=self._vitals.dead_links)
            yield say("links"), joined("; ", (how, dead))
        if marks.disk:
            free, size = _in_units(marks.disk.free), _in_units(marks.disk.size)
            yield say("disk"), say("{free} of {size} free", free=free, size=size)


def _next(desk: Desk, found: "Status") -> "tuple[Coming, ...]":
    """The next time of each job, the soonest first."""
    schedule = desk.schedule_if_any()
    if schedule is None:
        return ()
    with almanac(desk, schedule) as book:
        return book.of(found.vitals.next, found.vitals.at)


def _verdict(found: "DoctorRun", marks: "Marks") -> Saying:
    """What the doctor said of all that mail stands on."""
    if not found.is_of(marks.mail_setup):
        return say("of another set-up; run: {command}", command="newsroom doctor")
    match found.verdict:
        case CheckVerdict.FAIL:
            return say("faults: {number}", number=len(found.failed))
        case CheckVerdict.WARN:
            return say("good, with warnings")
    return say("good")


def _some(lines: Iterable[Line], number: int) -> Iterator[Line]:
    """The first of them; the others are counted."""
    yield from islice(lines, _SHOWN)
    if number > _SHOWN:
        yield Line(say("and {number} more", number=number - _SHOWN))


def _in_units(octets: int) -> str:
    """A size for people."""
    if octets < _FEW * _GIGABYTE:
        return f"{octets // _MEGABYTE} MB"
    return f"{octets // _GIGABYTE} GB"
