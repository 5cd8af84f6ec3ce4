"""What the fields of `schedule.yaml` are called by those who write them in Swedish."""

from collections.abc import Mapping

OTHER_NAMES: Mapping[str, str] = {
    "behåll": "keep",
    "dag": "day",
    "gallra": "housekeeping",
    "gallring": "housekeeping",
    "inom": "within",
    "kl": "at",
    "klockan": "at",
    "klockslag": "at",
    "länkar": "links",
    "mapp": "to",
    "månad": "month",
    "nyhetsbrev": "newsletter",
    "nyhetsbreven": "newsletter",
    "nyhetsbrevet": "newsletter",
    "publicera": "publish",
    "påminn": "remind",
    "påminnelse": "remind",
    "senaste": "latest",
    "spara": "keep",
    "studsar": "bounces",
    "säkerhetskopia": "backup",
    "säkerhetskopior": "backup",
    "tid": "at",
    "tidszon": "timezone",
    "till": "to",
    "utkast": "draft",
    "var": "every",
    "varje": "every",
}
