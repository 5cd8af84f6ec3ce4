"""What nobody here can know: told, so that its silence is not taken for a good sign."""

from newsroom.model.saying import say
from newsroom.model.verdict import Check, Verdict


def unknowable_checks() -> tuple[Check, ...]:
    """What only receivers know, and where each may be looked at."""
    return (
        Check(
            "receivers-complaints",
            Verdict.UNKNOWN,
            say("how many call your mail spam is known to receivers alone"),
            say("Gmail shows it in Postmaster Tools, once there is enough mail; stay below 0.1 %"),
        ),
        Check(
            "receivers-bulk-level",
            Verdict.UNKNOWN,
            say("which bulk level (BCL) Microsoft gives your mail shows in a received message"),
            say("look for BCL: in its X-Microsoft-Antispam header: newsroom doctor --eml FILE"),
        ),
        Check(
            "receivers-allow-lists",
            Verdict.UNKNOWN,
            say("whether your readers' organisations let you through is in their own settings"),
            say("ask a reader in each of the larger ones, after the test"),
        ),
    )
