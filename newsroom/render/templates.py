"""The templates of pages and mails, and the one way to render one in a language."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsroom.errors import ContentError
from newsroom.model.saying import Saying
from newsroom.render.consent import consent_wording
from newsroom.render.look.compact import compact
from newsroom.render.template_fault import letters_fault, template_fault
from newsroom.render.text.opening import opening
from newsroom.render.text.timetable import timetable
from newsroom.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from markupsafe import Markup

_WHOLE = re.compile(r"(?:kl\.\s)?\d[\d.:]*–\d[\d.:]*|kl\.\s\d[\d.:]*")
_TIME_CELL = re.compile(rf"<td>({_WHOLE.pattern})</td>")
_NAME = re.compile(r"\w\S*")
_AROUND = ("frame", "words", "gettext", "ngettext")  # what a template printed once is given
_MOST_KNOWN = 100
_TEXTS = {".css", ".html", ".js", ".svg", ".txt", ".xml"}
_PACKAGE = Path(__file__).parent.parent


def default_templates() -> Path:
    """The packaged templates: inside a wheel, else at the top of the repository."""
    packaged = _PACKAGE / "packaged" / "templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"


class Templates:
    """Templates from some folders, of which the first that has a file wins.

    The last folder's own stay within reach as `packaged/…`, so that one that wins can build on it.
    Everything is escaped unless marked safe, and a name that nobody gave is an error. Jinja is
    taken in when the first template is printed: most builds print few pages, or none.
    """

    def __init__(self, folders: Sequence[Path], cache: Path | None = None) -> None:
        """`cache` is a folder that may keep the templates in compiled form."""
        self.folders = tuple(folders)
        self._cache = cache

    def text(self, name: str) -> str:
        """A template as it is written. Raises TemplateNotFound when there is none."""
        for folder in self.folders:
            with suppress(FileNotFoundError):
                return (folder / name).read_text(encoding="utf-8")
        return self._environment.get_template(name).render()  # which raises, and says it well

    def render(self, name: str, words: Words | None = None, **values: object) -> str:
        """The template `name`, in the language of `words`, which it also gets as `words`.

        Raises ContentError, naming the file and its line, when a template is not right.
        """
        try:
            template = self._environment.get_template(name)
            if words is None:
                return template.render(values)
            translate = {"gettext": _escaping(words), "ngettext": _escaping_plural(words)}
            return template.render(values, words=words, **translate)
        except Exception as fault:
            wrong = isinstance(fault, UnicodeDecodeError)
            told = self._wrong_letters() if wrong else template_fault(fault, self.folders)
            if told is None:
                raise
            raise ContentError(told) from fault

    def _wrong_letters(self) -> Saying | None:
        """What is not in UTF-8: Jinja does not say which file it was at."""
        files = [file for folder in self.folders for file in sorted(folder.rglob("*"))]
        texts = (file for file in files if file.suffix in _TEXTS)
        found = (letters_fault(file, file.read_bytes(), self.folders) for file in texts)
        return next(filter(None, found), None)

    def make_ready(self) -> None:
        """Take Jinja in, and the templates of pages, ahead of the first page.

        Child processes that are forked after this do not compile them once more. One that is not
        right is told of by the pages that need it.
        """
        from jinja2 import TemplateError

        for name in self._environment.list_templates(extensions=["html"]):
            if name.startswith("site/"):
                with suppress(TemplateError, OSError, UnicodeError):
                    self._environment.get_template(name)

    @cached_property
    def _environment(self) -> "Environment":
        from jinja2 import (
            ChoiceLoader,
            Environment,
            FileSystemBytecodeCache,
            FileSystemLoader,
            PrefixLoader,
            StrictUndefined,
        )

        if self._cache is not None:
            self._cache.mkdir(parents=True, exist_ok=True)
        wins = FileSystemLoader([str(folder) for folder in self.folders])
        packaged = FileSystemLoader([str(folder) for folder in self.folders[-1:]])
        made = Environment(
            loader=ChoiceLoader([wins, PrefixLoader({"packaged": packaged})]),
            bytecode_cache=FileSystemBytecodeCache(str(self._cache)) if self._cache else None,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        made.filters.update(
            compact=compact,
            host=_host,
            initials=_initials,
            opening=opening,
            scrolling=_scrolling,
            steady=_steady,
            timetable=timetable,
            webcal=_webcal,
        )
        made.globals.update(consent_wording=consent_wording, once=_once(made))
        # The flag makes {% trans %} pass its variables; which language is meant, `render` says.
        made.newstyle_gettext = True  # type: ignore[attr-defined]
        return made


def _once(environment: "Environment") -> Callable[..., "Markup"]:
    """`once(name, …)` for templates: another one, printed with the frame, the words and `…`.

    What comes out is remembered, since most of what surrounds a page is the same on all of them.
    """
    from jinja2 import pass_context
    from markupsafe import Markup

    known: dict[tuple[object, ...], Markup] = {}

    @pass_context
    def once(context: "Context", name: str, /, **values: object) -> Markup:
        given = {name: context[name] for name in _AROUND}
        key = (name, given["frame"].digest, given["words"], *values.items())
        if key not in known:
            if len(known) >= _MOST_KNOWN:  # a process that stays sees many frames
                known.clear()
            text = environment.get_template(name).render(given, **values)
            known[key] = Markup(text)  # noqa: S704 (a template's own output, escaped there)
        return known[key]

    return once


def _host(url: str) -> str:
    """The host of an address, as it is written for people: kvarnmo.example."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _initials(name: str) -> str:
    """The first letters of the first and the last name: AE; signs around them do not count."""
    first, *others = [found[0] for found in _NAME.finditer(name)] or [""]
    return first[:1] + (others[-1][:1] if others else "")


def _steady(text: str) -> "Markup":
    """A text in which no line ends inside 17–18 or kl. 13.00–14.30."""
    from markupsafe import Markup, escape

    kept = _WHOLE.sub(r'<span class="whole">\g<0></span>', str(escape(text)))
    return Markup(kept)  # noqa: S704 (escaped, then two tags of our own)


def _webcal(url: str) -> str:
    """The address of a calendar that asks a telephone to subscribe rather than to download."""
    return url.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1)


def _scrolling(html: str, label: str) -> "Markup":
    """Sanitised HTML with each table in a box that scrolls, also from the keyboard.

    A cell that is nothing but a time is kept on one line.
    """
    from markupsafe import Markup, escape

    start = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(label)}"><table'
    boxed = html.replace("<table", start).replace("</table>", "</table></div>")
    return Markup(_TIME_CELL.sub(r'<td class="whole">\1</td>', boxed))  # noqa: S704 (sanitised by render_html)


@cache
def _escaping(words: Words) -> Callable[..., str]:
    """`gettext` for templates: messages are trusted, what is filled into them is escaped.

    Every page has the same few dozen, so each is looked up once.
    """
    from markupsafe import Markup

    @cache
    def known(message: str) -> Markup:
        return Markup(words.gettext(message))  # noqa: S704 (our own catalogues)

    def translate(message: str, /, **variables: object) -> str:
        return known(message) % variables

    return translate


@cache
def _escaping_plural(words: Words) -> Callable[..., str]:
    from markupsafe import Markup

    def translate(singular: str, plural: str, n: int, /, **variables: object) -> str:
        message = Markup(words.ngettext(singular, plural, n))  # noqa: S704 (our own catalogues)
        return message % {"num": n, **variables}

    return translate
