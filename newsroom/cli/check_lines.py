"""The doctor's checks as lines for people: what each is about, what was found, what to do."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from newsroom.cli.check_words import CHECKS, GROUPS
from newsroom.cli.language import said
from newsroom.cli.screen import WIDTH, plain
from newsroom.model.checkup import Check, CheckVerdict, Remark
from newsroom.model.saying import Saying, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ARROW = "→ "
_VERDICTS = {
    CheckVerdict.FAIL: (say("fail"), "red"),
    CheckVerdict.WARN: (say("warn"), "yellow"),
    CheckVerdict.UNKNOWN: (say("not checked"), None),
    CheckVerdict.OK: (say("ok"), "green"),
}


def check_lines(checks: Sequence[Check]) -> Iterator[str]:
    """The checks under the headings of their groups, and how many came out how."""
    group = ""
    for check in checks:
        if check.group != group:
            if group:
                yield ""
            group = check.group
            yield said(GROUPS[group])
        yield from _check(check)
    yield ""
    yield said(_summary(checks))


def _check(check: Check) -> Iterator[str]:
    """A check with its verdict before it; what to do stands below what was found."""
    word, colour = _VERDICTS[check.verdict]
    margin = 2 + _width() + 1
    first, *others = check.remarks
    head, *rest = _wrapped(joined(": ", (CHECKS[check.name], first.detail)), margin)
    yield f"  {click.style(f'{said(word):<{_width()}}', fg=colour)} {head[margin:]}"
    yield from rest
    told = [first]
    for remark in others:
        if remark.advice != told[-1].advice:
            yield from _advice(told[-1], margin)
        yield from _wrapped(remark.detail, margin)
        told.append(remark)
    yield from _advice(told[-1], margin)


def _advice(remark: Remark, margin: int) -> Iterator[str]:
    """What to do; what is to be copied stands alone, in one line however long it is."""
    if remark.fix is None or remark.verdict is CheckVerdict.OK:
        return
    fix = remark.fix if remark.write is None else say("{fix}:", fix=remark.fix)
    yield from _wrapped(fix, margin, _ARROW)
    if remark.write is not None:
        yield f"{'':{margin + len(_ARROW)}}{plain(remark.write)}"


def _wrapped(text: Saying, margin: int, mark: str = "") -> list[str]:
    """A text in lines of 80 columns behind a margin; no address and no command is cut."""
    return textwrap.wrap(
        plain(said(text)),
        WIDTH,
        initial_indent=f"{'':{margin}}{mark}",
        subsequent_indent=f"{'':{margin + len(mark)}}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _width() -> int:
    """Of the longest verdict, in the reader's language."""
    return max(len(said(word)) for word, _ in _VERDICTS.values())


def _summary(checks: Sequence[Check]) -> Saying:
    counted = {each: sum(check.verdict is each for check in checks) for each in CheckVerdict}
    parts = (
        say("{number} to mend", number=counted[CheckVerdict.FAIL]),
        say("{number} to look at", number=counted[CheckVerdict.WARN]),
        say("{number} not checked", number=counted[CheckVerdict.UNKNOWN]),
        say("{number} in order", number=counted[CheckVerdict.OK]),
    )
    return joined(", ", parts)
