"""What each job of the schedule does, in the words of the desk."""

from newsroom.model.saying import Saying, say
from newsroom.model.season import Season, find_season

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
