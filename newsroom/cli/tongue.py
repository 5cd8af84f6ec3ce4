"""Which language the desk speaks, and having the commands speak it.

`newsroom --help` is to cost what starting Python costs, so that nothing but Python is imported
here, and of that only what is small: no pathlib, no locale.
"""

import gettext
import os
import re
from collections.abc import Callable, Mapping

# Read without YAML: the faults of a site.yaml that cannot be parsed are told in its language too.
_WRITTEN = re.compile(r"^language:[ \t]*[\"']?([A-Za-z]+(?:-[A-Za-z0-9]{2,8})*)", re.MULTILINE)
_LOCALE = re.compile(r"([a-z]{2,3})(?:[_.@].*)?")
_NAMES = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en"}
_LONGEST_CODE = 3  # letters, ISO 639

_CATALOGUES = f"{os.path.dirname(os.path.dirname(__file__))}/locale"
_DOMAIN = "commands"


def language_here(environ: Mapping[str, str]) -> str:
    """The language of the newsroom that one stands in, else of the terminal (BCP 47)."""
    try:
        folder = os.getcwd()
    except OSError:  # somebody has removed it
        return language_of(None, environ)
    while not os.path.isdir(f"{folder}/posts") and folder != "/":
        folder = os.path.dirname(folder)
    return language_of(folder, environ)


def language_of(root: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> str:
    """The language of the newsroom in `root`, else that of the terminal (BCP 47)."""
    return language_in(_site_yaml(root) if root else "") or _of_terminal(environ)


def language_in(site_yaml: str) -> str | None:
    """The language that the text of a site.yaml names, be it whole or not (BCP 47)."""
    written = _WRITTEN.search(site_yaml)
    return _code(written[1]) if written else None


def _of_terminal(environ: Mapping[str, str]) -> str:
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    of_terminal = _LOCALE.fullmatch(next(filter(None, names), ""))
    return of_terminal[1] if of_terminal else "en"


def _site_yaml(root: str | os.PathLike[str]) -> str:
    try:
        with open(f"{os.fspath(root)}/posts/site.yaml", encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _code(word: str) -> str | None:
    """The short name of a language, also of one written out: `svenska` is sv, and a fault."""
    if len(word.partition("-")[0]) <= _LONGEST_CODE:
        return word
    return _NAMES.get(word.lower())


def words_of(language: str) -> Callable[[str], str]:
    """What says a line of the overview in a language; English where there is no catalogue."""
    try:
        with open(
            f"{_CATALOGUES}/{language.partition('-')[0]}/LC_MESSAGES/{_DOMAIN}.mo", "rb"
        ) as file:
            return gettext.GNUTranslations(file).gettext
    except OSError:
        return str


def speak(language: str) -> None:
    """From now on click speaks this language, and so does what this process starts.

    click says everything through gettext, which takes its language from LANGUAGE.
    """
    os.environ["LANGUAGE"] = language.replace("-", "_")
    gettext.bindtextdomain(_DOMAIN, _CATALOGUES)
    gettext.textdomain(_DOMAIN)
