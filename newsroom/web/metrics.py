"""The vital signs as figures in Prometheus' text format, version 0.0.4.

Labels are jobs, issues, states and kinds, of which there are few, and never a person or a host.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from newsroom import __version__
from newsroom.database.announcements import TROUBLED, AnnouncementState
from newsroom.jobs.health.cares import Worry, cares_of, is_well
from newsroom.jobs.health.vitals import Vitals
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState

_LANES = ("open", "paused", "stopped")


def exposition(vitals: Vitals) -> tuple[bytes, str]:
    """The figures, and the type that they are served as."""
    registry = CollectorRegistry()
    registry.register(_Figures(vitals))
    return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4


@dataclass(frozen=True, slots=True)
class _Figures(Collector):
    """All figures of one look."""

    vitals: Vitals

    def collect(self) -> Iterable[Metric]:
        yield from self._of_health()
        yield from self._of_jobs()
        yield from self._of_issues()
        yield from self._of_mails()
        yield from self._of_rounds()
        yield from self._of_marks()

    def _of_health(self) -> Iterator[Metric]:
        cares = cares_of(self.vitals)
        yield _one("newsroom_info", "The version that runs.", 1, version=__version__)
        yield _one("newsroom_healthy", "1 while the bot does all it should.", is_well(cares))
        found = [care.worry for care in cares]
        yield _many(
            "newsroom_cares",
            "What asks for a person, by worry.",
            "worry",
            ((worry, found.count(worry)) for worry in Worry if worry not in _OF_THE_DESK),
        )

    def _of_jobs(self) -> Iterator[Metric]:
        jobs, coming = self.vitals.jobs, self.vitals.next
        yield _many(
            "newsroom_job_last_due_timestamp_seconds",
            "The slot that a job ran last.",
            "job",
            ((run.job, run.due.timestamp()) for run in jobs if run.has_run),
        )
        yield _many(
            "newsroom_job_failures",
            "How often a job has failed, one upon another.",
            "job",
            ((run.job, run.failures) for run in jobs),
        )
        yield _many(
            "newsroom_job_next_due_timestamp_seconds",
            "The next slot of a job.",
            "job",
            ((slot.job, slot.due.timestamp()) for slot in coming),
        )

    def _of_issues(self) -> Iterator[Metric]:
        issues = self.vitals.issues
        copies = _Table("newsroom_issue_copies", "Copies of an issue, by state.", "issue", "state")
        states = _Table("newsroom_issue_state", "1 for where an issue stands.", "issue", "state")
        lanes = _Table("newsroom_issue_lanes", "Groups of mail hosts, by state.", "issue", "state")
        returned = _Table("newsroom_issue_returned", "Copies that came back.", "issue", "kind")
        for tally in issues:
            for state in DeliveryState:
                copies.add(getattr(tally, state.value), tally.issue, state)
            for course in IssueState:
                states.add(tally.state == course, tally.issue, course)
            for lane in _LANES:
                lanes.add(sum(one.state == lane for one in tally.lanes), tally.issue, lane)
            returned.add(tally.bounced, tally.issue, "bounce")
            returned.add(tally.complained, tally.issue, "complaint")
        yield from (copies.family, states.family, lanes.family, returned.family)
        yield _many(
            "newsroom_issue_oldest_pending_timestamp_seconds",
            "Since when the copy waits that has waited longest.",
            "issue",
            (
                (tally.issue, tally.oldest_pending.timestamp())
                for tally in issues
                if tally.oldest_pending is not None
            ),
        )

    def _of_mails(self) -> Iterator[Metric]:
        mails = self.vitals.mails
        yield _one("newsroom_mails_waiting", "Mails that wait.", sum(one.number for one in mails))
        since = [one.since.timestamp() for one in mails]
        yield from _if_any(
            "newsroom_mails_oldest_timestamp_seconds",
            "Since when one waits.",
            min(since, default=None),
        )
        yield _many(
            "newsroom_returned_30d",
            "Mails that came back in the last thirty days, by kind.",
            "kind",
            ((one.kind, one.number) for one in self.vitals.returned),
        )

    def _of_rounds(self) -> Iterator[Metric]:
        """What looks around by itself: announcements, links, the doctor."""
        waiting = dict.fromkeys((AnnouncementState.WAITING, *TROUBLED), 0)
        for one in self.vitals.channels:
            waiting[one.state] += one.count
        yield _many(
            "newsroom_announcements_open",
            "Announcements that wait, failed, or may have been made.",
            "state",
            waiting.items(),
        )
        yield _one("newsroom_dead_links", "Links to nothing.", self.vitals.dead_links)
        doctor = self.vitals.doctor
        if doctor is not None:
            failed = len(doctor.failed) if doctor.is_of(self.vitals.marks.mail_setup) else 0
            yield _one("newsroom_doctor_failed", "Checks that failed.", failed)
            at = doctor.at.timestamp()
            yield _one("newsroom_last_doctor_timestamp_seconds", "When the doctor looked.", at)

    def _of_marks(self) -> Iterator[Metric]:
        marks = self.vitals.marks
        for name, about, when in (
            ("last_build", "When a build last went well.", marks.built),
            ("last_backup", "When a backup last went well.", marks.backed_up),
            ("last_look", "When somebody last did what was due.", marks.looked),
        ):
            seconds = when.timestamp() if when else None
            yield from _if_any(f"newsroom_{name}_timestamp_seconds", about, seconds)
        if marks.disk is not None:
            yield _one("newsroom_disk_free_bytes", "Room on the disk.", marks.disk.free)
            yield _one("newsroom_disk_size_bytes", "The disk's size.", marks.disk.size)


# Nobody reads the folder for a monitor, nor what is to be expected of an issue.
_OF_THE_DESK = {Worry.CONTENT, Worry.UNDRAFTED, Worry.SENDER}


@dataclass(slots=True, init=False)
class _Table:
    """A family of figures with two labels."""

    family: GaugeMetricFamily

    def __init__(self, name: str, about: str, *labels: str) -> None:
        self.family = GaugeMetricFamily(name, about, labels=labels)

    def add(self, value: float, *labels: str) -> None:
        """One more figure."""
        self.family.add_metric([str(label) for label in labels], value)


def _one(name: str, about: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(name, about, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _many(name: str, about: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for of, value in values:
        family.add_metric([str(of)], value)
    return family


def _if_any(name: str, about: str, value: float | None) -> Iterator[Metric]:
    """A figure that there may be none of: 0 would be a lie."""
    if value is not None:
        yield _one(name, about, value)
