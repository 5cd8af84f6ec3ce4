"""Bounces that are no RFC 3464 reports: how one is known, and whether delivery really failed."""

import re

from newsroom.bounces.opened import Opened
from newsroom.bounces.replies import says_away

_LOOKED_AT = 4_000  # characters: what is said comes first
_SYSTEM = re.compile(
    r"mailer[-_ .]?daemon|post[-_ ]?master|mail[. ]?deliver\w*[. ]?(sub)?system|"
    r"mail ?er daemon|system administrator|systemadministrator|mail router|"
    r"(ndr|bounce|delivery|mail) (administrator|agent|service)|mdaemon|mail system|"
    r"mail ?sweeper|content[- ]filter|microsoft outlook|microsoft exchange",
    re.IGNORECASE,
)
_CAME_BACK = re.compile(
    r"undeliver|(un)?delivered mail|return(ed|ing) (mail|message|e-?mail|to sender)|"
    r"(mail|message|e-?mail)\w* (delivery )?(has )?(failed|failure|error)|failure noti(ce|"
    r"fication)|"
    r"delivery (status|has failed|fail|problem|report|error|notification)|"
    r"non[- ]?deliver|could ?n.?o?t be delivered|could not deliver|not delivered|"
    r"unable to deliver|error sending|rejected (mail|message)|nondeliver|"
    r"mail system error|trouble delivering|error message (below|follows)|blocked by|user unknown|"
    r"kunde inte levereras|gick inte att leverera|ej levererat|olevererbar|oleverer|"
    r"unzustellbar|nicht zugestellt|unzustellbarkeit|zustellung|fehlgeschlagen|"
    r"non remis|échec de (la )?remise|non distribu|remise impossible|non délivr|"
    r"kan ikke leveres|kunne ikke leveres|ikke leveret|uleverbar|"
    r"ei voitu toimittaa|toimitus epäonnistui|onbestelbaar|kan niet worden (bezorgd|afgeleverd)|"
    r"no se puede entregar|no se pudo entregar|no entregado|sin entregar|não (pode|foi) entreg|"
    r"impossibile (recapitare|consegnare)|mancato recapito|non recapitat|"
    r"недоставлен|не доставлен|не удалось доставить|nie (można|udało się) dostarczyć|niedostarcz|"
    r"nedoručiteln|配信できません|配送できません|お届けできません|送信に失敗|配信に失敗|"
    r"配信不能|送信できません|エラーメール|退信|无法投递",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"delay|warning: (message|could not send)|still (being )?retr|will (continue to )?(be )?retr|"
    r"you do not need to resend|no action is required|queued for|not yet been delivered|"
    r"försenad|verzögert|retardé|forsinket|viivästy|retrasad|ritardat|vertraagd|задерж",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"do not need to re-?send|warning (message )?only|will keep trying|will be retried|"
    r"not yet been delivered|attempts will continue|delivery is delayed|still being retried",
    re.IGNORECASE,
)
_GAVE_UP = re.compile(
    r"giv(en|ing) up|gave up|will not (be )?retr|no further|permanent|fatal|fail(ed|ure)|"
    r"cannot send message for|could not be delivered|expired|returned",
    re.IGNORECASE,
)
_WENT_WELL = re.compile(
    r"(successfully|was|been|has been) (delivered|relayed)|relayed to|delivered to (mailbox|the)|"
    r"delivery (successful|succeeded|complete)|^(relayed|delivered|expanded)\b",
    re.IGNORECASE,
)


def is_from_a_system(mail: Opened) -> bool:
    """Whether a mail system wrote of a message that it could not deliver, or not yet."""
    head, subject = mail.head, mail.head.first("subject")
    if head.every("x-failed-recipients"):  # Exim and Gmail
        return True
    says_so = bool(_CAME_BACK.search(subject))
    if says_away(mail) and not says_so:
        return False
    sender = f"{head.first('from')} {head.first('sender')}"
    is_likely = (
        says_so
        or bool(_SYSTEM.search(sender))
        or head.first("return-path") == "<>"
        or bool(mail.original)
    )
    return is_likely and (says_so or bool(_CAME_BACK.search(mail.words[:_LOOKED_AT])))


def is_no_failure(mail: Opened) -> bool:
    """Whether a system says only that a message is late, or that it went on its way."""
    subject, words = mail.head.first("subject"), mail.words[:_LOOKED_AT]
    if _WENT_WELL.search(subject) or _GOES_ON.search(words):
        return True
    return any(_NOT_YET.search(text) and not _GAVE_UP.search(text) for text in (subject, words))
