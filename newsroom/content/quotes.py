"""A line of front matter whose value YAML cannot read without quotation marks around it."""

import re

from newsroom.model.saying import Saying, say

_UNQUOTED = re.compile(
    r"(?P<before>\s*(?:- )?(?P<key>[\w-]+):[ \t]+)(?P<value>[^\"'\[{|>\s].*?)(?P<after>\s*)"
)


def quoted_line(line: str) -> str | None:
    """The line with its value in quotation marks; None when it is not plain where that ends."""
    found = _UNQUOTED.fullmatch(line)
    if found is None or " #" in found["value"]:
        return None
    return f"{found['before']}{_in_quotes(found['value'])}{found['after']}"


def yaml_fix(line: str) -> Saying:
    """What to write in place of a line that is no YAML."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return say("indent with spaces, not tabs")
    if found := _UNQUOTED.fullmatch(line):
        return say("write {name}: {value}", name=found["key"], value=_in_quotes(found["value"]))
    return say("write each field as name: value, and put quotation marks around special signs")


def _in_quotes(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
