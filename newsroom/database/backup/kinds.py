"""What a column holds, in words that mean the same on every database, and its values as JSON.

What is written down is what the database holds: a sentence for the desk stays packed as it is
(`told`), so nothing that it was made of is lost on the way.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Text,
)
from sqlalchemy.types import TypeEngine

from newsroom.database.tables import Moment

# The order counts: a type is of the first kind that it is an instance of.
_OF: Final = (
    (JSON, "json"),
    (Boolean, "boolean"),
    (DateTime, "moment"),
    (Integer, "integer"),
    ((Float, Numeric), "number"),
    (LargeBinary, "bytes"),
    (String, "text"),
)
_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    "json": JSON(none_as_null=True),
    "boolean": Boolean(),
    "moment": Moment(),
    "integer": BigInteger(),
    "number": Float(),
    "bytes": LargeBinary(),
    "text": Text(),
}
_TO_JSON: Final[dict[str, Callable[[Any], Any]]] = {
    "moment": lambda moment: moment.astimezone(UTC).isoformat(),
    "bytes": lambda raw: b64encode(raw).decode(),
}
_FROM_JSON: Final[dict[str, Callable[[Any], Any]]] = {
    "moment": datetime.fromisoformat,
    "bytes": b64decode,
}


def kind_of(column: TypeEngine[Any]) -> str:
    """What a column of a database holds. Raises TypeError for what no table of ours has."""
    for kind_of_type, kind in _OF:
        if isinstance(column, kind_of_type):
            return kind
    raise TypeError(f"no kind for {column!r}")


def type_of(kind: str) -> TypeEngine[Any]:
    """The type that reads and writes a kind. Raises KeyError for a kind that there is not."""
    return _TYPES[kind]


def to_json(kind: str, value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    """A value as JSON has it."""
    change = _TO_JSON.get(kind)
    return value if value is None or change is None else change(value)


def from_json(kind: str, value: Any) -> Any:  # noqa: ANN401
    """The value again."""
    change = _FROM_JSON.get(kind)
    return value if value is None or change is None else change(value)
