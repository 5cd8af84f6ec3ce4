from pathlib import Path

from newsroom.content import folder
from tests.content.samples import Put, post, told


def test_links_to_the_sites_own_pages(root: Path, put: Put) -> None:
    """An address on the site is right when a piece stands there, and told when none does."""
    body = "[en](https://nyheter.example.se/nyheter/2026/b/)\n[två](/nyheter/2026/b/)"
    put("news/a.md", post("A", body=body))
    put("news/b.md", post("B"))

    right = folder.read(root)
    put("news/a.md", post("A", body=f"{body}\n[tre](/nyheter/2026/c/)"))
    wrong = folder.read(root)

    assert told(right) == []
    assert [(p.line, p.code) for p in wrong.problems] == [(9, "broken-link")]


def test_a_link_to_a_heading_that_is_not_there(root: Path, put: Put) -> None:
    """What stands after the # is looked up in the text that the link leads to."""
    put("news/a.md", post("A", body="[en](b.md#en-rubrik) och [två](b.md#ingen-rubrik)"))
    put("news/b.md", post("B", body="## En rubrik"))

    reading = folder.read(root)

    assert [(str(p.source), p.code) for p in reading.problems] == [
        ("posts/news/a.md", "broken-anchor")
    ]


def test_two_of_many_that_share_an_id(root: Path, put: Put) -> None:
    """Of all the posts two share an id: both are named and kept out, and nobody else."""
    for number in range(200):
        put(f"news/p-{number}-a.md", post(f"T{number}"))
    put("news/en-till.md", post("En-till", id_="urn:x:T7"))

    reading = folder.read(root)

    assert [str(p.source) for p in reading.problems] == [
        "posts/news/en-till.md",
        "posts/news/p-7-a.md",
    ]
    assert reading.newsroom is not None
    assert len(reading.newsroom.posts) == 199
