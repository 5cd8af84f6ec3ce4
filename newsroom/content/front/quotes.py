"""A line of front matter whose value YAML cannot read without quotation marks around it."""

import re

from newsroom.model.saying import Saying, say

_UNQUOTED = re.compile(
    r"(?P<before>\s*(?:- )?(?P<key>[\w-]+):[ \t]+)(?P<value>[^\"'\[{|>\s].*?)(?P<after>\s*)"
)
# What opens a list, a mapping or a text, and what closes it.
PAIRS = {"[": "]", "{": "}", '"': '"', "'": "'"}
_BACKSLASH = re.compile(r"(?P<before>\s*(?:- )?[\w-]+:[ \t]+)\"(?P<value>[^\"']*\\[^\"']*)\"\s*")
_LATE_TEXT = re.compile(r"\s*[\w-]+:[ \t]+[|>][+-]?[ \t]*[^\s#].*")


def quoted_line(line: str) -> str | None:
    """The line with its value in quotation marks; None when it is not plain where that ends."""
    found = _UNQUOTED.fullmatch(line)
    if found is None or " #" in found["value"]:
        return None
    return f"{found['before']}{in_quotes(found['value'])}{found['after']}"


def yaml_fix(line: str) -> Saying:
    """What to write in place of a line that is no YAML."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return say("indent with spaces, not tabs")
    if found := _BACKSLASH.fullmatch(line):
        return say("write {words}", words=f"{found['before'].strip()} '{found['value']}'")
    if _LATE_TEXT.fullmatch(line):
        return say("write the text on the lines below, with two spaces before each")
    if found := _UNQUOTED.fullmatch(line):
        return say("write {name}: {value}", name=found["key"], value=in_quotes(found["value"]))
    return say("write each field as name: value, and put quotation marks around special signs")


def in_quotes(value: str) -> str:
    """The value in quotation marks, in place of those around it if it has any."""
    for sign in ("'", '"'):
        if len(value) > 1 and value[0] == value[-1] == sign:
            value = value[1:-1]
            break
    if '"' in value and "'" not in value and "\\" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
