"""What the links of a newsroom can lead to: its pieces, its files, and the pages of the site."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import PurePosixPath

from newsroom.content.front.lookalikes import Lookalikes
from newsroom.model import SECTIONS, Addresses, Card, Site, slugify
from newsroom.model.address import OTHER_FOLDERS

# The sections with a page for each piece, and perhaps for years and months, but no others.
_WITH_YEARS = ("news", "events", "members", "publications", "issues")


class Destinations:
    """Every piece by its file and its addresses, and every file of the folder.

    What a link means is told as `text_links.links_of` gives it: a file by its path from the root,
    or an address on the site with a slash before it.
    """

    def __init__(self, cards: Iterable[Card], files: AbstractSet[str], site: Site) -> None:
        self.cards = tuple(cards)
        self.site = site
        self._files = files
        self._by_source = {card.source: card for card in self.cards}

    def piece(self, meaning: str) -> Card | None:
        """The piece that a link leads to; None when it leads to anything else."""
        if meaning.startswith("/"):
            return self._by_address.get(_plain(meaning))
        return self._by_source.get(meaning) or self._by_source.get(f"{meaning}/index.md")

    def is_there(self, meaning: str) -> bool:
        """Whether what a link leads to is there; of the site's own pages, in doubt it is."""
        if self.piece(meaning):
            return True
        if not meaning.startswith("/"):
            return meaning in self._files or f"{meaning}/index.md" in self._files
        words = _plain(meaning).split("/")
        section = self._sections.get(words[0])
        if section == "files":
            return "/".join(["posts", *words[1:]]) in self._files
        if "." in words[-1] or words[0] in {"", *OTHER_FOLDERS}:
            return True
        if section == "tags":
            return len(words) == 1 or words[1] in self._tags
        if section in _WITH_YEARS:
            return all(word.isdigit() for word in words[1:])
        return section is not None or len(words) > 1

    def near(self, source: PurePosixPath, meaning: str) -> tuple[str, ...]:
        """How a link in `source` is written to the files that were perhaps meant by another.

        Those beside it, and those of its name anywhere: a few, however many files there are.
        """
        folder, _, name = meaning.rpartition("/")
        beside, named = self._by_folder.get(folder), self._by_name.get(name)
        files = [*(beside.of(meaning) if beside else ()), *(named.of(meaning) if named else ())]
        return tuple(posixpath.relpath(f"/{file}", f"/{source.parent}") for file in files)

    @cached_property
    def _by_address(self) -> Mapping[str, Card]:
        """The pieces by where they are, and once were; contacts have one page together."""
        pages = [card for card in self.cards if "#" not in card.address]
        homes = {_plain(alias): card for card in pages for alias in card.aliases}
        return homes | {_plain(card.address): card for card in pages}

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        word = Addresses(self.site).word
        return {word(section): section for section in SECTIONS}

    @cached_property
    def _tags(self) -> AbstractSet[str]:
        return {slugify(tag) for card in self.cards for tag in card.tags}

    @cached_property
    def _by_folder(self) -> Mapping[str, Lookalikes]:
        return _grouped(self._files, lambda file: file.rpartition("/")[0])

    @cached_property
    def _by_name(self) -> Mapping[str, Lookalikes]:
        return _grouped(self._files, lambda file: file.rpartition("/")[2])


def _plain(address: str) -> str:
    """An address on the site as its words alone: `nyheter/2026/eu-valet`."""
    return address.strip("/").removesuffix("index.html").rstrip("/")


def _grouped(files: Iterable[str], key: Callable[[str], str]) -> Mapping[str, Lookalikes]:
    groups: dict[str, list[str]] = defaultdict(list)
    for file in files:
        groups[key(file)].append(file)
    return {name: Lookalikes(group) for name, group in groups.items()}
