"""Items to announce."""

from dataclasses import replace

from newsroom.outside.channels.item import Item, ItemKind
from tests.outside.channels.services import NOW

ITEM = Item(
    id="tag:nyheter.example.se,2026:eu-valet",
    kind=ItemKind.NEWS,
    title="EU-valet: så gick det",
    summary="Fyra av tio röstade i kommunerna med lägst deltagande.",
    url="https://nyheter.example.se/nyheter/2026/eu-valet/",
    lang="sv",
    more="Läs mer",
    tags=("Demokrati", "Jämlik hälsa"),
    at=NOW,
)
LONG = replace(ITEM, summary=" ".join(["ord"] * 2000))
WILD = replace(
    ITEM,
    title="*Fet* <b>_&_</b> <!channel> [länk](https://x.example) `kod`",
    summary="Fråga @alla och <@U123>, skriv till info@example.se: 5 < 7 & 8 > 6",
)
