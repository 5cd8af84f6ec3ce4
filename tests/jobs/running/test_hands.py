"""Who has a job in hand on one machine."""

from pathlib import Path

from newsroom.jobs.running.hands import hands_in


def test_one_has_a_job_in_hand_at_a_time(tmp_path: Path) -> None:
    """The second is told no for as long as the first has it; another job is anybody's."""
    first, second = hands_in(tmp_path), hands_in(tmp_path)

    with (
        first.take("publish") as ours,
        second.take("publish") as theirs,
        second.take("backup") as other,
    ):
        answers = (ours, theirs, other)
    with second.take("publish") as later:
        assert later

    assert answers == (True, False, True)


def test_a_folder_knows_its_own_claims(tmp_path: Path) -> None:
    """Each process of a folder bears its name; a folder elsewhere has another, on the same host."""
    ours, again, others = hands_in(tmp_path), hands_in(tmp_path), hands_in(tmp_path / "other")

    assert ours.claimed(again.who)
    assert not ours.claimed(others.who)
    assert len(ours.who) <= 100
