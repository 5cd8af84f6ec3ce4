"""Who may say yes to an issue now: those whom site.yaml names and whose task is not over."""

from datetime import datetime

from newsroom.errors import StateError
from newsroom.model import Contact, Newsroom
from newsroom.model.saying import say


def approvers_of(newsroom: Newsroom, now: datetime) -> tuple[Contact, ...]:
    """The approvers at `now`, in the order of site.yaml: the first is asked first.

    Where site.yaml names none, everybody among the contacts may approve.
    """
    people = {contact.slug: contact for contact in newsroom.contacts if contact.is_public(now)}
    named = dict.fromkeys(newsroom.site.approvers or people)
    return tuple(people[slug] for slug in named if slug in people)


def require_approver(newsroom: Newsroom, slug: str, issue: str, now: datetime) -> Contact:
    """The approver called `slug`. Raises StateError for anybody else, and says who is one."""
    able = {contact.slug: contact for contact in approvers_of(newsroom, now)}
    if slug in able:
        return able[slug]
    if slug in newsroom.site.approvers:
        raise StateError(
            say(
                "{issue}: posts/contacts/{slug}.md is not there, or {slug}'s task is over (until); "
                "name another approver in posts/site.yaml",
                issue=issue,
                slug=slug,
            )
        )
    if not able:
        raise StateError(
            say("{issue}: nobody may approve; name approvers in posts/site.yaml", issue=issue)
        )
    raise StateError(
        say(
            '{issue}: "{approved_by}" does not approve issues; posts/site.yaml names {names}',
            issue=issue,
            approved_by=slug,
            names=", ".join(able),
        )
    )
