"""Compile every .po below newsroom/locale to the .mo beside it.

python scripts/compile_catalogues.py
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_THE_SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # else every run stamps its own time
LOCALE = Path(__file__).parent.parent / "newsroom" / "locale"


def main() -> None:
    """Write each compiled catalogue, in the same bytes for the same words."""
    for source in sorted(LOCALE.rglob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        catalogue.creation_date = catalogue.revision_date = _THE_SAME_DAY
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


if __name__ == "__main__":
    main()
