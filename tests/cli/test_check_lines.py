"""How the doctor's checks look: what each is about, what was found, and below it what to do."""

import click

from newsroom.cli.check_lines import check_lines
from newsroom.model.checkup import Check, check_of, fault, fine, unchecked, warning
from newsroom.model.saying import say

RECORD = "v=DKIM1; k=rsa; p=" + "A" * 360


def printed(check: Check) -> list[str]:
    """One check as an English desk reads it, without its colours."""
    with click.Context(click.Command("doctor")) as command:
        command.meta["newsroom.language"] = "en"
        return [click.unstyle(line) for line in check_lines([check])]


def test_each_fault_has_its_own_cure() -> None:
    """What to do stands below what was found; what is to be copied stands in one line."""
    check = check_of(
        "dns-dkim",
        [
            fine(say("something in order")),
            warning(say("it is short")),
            fault(say("there is no key"), say("publish it"), RECORD),
        ],
    )

    assert printed(check) == [
        "The domain in the DNS",
        "  fail        The key that mail is signed with (DKIM): there is no key",
        "              → publish it:",
        f"                {RECORD}",
        "              it is short",
        "",
        "1 to mend, 0 to look at, 0 not checked, 0 in order",
    ]


def test_one_cure_for_several_faults_is_told_once() -> None:
    """Where one change mends two things it stands below both."""
    fix, record = say("let it read"), "v=spf1 -all"
    check = check_of(
        "dns-spf", [warning(say(found), fix, record) for found in ("no end", "left out")]
    )

    lines = [line.strip() for line in printed(check)]

    assert lines[1:5] == [
        "warn        Who may send for the domain (SPF): no end",
        "left out",
        "→ let it read:",
        "v=spf1 -all",
    ]


def test_no_line_is_longer_than_a_screen_and_no_address_is_cut() -> None:
    """Long sentences go on below; an address that is longer than a line stays whole."""
    address = f"https://nyheter.example.se/{'a' * 90}"
    check = check_of("site-address", [unchecked(say("{url} " + "is away and " * 12, url=address))])

    lines = printed(check)

    assert any(address in line for line in lines)
    assert all(len(line) <= 80 for line in lines if address not in line)


def test_what_others_wrote_does_nothing_to_the_terminal() -> None:
    """A record of the DNS may hold anything, and is shown without control characters."""
    told = fault(say("this is not one: {record}", record="\x1b[2Jv=spf"), say("write"), "\x1b]0;x")

    assert not any("\x1b" in line for line in printed(check_of("dns-spf", [told])))
