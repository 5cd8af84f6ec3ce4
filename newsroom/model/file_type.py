"""What people call the types of files, in the text of a link and elsewhere."""

import re
from functools import cache

_NAMES = {
    "doc": "Word",
    "docx": "Word",
    "xls": "Excel",
    "xlsx": "Excel",
    "ppt": "PowerPoint",
    "pptx": "PowerPoint",
}
# A word that goes on is another one, excellent say; but for what Swedish joins to these names.
_AFTER = r"(?=[\W_]|$|ark(?:et)?\b|blad(?:et)?\b|dok|fil|format|mall|version)"


def type_of(name: str) -> str:
    """The type of a file by the end of its name: PDF, Word, or the ending itself."""
    ending = name.rpartition(".")[2].lower()
    return _NAMES.get(ending, ending.upper())


def says_type(words: str, name: str) -> bool:
    """Whether some words tell of what type the file of that name is."""
    return bool(_told(name.rpartition(".")[2].lower()).search(words))


@cache
def _told(ending: str) -> re.Pattern[str]:
    """What tells of a type: its ending, that of its older files, and its program."""
    names = {ending, ending.removesuffix("x"), type_of(ending)} - {""}
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, names))}){_AFTER}", re.IGNORECASE)
