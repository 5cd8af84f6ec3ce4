"""Which language a text is in, as far as its small words tell."""

import re
from collections.abc import Mapping, Sequence

# Words that every longer text has and that the other language does not spell so.
_SWEDISH = """
    och att det som är på för med inte den ett av har till om vi ska från eller kan också när oss
    detta denna efter vid mot blir hur vad där deras vår ni än mycket alla
"""
_ENGLISH = """
    the of and to is that with this are was from have which not but will by been their we you it for
    as be or an our has can these they more its how what when were would
"""
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    "sv": frozenset(_SWEDISH.split()),
    "en": frozenset(_ENGLISH.split()),
}
# Spelt so much alike that their small words cannot be told from Swedish ones.
_NEIGHBOURS = {"da", "nb", "nn", "no", "fo"}
_WORD = re.compile(r"[a-zà-öø-ÿ]+")
_FEWEST = 60  # words: a shorter text may be all names, or a quotation
_MANY = 0.15  # of all words; ordinary prose has a quarter
_HARDLY_ANY = 0.02


def language_of(text: str, expected: str) -> str | None:
    """The language a text surely is in when it is not the expected one (BCP 47); else None."""
    own = expected.split("-", maxsplit=1)[0].lower()
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST:
        return None
    if own in _SMALL_WORDS and _share(own, words) > _HARDLY_ANY:
        return None  # as nearly every text
    shares = {lang: _share(lang, words) for lang in _SMALL_WORDS}
    found = max(shares, key=lambda lang: shares[lang])
    rest = max(share for lang, share in shares.items() if lang != found)
    if found == own or (found == "sv" and own in _NEIGHBOURS):
        return None
    return found if shares[found] >= _MANY and rest <= _HARDLY_ANY else None


def _share(lang: str, words: Sequence[str]) -> float:
    """How many of some words are small words of a language."""
    return sum(map(_SMALL_WORDS[lang].__contains__, words)) / len(words)
