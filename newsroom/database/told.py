"""Column types for sentences to the desk, which can be said in its language when they are read."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator

from newsroom.model.saying import Saying, told_again

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")  # by UTF-8, and by PostgreSQL
_BEGINS = '{"say":'  # how a saying begins in its column, and nothing else


class Told(TypeDecorator[str]):
    """A text for the desk: of a saying its template and values, of any other text the text itself.

    Old rows hold English sentences, and a server's words are nobody's to translate: those come
    back as they are.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """A saying as JSON; a plain text that looks like one is wrapped, never taken for one."""
        if value is None:
            return None
        if not isinstance(value, Saying):
            itself = told_again("{text}", {"text": value})
            return _packed(itself) if value.startswith(_BEGINS) else _storable(value)
        return _packed(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """What was told, as a saying where it was one."""
        if value is None or not value.startswith(_BEGINS):
            return value
        return _opened(json.loads(value))


class ToldSheet(TypeDecorator[Mapping[str, object]]):
    """Several such texts by name, and lists of them (given back as tuples)."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: Mapping[str, object] | None, _dialect: Dialect
    ) -> str | None:
        """The texts as JSON."""
        return None if value is None else _json(_plain_values(value))

    def process_result_value(
        self, value: str | None, _dialect: Dialect
    ) -> Mapping[str, object] | None:
        """What was told, each text a saying where it was one."""
        return None if value is None else {n: _value(v) for n, v in json.loads(value).items()}


def _packed(saying: Saying) -> str:
    return _json(_plain(saying))


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    """A value as JSON has it; what JSON has no form for is kept as its text."""
    match value:
        case Saying():
            return {"say": _storable(value.template), "with": _plain_values(value.values)}
        case datetime():
            return {"at": value.isoformat()}
        case tuple():
            return [_plain(each) for each in value]
        case int() | float() | None:
            return value
    return _storable(str(value))


def _storable(text: str) -> str:
    """A text as any database takes it: halves of a character, as in names of files, and NUL go."""
    return _NOT_STORABLE.sub("\ufffd", text)


def _plain_values(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in values.items()}


def _opened(packed: Mapping[str, Any]) -> Saying:
    return told_again(packed["say"], {n: _value(value) for n, value in packed["with"].items()})


def _value(value: Any) -> object:  # noqa: ANN401 (whatever JSON holds)
    match value:
        case {"at": moment}:
            return datetime.fromisoformat(moment)
        case {"say": _}:
            return _opened(value)
        case list():
            return tuple(_value(each) for each in value)
    return value
