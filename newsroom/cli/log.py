"""The log of a bot: what it does, in the language of the desk and by the clock on the wall.

What libraries note, and what breaks in a thread, goes the same way. No address, token or secret
passes (see `hush`).
"""

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from zoneinfo import ZoneInfo

from newsroom.cli.hush import Hush
from newsroom.cli.screen import plain
from newsroom.model.saying import Saying, say
from newsroom.render.sayings import in_language
from newsroom.settings import Settings
from newsroom.settings.watching import JSON

log = logging.getLogger(__name__)

_CHATTY = ("apscheduler", "alembic", "httpx", "httpcore", "dbos", "uvicorn")
_OWN_WAYS = ("dbos",)  # writes by itself unless somebody listens
_FAULT = say("Error: ")
_MARKS = {logging.WARNING: say("Warning: "), logging.ERROR: _FAULT, logging.CRITICAL: _FAULT}


def keep_log(settings: Settings, language: str, zone: ZoneInfo, level: int = logging.INFO) -> None:
    """From now on what this process notes is written to stderr, a line each."""
    hush = Hush(settings.secrets)
    handler = logging.StreamHandler()
    if settings.log == JSON:
        handler.setFormatter(JsonFormatter(language, hush))
    else:
        handler.setFormatter(DeskFormatter(language, zone, hush))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _OWN_WAYS:
        logging.getLogger(name).addHandler(logging.NullHandler())


def begin_log(form: str, language: str) -> None:
    """Until the settings are read: what keeps them from being read is told to programs, too."""
    if form == JSON:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter(language, Hush(())))
        logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def note_end(words: str) -> bool:
    """Note why the command ends, where each line of it is for a program; else false."""
    handlers = logging.getLogger().handlers
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in handlers):
        return False
    log.error(words)
    return True


def note_all_that_breaks() -> None:
    """From now on warnings, and what ends a thread or this process, are notes like any other."""
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_broke
    sys.excepthook = _broke


class DeskFormatter(logging.Formatter):
    """Says what was noted as a saying in a language, and when, in a zone."""

    def __init__(self, language: str, zone: ZoneInfo, hush: Hush) -> None:
        super().__init__()
        self._language = language
        self._zone = zone
        self._hush = hush

    def format(self, record: logging.LogRecord) -> str:
        """A line, and below it what broke; nothing that is nobody's business."""
        return self._hush(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        """The time, a mark for what is no mere note, and the words."""
        time = datetime.fromtimestamp(record.created, self._zone)
        mark = in_language(_MARKS.get(record.levelno, ""), self._language)
        # What a server said may hold line breaks: no line of ours begins with its words.
        first, *others = _words(record, self._language).splitlines() or [""]
        words = "\n    ".join(plain(line) for line in (first, *others))
        return f"{time:%Y-%m-%d %H:%M:%S}  {mark}{words}"


class JsonFormatter(logging.Formatter):
    """An object on a line for each note: `at` (UTC), `level`, `message`, `logger`, `fault`."""

    def __init__(self, language: str, hush: Hush) -> None:
        super().__init__()
        self._language = language
        self._hush = hush

    def format(self, record: logging.LogRecord) -> str:
        """The object; `fault` is what broke, where something did."""
        at = datetime.fromtimestamp(record.created, UTC)
        told = {
            "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "level": record.levelname.lower(),
            "message": self._hush(_words(record, self._language)),
            "logger": record.name,
        }
        if record.exc_info:
            told["fault"] = self._hush(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def _words(record: logging.LogRecord, language: str) -> str:
    if isinstance(record.msg, Saying):
        return in_language(record.msg, language)
    return record.getMessage()


def _thread_broke(told: threading.ExceptHookArgs) -> None:
    """A thread ended by what nobody caught."""
    if told.exc_type is not SystemExit:
        name = told.thread.name if told.thread else "?"
        fault = told.exc_value or told.exc_type()
        log.error(say("the {part} broke off", part=name), exc_info=fault)


def _broke(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """The process ends by what nobody caught."""
    log.critical(say("newsroom broke off"), exc_info=(kind, fault, trace))
