"""Whether anybody reads what comes back: without that, dead addresses stay on the list."""

from collections.abc import Iterator

from newsroom.model import Schedule
from newsroom.model.checkup import Remark, fine, unchecked, warning
from newsroom.model.saying import say
from newsroom.settings import Settings

_INBOX = "NEWSROOM_INBOX=imaps://user:password@host"
_ROUND = "bounces: {every: 15 minutes}"


def judge_returns(
    settings: Settings, schedule: Schedule | None, *, goes_further: bool
) -> Iterator[Remark]:
    """The inbox that is read, the provider that tells, or nobody; `schedule` None: not planned."""
    for provider, _ in settings.hooks:
        yield fine(say("{provider} tells what bounces", provider=provider))
    if settings.inbox is not None:
        yield _judge_rounds(schedule)
    elif not settings.hooks:
        yield _judge_silence(settings) if not goes_further else _nobody_reads()


def _judge_rounds(schedule: Schedule | None) -> Remark:
    if schedule and any(job.name == "bounces" for job in schedule.jobs):
        return fine(say("what comes back is read from the inbox, as schedule.yaml says"))
    return warning(
        say("there is an inbox for what comes back, and schedule.yaml never has it read"),
        say("write into schedule.yaml"),
        _ROUND,
    )


def _nobody_reads() -> Remark:
    return warning(
        say("nobody reads what comes back, so dead addresses stay on the list"),
        say("write into .env who may read that inbox, or set up a webhook at your provider"),
        _INBOX,
    )


def _judge_silence(settings: Settings) -> Remark:
    """Mail that stays here does not bounce; what is read of it later is not known yet."""
    before = say("before mail goes to readers, set NEWSROOM_INBOX or a webhook of your provider")
    if settings.outgoing is not None:
        return unchecked(
            say("no mail leaves this machine, so nothing comes back, and nobody would read it"),
            before,
        )
    return unchecked(
        say(
            "mail goes to a program on this machine that is no mail server, as far as its port "
            "tells; nobody reads what comes back"
        ),
        before,
    )
