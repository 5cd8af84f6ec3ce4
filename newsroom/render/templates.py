"""The Jinja environment of pages and mails, and the one way to render a template in a language."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = Path(__file__).parent.parent


def default_templates() -> Path:
    """The packaged templates: inside a wheel, else at the top of the repository."""
    packaged = _PACKAGE / "packaged" / "templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"


def environment(folders: Sequence[Path]) -> "Environment":
    """Templates from the folders, the first that has a file wins.

    Everything is escaped unless marked safe, and a name that nobody gave is an error.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    # The flag makes {% trans %} pass its variables; which language is meant, `render` says.
    templates.newstyle_gettext = True  # type: ignore[attr-defined]
    return templates


def render(templates: "Environment", name: str, words: Words, **values: object) -> str:
    """The template `name` in the language of `words`, which it also gets as `words`."""
    return templates.get_template(name).render(
        values,
        words=words,
        gettext=_escaping(words.gettext),
        ngettext=_escaping_plural(words.ngettext),
    )


def _escaping(gettext: Callable[[str], str]) -> Callable[..., str]:
    """`gettext` for templates: messages are trusted, what is filled into them is escaped."""
    from markupsafe import Markup

    def translate(message: str, /, **variables: object) -> str:
        return Markup(gettext(message)) % variables  # noqa: S704 (our own catalogues)

    return translate


def _escaping_plural(ngettext: Callable[[str, str, int], str]) -> Callable[..., str]:
    from markupsafe import Markup

    def translate(singular: str, plural: str, n: int, /, **variables: object) -> str:
        message = Markup(ngettext(singular, plural, n))  # noqa: S704 (our own catalogues)
        return message % {"num": n, **variables}

    return translate
