"""What was published after an issue was drafted: it is in no draft, and nobody would miss it."""

from collections.abc import Mapping
from datetime import datetime

from newsroom.jobs.issue.draft_contents import Material, choose_contents
from newsroom.model import Issue, Newsroom, Problem, Severity
from newsroom.model.saying import say

COME_SINCE = "come-since"


def come_since(
    newsroom: Newsroom, issue: Issue, leaves_at: datetime, told: Mapping[str, str]
) -> Problem | None:
    """A remark that names the posts of the draft's day or later that an issue leaves out.

    None when it tells them all, or when its file does not say until when it covers.
    """
    if issue.covers is None:
        return None
    material = Material(newsroom, leaves_at, leaves_at, told)
    come = choose_contents(material, issue.slug).beside(issue).come
    if not come:
        return None
    posts = ", ".join(post.slug for post in come)
    message = say("1 post has come since the draft and is not in the letter: {posts}", posts=posts)
    if len(come) > 1:
        message = say(
            "{number} posts have come since the draft and are not in the letter: {posts}",
            number=len(come),
            posts=posts,
        )
    fix = say(
        "name those that readers should hear of; their lines: {command}",
        command=f"newsroom issue draft {issue.slug} --again",
    )
    return Problem(issue.source, None, Severity.WARNING, COME_SINCE, message, fix)
