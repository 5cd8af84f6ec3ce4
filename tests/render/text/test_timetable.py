import pytest

from newsroom.render.text.timetable import timetable


@pytest.mark.parametrize(
    ("item", "time", "rest"),
    [
        ("09.30 Kaffe", "09.30", "Kaffe"),
        ("9:30 Coffee", "9:30", "Coffee"),
        ("09.30–10.00 Kaffe", "09.30–10.00", "Kaffe"),
        ("kl. 09.30 – Kaffe", "kl. 09.30", "Kaffe"),
        ('10.15: <a href="/x/">Forskning</a>', "10.15", '<a href="/x/">Forskning</a>'),
    ],
)
def test_items_that_begin_with_a_time(item: str, time: str, rest: str) -> None:
    """The time stands by itself, however it is parted from what happens then."""
    marked = timetable(f"<ul>\n<li>{item}</li>\n</ul>")

    assert marked == (
        f'<ul>\n<li class="timed"><span class="time">{time}</span> {rest}</li>\n</ul>'
    )


def test_paragraphs_in_items() -> None:
    """An item of several paragraphs begins with its time too."""
    marked = timetable("<ul>\n<li>\n<p>10.00 Start</p>\n<p>Ebba</p>\n</li>\n</ul>")

    assert '<li class="timed">\n<p><span class="time">10.00</span> Start</p>' in marked


@pytest.mark.parametrize("item", ["Kaffe 09.30", "09.30", "10.000 kronor", "3.12.2026 Start"])
def test_other_items_stay(item: str) -> None:
    """What is no time, or nothing but a time, is left as it is."""
    assert timetable(f"<li>{item}</li>") == f"<li>{item}</li>"
