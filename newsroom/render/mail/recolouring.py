"""Whether a letter can still be read where a mail program changes its colours (dark mode).

Apple Mail obeys our own dark scheme. Gmail and Outlook make letters dark by themselves: some turn
every colour over, some only the light papers and the dark words.
"""

from collections.abc import Callable, Iterable, Iterator
from colorsys import hls_to_rgb, rgb_to_hls

from newsroom.model.saying import say
from newsroom.render.look.colour import READABLE, contrast
from newsroom.render.mail.fault import Fault, Faults
from newsroom.render.mail.runs import Run, runs
from newsroom.render.mail.support import media_blocks

_DARKEST = 0.13  # lightness of the paper that programs put in place of white: no black
_MIDDLE = 0.5

Shown = tuple[str, str]  # words and paper, as #rrggbb


def as_written(ink: str, paper: str) -> Shown:
    """The colours as they are."""
    return ink, paper


def wholly_inverted(ink: str, paper: str) -> Shown:
    """As Gmail on an iPhone and Outlook for Windows do it: light for dark, with the same hue."""
    return _turned(ink), _turned(paper)


def partly_inverted(ink: str, paper: str) -> Shown:
    """As Outlook on the web and Gmail on Android do it: dark papers and light words stay."""
    return (
        _turned(ink) if _lightness(ink) < _MIDDLE else ink,
        _turned(paper, _DARKEST) if _lightness(paper) > _MIDDLE else paper,
    )


MODELS: dict[str, Callable[[str, str], Shown]] = {
    "as written": as_written,
    "wholly inverted": wholly_inverted,
    "partly inverted": partly_inverted,
}


def contrast_faults(html: str) -> Faults:
    """The words of a letter that cannot be read in one of the ways in which it is shown."""
    from lxml.html import document_fromstring

    for name, model in MODELS.items():
        yield from _unreadable(runs(document_fromstring(html)), model, name)
    if in_the_dark(html) != html:
        yield from _unreadable(runs(document_fromstring(in_the_dark(html))), as_written, "dark")


def in_the_dark(html: str) -> str:
    """A letter as a program shows it that obeys its dark scheme."""
    from css_inline import CSSInliner

    rules = "".join(
        html[html.index("{", start) + 1 : end - 1]
        for start, end in media_blocks(html, "prefers-color-scheme: dark")
    )
    if not rules:
        return html
    return str(CSSInliner(extra_css=rules, load_remote_stylesheets=False).inline(html))


def _unreadable(found: Iterable[Run], model: Callable[[str, str], Shown], name: str) -> Faults:
    """Each pair of colours once, by the first words that have it."""
    pairs: dict[Shown, Run] = {}
    for run in found:
        pairs.setdefault((run.ink, run.paper), run)
    for (ink, paper), run in pairs.items():
        ratio = contrast(*model(ink, paper))
        if ratio < READABLE:
            yield Fault("mail-contrast", _message(run, ratio, name), _fix())


def _message(run: Run, ratio: float, name: str) -> str:
    said = {"words": run.words, "ink": run.ink, "paper": run.paper, "ratio": f"{ratio:.1f}"}
    if name == "as written":
        return say('"{words}" ({ink} on {paper}) has a contrast of {ratio}:1', **said)
    if name == "dark":
        return say(
            '"{words}" ({ink} on {paper}) has a contrast of {ratio}:1 in the dark scheme', **said
        )
    return say(
        '"{words}" ({ink} on {paper}) has a contrast of {ratio}:1 '
        "where a mail program darkens letters by itself",
        **said,
    )


def _fix() -> str:
    return say("choose colours further apart: 4.5:1 at least")


def _turned(colour: str, floor: float = 0.0) -> str:
    """A colour with its lightness turned over, no darker than `floor`."""
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    turned = hls_to_rgb(hue, max(floor, 1 - lightness), saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in turned)


def _lightness(colour: str) -> float:
    return rgb_to_hls(*_channels(colour))[1]


def _channels(colour: str) -> Iterator[float]:
    return (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
