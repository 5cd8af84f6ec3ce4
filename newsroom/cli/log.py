"""The log of a bot: what it does, in the language of the desk and by the clock on the wall."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.model.saying import Saying, say
from newsroom.render.sayings import in_language

_CHATTY = ("apscheduler", "alembic", "httpx", "dbos")
_MARKS = {logging.WARNING: say("Warning: "), logging.ERROR: say("Error: ")}


def keep_log(language: str, zone: ZoneInfo) -> None:
    """From now on what this process notes is written to stderr, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(DeskFormatter(language, zone))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class DeskFormatter(logging.Formatter):
    """Says what was noted as a saying in a language, and when, in a zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        super().__init__()
        self._language = language
        self._zone = zone

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        """The time, a mark for what is no mere note, and the words."""
        time = datetime.fromtimestamp(record.created, self._zone)
        mark = in_language(_MARKS.get(record.levelno, ""), self._language)
        return f"{time:%Y-%m-%d %H:%M:%S}  {mark}{self._words(record)}"

    def _words(self, record: logging.LogRecord) -> str:
        if isinstance(record.msg, Saying):
            return in_language(record.msg, self._language)
        return record.getMessage()
