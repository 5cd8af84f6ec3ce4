"""Who may say yes to an issue now."""

import pytest

from newsroom.errors import StateError
from newsroom.jobs.approval.approvers import approvers_of, require_approver
from newsroom.model import Newsroom
from tests.render.pieces import at, make_contact, make_newsroom, make_site

NOW = at("2026-05-20T09:00")
ANNA, BO = make_contact("anna", title="Anna Ek"), make_contact("bo", title="Bo Berg")
GONE = make_contact("cia", title="Cia Dahl", until=at("2026-05-01T00:00"))


def newsroom(*approvers: str) -> Newsroom:
    """Three contacts, one of whose task is over, and what site.yaml says of approvers."""
    return make_newsroom(site=make_site(approvers=approvers), contacts=(ANNA, BO, GONE))


def test_the_order_of_the_site_decides_who_is_asked_first() -> None:
    """Each is named once; who is not there any more, or never was, is passed over."""
    found = approvers_of(newsroom("bo", "cia", "nobody", "anna", "bo"), NOW)

    assert found == (BO, ANNA)


def test_where_nobody_is_named_any_contact_may() -> None:
    """But for those whose task is over."""
    assert approvers_of(newsroom(), NOW) == (ANNA, BO)


@pytest.mark.parametrize(
    ("named", "who", "why"),
    [
        (("anna", "cia"), "cia", r"posts/contacts/cia\.md is not there, or cia's task is over"),
        (("anna",), "bo", r'"bo" does not approve issues; posts/site\.yaml names anna'),
        (("nobody",), "bo", "nobody may approve; name approvers"),
    ],
)
def test_who_may_not_is_told_why_and_who_may(named: tuple[str, ...], who: str, why: str) -> None:
    """The message names the file, or the people whom the site names."""
    with pytest.raises(StateError, match=why):
        require_approver(newsroom(*named), who, "2026-var", NOW)
    assert require_approver(newsroom("anna"), "anna", "2026-var", NOW) == ANNA
