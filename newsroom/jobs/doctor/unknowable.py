"""What no check can find out, said openly so that silence is not taken for a good sign."""

from newsroom.model.checkup import Check, check_of, unchecked
from newsroom.model.saying import say


def unknowable_checks() -> tuple[Check, ...]:
    """What only receivers know, and where each may be looked at."""
    complaints = unchecked(
        say("how many call your mail spam is known to receivers alone"),
        say("Gmail shows it in Postmaster Tools, once there is enough mail; stay below 0.1 %"),
    )
    bulk_level = unchecked(
        say("which bulk level (BCL) Microsoft gives your mail shows in a received message"),
        say("look for BCL: in its X-Microsoft-Antispam header: newsroom doctor --eml FILE"),
    )
    allow_lists = unchecked(
        say("whether your readers' organisations let you through is in their own settings"),
        say("ask a reader in each of the larger ones, after the test"),
    )
    return (
        check_of("receivers-complaints", [complaints]),
        check_of("receivers-bulk-level", [bulk_level]),
        check_of("receivers-allow-lists", [allow_lists]),
    )
