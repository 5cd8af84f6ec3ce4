"""Read an issue's letters as mail programs would, before anybody gets them."""

from newsroom.jobs.issue.edition import Proof
from newsroom.model import Problem
from newsroom.render.mail.lint import letter_problems


def proofread(proof: Proof) -> tuple[Problem, ...]:
    """What is wrong with the letters in any of their languages, each fault once."""
    found = (
        problem
        for letter in proof.letters.values()
        for problem in letter_problems(letter, proof.issue, proof.site)
    )
    return tuple(dict.fromkeys(found))
