"""What an issue says in words, without what is each reader's own: for comparing and remembering."""

from collections.abc import Mapping

from newsroom.jobs.issue.edition import Proof
from newsroom.render.mail.holes import LEAVE


def texts_of(proof: Proof) -> Mapping[str, str]:
    """The words of each letter by its language: subject, the line after it, and the text."""
    return {
        lang: f"{letter.subject}\n\n{letter.preheader}\n\n{letter.text.replace(LEAVE, '…')}"
        for lang, letter in proof.letters.items()
    }
