import marshal
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.content.folder.seal import sealed
from newsroom.errors import StateError
from newsroom.model.filing import all_cards
from newsroom.render.text.markdown import render_markdown
from tests.content.samples import SITE_YAML, Put, post, slugs, told

FAR_AHEAD = 2**62  # nanoseconds: by then every file has been as it is for long


def later() -> int:
    """A clock by which every file has been as it is for long."""
    return FAR_AHEAD


def title_of(reading: folder.Reading) -> str:
    """The title of the newest post."""
    assert reading.newsroom is not None
    return reading.newsroom.posts[0].title


def cards(reading: folder.Reading) -> list[str]:
    """The titles on the cards of the posts."""
    assert reading.newsroom is not None
    return [card.title for card in getattr(reading.newsroom.posts, "cards")]  # noqa: B009


def forge(cache: Path, source: str, title: str) -> None:
    """Another title in what the catalogue has of a file, so that one sees where it was read."""
    database = sqlite3.connect(cache / "catalogue.db")
    with database:
        for number, content in database.execute("SELECT id, content FROM front").fetchall():
            front = marshal.loads(content)
            if front[0] == source:
                card = (*front[4][:6], title, *front[4][7:])
                forged = sealed(marshal.dumps((*front[:4], card, *front[5:])), len(content))
                database.execute("UPDATE front SET content = ? WHERE id = ?", (forged, number))
    database.close()


def everything_in(cache: Path) -> bytes:
    """All bytes of all files of the cache."""
    return b"".join(path.read_bytes() for path in cache.rglob("*") if path.is_file())


