"""A line of front matter whose value YAML cannot read without quotation marks around it."""

import re

from newsroom.model.saying import Saying, say

_UNQUOTED = re.compile(
    r"(?P<before>\s*(?:- )?(?P<key>[\w-]+):[ \t]+)(?P<value>[^\"'\[{|>\s].*?)(?P<after>\s*)"
)
# What opens a list, a mapping or a text, and what closes it.
PAIRS = {"[": "]", "{": "}", '"': '"', "'": "'"}
# Typed, or put there by a word processor; none of them is a part of the text when all of it is in
# them, and it needs others.
_AROUND = frozenset(["''", '""', "””", "“”", "„“", "„”", "’’", "‘’", "»»", "»«", "«»"])


def quoted_line(line: str) -> str | None:
    """The line with its value in quotation marks; None when it is not plain where that ends."""
    found = _UNQUOTED.fullmatch(line)
    if found is None or " #" in found["value"]:
        return None
    return f"{found['before']}{in_quotes(found['value'])}{found['after']}"


def yaml_fix(line: str) -> Saying:
    """What to write in place of a line that is no YAML."""
    if found := _UNQUOTED.fullmatch(line):
        return say("write {name}: {value}", name=found["key"], value=in_quotes(found["value"]))
    return say("write each field as name: value, and put quotation marks around special signs")


def is_in_fancy_quotes(value: str) -> bool:
    """Whether all of a text stands in quotation marks that YAML takes for letters."""
    return len(value) > 1 and value[0] + value[-1] in _AROUND and value[0] not in "\"'"


def in_quotes(value: str) -> str:
    """The value in quotation marks, in place of those around it if it has any."""
    if len(value) > 1 and value[0] + value[-1] in _AROUND:
        value = value[1:-1]
    if '"' in value and "'" not in value and "\\" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
