"""What each job of the schedule does, in the words of the desk, and the command that does it."""

from newsroom.model import Schedule, Slot
from newsroom.model.saying import Saying, say
from newsroom.model.season import Season, find_season
from newsroom.schedule import issue_name

_SEASONS = {
    Season.SPRING: say("spring"),
    Season.SUMMER: say("summer"),
    Season.AUTUMN: say("autumn"),
    Season.WINTER: say("winter"),
}


def words_of(job: str) -> Saying:
    """What a job does."""
    match job.split("."):
        case ["newsletter", season, step]:
            return _of_issue(_season_words(season), step)
        case ["publish"]:
            return say("publish what has come")
        case ["housekeeping"]:
            return say("erase what need not be kept of readers")
        case ["links"]:
            return say("try the links to other sites")
        case ["bounces"]:
            return say("fetch the mails that came back")
        case ["backup"]:
            return say("make a backup")
    return say("the job {job}", job=job)


def failure_words(job: str) -> Saying:
    """That a job does not do what it is for."""
    if job == "links":
        return say("The links could not be tried")
    return say("It does not work: {what}", what=words_of(job))


def command_of(schedule: Schedule, slot: Slot) -> str | None:
    """What a person types to have done what a slot was for; None where its next time does it."""
    match slot.job.split("."):
        case ["publish"]:
            return "newsroom publish"
        case ["newsletter", _, "draft" | "send" as step]:
            return f"newsroom issue {step} {issue_name(schedule, slot)}"
        case ["newsletter", *_]:
            return f"newsroom issue review {issue_name(schedule, slot)}"
        case ["links"]:
            return "newsroom check --links"
        case ["bounces"]:
            return "newsroom inbox fetch"
        case ["backup"]:
            return "newsroom backup FILE"
    return None


def _of_issue(season: str, step: str) -> Saying:
    match step:
        case "draft":
            return say("newsletter, {season}: the draft is written", season=season)
        case "remind":
            return say("newsletter, {season}: the approvers are reminded", season=season)
    return say("newsletter, {season}: it is sent", season=season)


def _season_words(name: str) -> str:
    season = find_season(name)
    return _SEASONS[season] if season else name