def test_a_reading_is_the_same_with_and_without_its_cache(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """After any edits, renames and removals a warm reading equals a cold one."""
    chance = random.Random(1)
    cache = tmp_path / "var/cache"
    for _ in range(25):
        number = chance.randrange(6)
        text = post(
            f"T{number}", chance.choice(["2026-04-12", "nu"]), body=chance.choice(["Ett", "![](a)"])
        )
        path = put(f"news/p{number}.md", text)
        match chance.randrange(4):
            case 0:
                path.unlink()
            case 1:
                path.rename(path.with_name(f"q{number}.md"))

        warm, cold = folder.read(root, cache=cache), folder.read(root)

        assert warm == cold
        assert warm.newsroom is not None
        assert cold.newsroom is not None
        assert list(warm.newsroom.posts) == list(cold.newsroom.posts)


def test_cards_share_their_words(root: Path, put: Put, tmp_path: Path) -> None:
    """A tag that thousands of posts have is in memory once, however many cards are read."""
    for name in ("a", "b"):
        put(f"news/{name}.md", post(name, more="tags: [folkhälsa]\n"))
    folder.read(root, cache=tmp_path)

    newsroom = folder.read(root, cache=tmp_path).newsroom

    assert newsroom is not None
    one, other = (card.tags[0] for card in all_cards(newsroom))
    assert one is other


def test_a_file_that_is_as_it_was_is_not_read(root: Path, put: Put, tmp_path: Path) -> None:
    """While its state is the same, what the catalogue says of a file is believed."""
    put("news/a.md", post("Ett"))
    folder.read(root, cache=tmp_path, clock=later)

    forge(tmp_path, "posts/news/a.md", "Ur katalogen")

    assert cards(folder.read(root, cache=tmp_path, clock=later)) == ["Ur katalogen"]


def test_a_file_of_this_moment_is_read_again(root: Path, put: Put, tmp_path: Path) -> None:
    """Somebody may have written twice within one tick, so its bytes are compared with the old."""
    path = put("news/a.md", post("Ett"))
    written = path.stat().st_ctime_ns
    folder.read(root, cache=tmp_path, clock=lambda: written)
    forge(tmp_path, "posts/news/a.md", "Ur katalogen")

    same = folder.read(root, cache=tmp_path, clock=lambda: written)
    path.write_text(post("Två"), encoding="utf-8")
    other = folder.read(root, cache=tmp_path, clock=lambda: written)

    assert (cards(same), cards(other)) == (["Ur katalogen"], ["Två"])


def test_the_same_bytes_under_another_state_are_not_parsed(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """A file that was touched, or checked out anew, costs a reading and no more, and that once."""
    path = put("news/a.md", post("Ett"))
    folder.read(root, cache=tmp_path, clock=later)
    forge(tmp_path, "posts/news/a.md", "Ur katalogen")
    os.utime(path, ns=(1, 1))

    reading = folder.read(root, cache=tmp_path, clock=later)
    kept = (tmp_path / "catalogue.db").stat().st_mtime_ns
    folder.read(root, cache=tmp_path, clock=later)

    assert cards(reading) == ["Ur katalogen"]
    assert (tmp_path / "catalogue.db").stat().st_mtime_ns == kept


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path, put: Put, tmp_path: Path) -> None:
    """The disk itself knows when a file was changed, so a time that was set back hides nothing."""
    path = put("news/a.md", post("Ett"))
    facts = path.stat()
    folder.read(root, cache=tmp_path)
    put("news/a.md", post("Två"[:3]))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    assert title_of(folder.read(root, cache=tmp_path)) == "Två"


def test_another_zone_is_another_reading(root: Path, put: Put, tmp_path: Path) -> None:
    """What site.yaml decides of a text is decided anew when it changes."""
    put("news/a.md", post(body="[Här](https://x.test)"))
    folder.read(root, cache=tmp_path)
    put("site.yaml", SITE_YAML.replace("Stockholm", "Helsinki") + "checks: {vague-link: note}\n")

    reading = folder.read(root, cache=tmp_path)

    assert reading == folder.read(root)
    assert "note" in {problem.severity.value for problem in reading.problems}


def test_a_site_that_sends_in_another_way_has_no_text_read_again(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """Pace, menu, feed, deploy and the like are no part of how a text is read."""
    put("news/a.md", post("Ett"))
    folder.read(root, cache=tmp_path, clock=later)
    forge(tmp_path, "posts/news/a.md", "Ur katalogen")
    more = (
        "sending: {pace: 7 per minute}\nmenu: [kontakt]\nfeed: {limit: 5}\ndescription: Ny\n"
        "deploy: {to: folder, path: ut}\nannounce: [{websub: https://hub.example.se/}]\n"
    )
    put("site.yaml", SITE_YAML + more)

    reading = folder.read(root, cache=tmp_path, clock=later)

    assert reading.newsroom is not None
    assert reading.newsroom.site.feed.limit == 5
    assert cards(reading) == ["Ur katalogen"]


def test_a_broken_site_costs_no_reading(root: Path, put: Put, tmp_path: Path) -> None:
    """Texts stay as they were read while site.yaml is broken, and when it is mended."""
    put("news/a.md", post("Ett"))
    put("news/b.md", post(date="nu"))
    folder.read(root, cache=tmp_path, clock=later)
    forge(tmp_path, "posts/news/a.md", "Ur katalogen")
    put("site.yaml", SITE_YAML.replace("name:", "nam:"))

    broken = folder.read(root, cache=tmp_path, clock=later)
    put("site.yaml", SITE_YAML)
    mended = folder.read(root, cache=tmp_path, clock=later)

    assert broken.newsroom is None
    assert {p.code for p in broken.problems} == {"bad-date", "unknown-field", "missing-field"}
    assert cards(mended) == ["Ur katalogen"]


def a_foreign_database(path: Path) -> None:
    """Somebody else's database, of the same name."""
    path.unlink()
    database = sqlite3.connect(path)
    with database:
        database.execute('CREATE TABLE "an ""other"" one" (a)')
    database.close()


def one_byte(path: Path) -> None:
    """One letter of a title is another."""
    written = path.read_bytes()
    assert "Hallå".encode() in written
    path.write_bytes(written.replace("Hallå".encode(), "Hallä".encode()))


def another_program(path: Path) -> None:
    """What another version of newsroom kept."""
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE about SET program = x'00'")
    database.close()
    forge(path.parent, "posts/news/a.md", "Från förr")


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"x" * 5000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + bytes(4000)),
        a_foreign_database,
        one_byte,
        another_program,
    ],
)
def test_a_damaged_catalogue_is_made_anew(
    root: Path, put: Put, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Missing, cut short, overwritten, foreign or of another program, it is not believed."""
    put(
        "news/a.md",
        post("Hallå", body="Ett *ord*.\n\n![](b.svg)", more="checks: {missing-alt: note}\n"),
    )
    put("news/b.svg", '<svg viewBox="0 0 1 1"></svg>')
    folder.read(root, cache=tmp_path, clock=later)
    damage(tmp_path / "catalogue.db")

    first = folder.read(root, cache=tmp_path, clock=later)
    second = folder.read(root, cache=tmp_path, clock=later)

    assert first == second == folder.read(root)
    assert title_of(first) == title_of(second) == "Hallå"
    forge(tmp_path, "posts/news/a.md", "Ur katalogen")
    assert cards(folder.read(root, cache=tmp_path, clock=later)) == ["Ur katalogen"]


def test_a_damaged_sheet_is_read_anew(root: Path, put: Put, tmp_path: Path) -> None:
    """A part that is found damaged when it is asked for is made again from the file."""
    put("news/a.md", post("Ett", more="contacts: [bo]\n", body="*Ord*"))
    whole = folder.read(root, cache=tmp_path, clock=later)
    database = sqlite3.connect(tmp_path / "catalogue.db")
    with database:
        database.execute("UPDATE sheet SET content = zeroblob(length(content) - 1) || x'01'")
    database.close()

    reading = folder.read(root, cache=tmp_path, clock=later)

    assert told(reading) == told(whole) != []
    assert title_of(reading) == "Ett"
    assert reading.rendered("*Ord*") == render_markdown("*Ord*")


def test_nothing_is_written_when_nothing_changed(root: Path, put: Put, tmp_path: Path) -> None:
    """The catalogue is left alone while every file is as it was."""
    put("news/a.md", post(body="![b](b.svg)"))
    put("news/b.svg", '<svg viewBox="0 0 1 1"></svg>')
    folder.read(root, cache=tmp_path, clock=later)
    before = (tmp_path / "catalogue.db").stat().st_mtime_ns

    folder.read(root, cache=tmp_path, clock=later)

    assert (tmp_path / "catalogue.db").stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.glob("catalogue*")] == ["catalogue.db"]


def test_drafts_in_it_are_for_nobody_else(root: Path, tmp_path: Path) -> None:
    """No other account of the machine may read the catalogue."""
    folder.read(root, cache=tmp_path / "var")

    assert (tmp_path / "var/catalogue.db").stat().st_mode & 0o077 == 0


def test_a_catalogue_that_cannot_be_written_is_done_without(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """Where there can be no cache the newsroom is read all the same, its posts and texts too."""
    put("news/a.md", post("Ett", more="contacts: [bo]\n", body="![bild](b.svg)"))
    put("news/b.svg", '<svg viewBox="0 0 1 1"></svg>')
    (tmp_path / "var").write_text("not a folder", encoding="utf-8")

    reading = folder.read(root, cache=tmp_path / "var")

    assert reading == folder.read(root)
    assert title_of(reading) == "Ett"


def test_a_catalogue_that_another_holds_is_done_without(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """A process that never lets go of it keeps nobody from reading the folder."""
    put("news/a.md", post("Ett"))
    folder.read(root, cache=tmp_path)
    put("news/b.md", post("Två", "2026-04-13", more="contacts: [bo]\n", body="*Ord*"))
    other = sqlite3.connect(tmp_path / "catalogue.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    written = folder.read(root, cache=tmp_path)
    texts = (title_of(written), told(written), written.rendered("*Ord*"))
    other.execute("COMMIT")
    other.execute("BEGIN EXCLUSIVE")
    read = folder.read(root, cache=tmp_path)
    other.close()

    assert texts == ("Två", told(folder.read(root)), render_markdown("*Ord*"))
    assert read == written
    assert title_of(read) == "Två"


def test_two_readings_at_once(root: Path, put: Put, tmp_path: Path) -> None:
    """Several processes with one catalogue all read everything, and leave it whole."""
    for number in range(30):
        put(f"news/p-{number}-a.md", post(f"T{number}", body=f"Text {number}"))
    program = (
        "import sys\nfrom pathlib import Path\nfrom newsroom.content.folder import read\n"
        "for n in range(4):\n"
        "    if sys.argv[3] == '0': Path(sys.argv[1], f'posts/news/p-{n}-a.md').touch()\n"
        "    newsroom = read(Path(sys.argv[1]), cache=Path(sys.argv[2])).newsroom\n"
        "    print(len([post.title for post in newsroom.posts]))\n"
    )
    command = [sys.executable, "-W", "error", "-c", program, str(root), str(tmp_path / "cache")]
    processes = [
        subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE, text=True)
        for number in range(3)
    ]

    printed = [process.communicate()[0] for process in processes]

    assert printed == ["30\n" * 4] * 3
    assert folder.read(root, cache=tmp_path / "cache") == folder.read(root)


def test_an_erased_person_is_gone_from_the_cache(root: Path, put: Put, tmp_path: Path) -> None:
    """After the next reading no byte of a file that is gone, or of words taken out, is left."""
    cache = tmp_path / "cache"
    for number in range(60):
        put(f"news/p{number}-a.md", post(f"T{number}", body=f"Text {number} " * 40))
    person = "---\nid: urn:x:h\nname: Hemliga Henrika\nemail: henrika@example.se\n---\nHenrika.\n"
    contact = put("contacts/hemliga-henrika.md", person)
    told_of = put("news/om-henrika.md", post("Om Henrika", body="Här skrev **Henrika** något."))
    named = put("news/b.md", post("B", body=f"{'Mycket text. ' * 300} Henrika {'mer ' * 300}"))
    folder.read(root, cache=cache)
    assert b"enrika" in everything_in(cache)

    contact.unlink()
    told_of.unlink()
    named.write_text(post("B", body="Inget namn."), encoding="utf-8")
    folder.read(root, cache=cache)

    assert b"enrika" not in everything_in(cache)


def test_every_word_taken_out_is_gone(root: Path, put: Put, tmp_path: Path) -> None:
    """However texts grow, shrink and go, the cache holds no word that the folder does not."""
    chance = random.Random(3)
    cache = tmp_path / "cache"
    words: dict[str, str] = {}
    for turn in range(30):
        name = f"news/p{chance.randrange(8)}-a.md"
        words[name] = f"ordet{turn:04}x"
        if chance.random() < 0.25:
            (root / "posts" / name).unlink(missing_ok=True)
            words.pop(name)
        else:
            body = f"{words[name]} " * chance.choice([1, 30, 900])
            put(name, post(f"T{name}", body=f"{body}\n\n*{words[name]}*"))
        folder.read(root, cache=cache)

        kept = everything_in(cache)
        assert {f"ordet{n:04}x" for n in range(turn + 1) if b"ordet%04dx" % n in kept} == {
            *words.values()
        }


def test_what_is_told_once_is_kept_for_all_texts(root: Path, put: Put, tmp_path: Path) -> None:
    """Renderings of bodies, programmes and documentation are there without being made again."""
    put("news/a.md", post(body="Ett *ord* och [en länk](b.md)."))
    put(
        "events/m.md",
        "---\nid: e\ntitle: M\nstart: 2026-04-12\nprogram: '**Kaffe**'\n---\n\nVälkommen.\n",
    )
    folder.read(root, cache=tmp_path, clock=later)
    program = (
        "import sys\nfrom pathlib import Path\nfrom newsroom.content.folder import read\n"
        "reading = read(Path(sys.argv[1]), cache=Path(sys.argv[2]), clock=lambda: 2**62)\n"
        "for text in sys.argv[3:]: reading.rendered(text)\n"
        "print('markdown' in sys.modules)\n"
    )
    texts = ["Ett *ord* och [en länk](b.md).", "**Kaffe**", "Välkommen."]

    printed = subprocess.run(
        [sys.executable, "-c", program, str(root), str(tmp_path), *texts],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    reading = folder.read(root, cache=tmp_path, clock=later)

    assert printed == "False\n"
    for text in (*texts, "Något *nytt*"):
        assert reading.rendered(text) == render_markdown(text)


def test_a_reading_without_a_folder_renders_too() -> None:
    """Whoever made a reading by hand can ask it for renderings."""
    assert folder.Reading(None, ()).rendered("*a*") == render_markdown("*a*")


def test_posts_are_opened_in_child_processes_too(root: Path, put: Put, tmp_path: Path) -> None:
    """A child asks the catalogue by a connection of its own, or the memory that it inherited."""
    for number in range(3):
        put(f"news/p{number}-a.md", post(f"T{number}", f"2026-04-1{number}", body=f"*{number}*"))
    program = (  # of one thread, or no child could inherit anything
        "import sys\nfrom pathlib import Path\nfrom newsroom.content.folder import read\n"
        "from newsroom.workers import Crew\n"
        "root, cache = sys.argv[1:]\n"
        "reading = read(Path(root), cache=Path(cache) if cache else None)\n"
        "def opened(number):\n"
        "    piece = reading.newsroom.posts[number]\n"
        "    return piece.title, str(reading.rendered(piece.body))\n"
        "with Crew(opened, range(3)) as crew: print(sorted(crew.results()))\n"
    )

    for cache in (str(tmp_path / "cache"), ""):
        printed = subprocess.run(
            [sys.executable, "-c", program, str(root), cache],
            capture_output=True,
            text=True,
            check=True,
        ).stdout

        expected = [(f"T{n}", str(render_markdown(f"*{n}*"))) for n in (2, 1, 0)]
        assert printed == f"{list(enumerate(expected))}\n"


def test_a_post_that_another_process_forgot(root: Path, put: Put, tmp_path: Path) -> None:
    """What is not in the catalogue any more is read from its file, as long as that is the same."""
    path = put("news/a.md", post("Ett"))
    put("news/b.md", post("Två"))
    reading = folder.read(root, cache=tmp_path)
    assert reading.newsroom is not None
    first, second = reading.newsroom.posts.cards  # type: ignore[attr-defined]
    database = sqlite3.connect(tmp_path / "catalogue.db")
    with database:
        database.execute("UPDATE sheet SET content = zeroblob(length(content))")
    database.close()
    path.write_text(post("Tre"), encoding="utf-8")

    with pytest.raises(StateError, match=r"posts/news/a\.md: the file was changed"):
        reading.newsroom.posts[0]

    assert (first.title, second.title) == ("Ett", "Två")
    assert reading.newsroom.posts[1].title == "Två"
    assert slugs(folder.read(root, cache=tmp_path)) == ["a", "b"]


def test_time_is_given_while_texts_are_read(root: Path, put: Put, tmp_path: Path) -> None:
    """The caller may do something else while child processes read; not when nothing is read."""
    called: list[str] = []
    put("news/a.md", post())

    folder.read(root, cache=tmp_path, meanwhile=lambda: called.append("first"))
    folder.read(root, cache=tmp_path, meanwhile=lambda: called.append("second"))

    assert called == ["first"]


def test_an_unchanged_folder_is_read_without_heavy_libraries(
    root: Path, put: Put, tmp_path: Path
) -> None:
    """When nothing changed, neither YAML, Markdown, HTML nor pictures are taken apart."""
    put("news/a.md", post(body="![bild](b.svg) [b](b.md)"))
    put("news/b.md", post("B", more="contacts: [bo]\n"))
    put("news/b.svg", '<svg viewBox="0 0 1 1"></svg>')
    put("news/bad.md", "---\ntitle: [\n---\n")
    wrong = folder.read(root, cache=tmp_path, clock=later).problems
    program = (
        "import sys\nfrom pathlib import Path\nfrom newsroom.content.folder import read\n"
        "reading = read(Path(sys.argv[1]), cache=Path(sys.argv[2]), clock=lambda: 2**62)\n"
        "print(len(reading.problems), reading.newsroom.posts[0].title)\n"
        "heavy = {'yaml', 'markdown', 'nh3', 'PIL', 'babel', 'lxml', 'jinja2'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )

    printed = subprocess.run(
        [sys.executable, "-c", program, str(root), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert printed == f"{len(wrong)} Hej\n[]\n"
