"""Read an issue's letters as mail programs would, before anybody gets them."""

from newsroom.jobs.edition import Proof
from newsroom.model import Problem
from newsroom.render.mail_lint import letter_problems


def proofread(proof: Proof) -> tuple[Problem, ...]:
    """What is wrong with the letters in any of their languages, each fault once."""
    found = (
        problem
        for letter in proof.letters.values()
        for problem in letter_problems(letter, proof.issue)
    )
    return tuple(dict.fromkeys(found))
