"""Who has a job in hand on one machine."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

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


def test_folders_whose_word_was_cut_off_share_none(tmp_path: Path) -> None:
    """After a power cut neither machine takes the other's claims for its own."""
    for name in ("ours", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "place").touch()
    ours, others = hands_in(tmp_path / "ours"), hands_in(tmp_path / "other")

    assert not ours.claimed(others.who)
    assert ours.claimed(hands_in(tmp_path / "ours").who)


def test_processes_that_draw_a_word_at_once_have_one(tmp_path: Path) -> None:
    """Whoever comes second takes the word of the first, so that each knows the others' claims."""
    begin = Barrier(8)

    def draw(_: int) -> str:
        begin.wait()
        return hands_in(tmp_path).place

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(draw, range(8)))) == 1


def test_a_folder_knows_its_claims_under_another_host_name(tmp_path: Path) -> None:
    """A container that is made anew has a new host name, and takes up what the old one left."""
    ours, others = hands_in(tmp_path), hands_in(tmp_path / "other")

    assert ours.claimed(f"3f0c9a-{ours.place}:1")
    assert ours.claimed(f"web-2-{ours.place}:1")
    assert not ours.claimed(f"{ours.place}-{others.place}:1")
    assert not ours.claimed("")
