"""Draft the next issue: a Markdown file that names everything there is to tell.

The coordinator then edits lists, not queries: moves a line, removes one, writes an introduction.
"""

from pathlib import PurePosixPath

from newsroom.errors import StateError
from newsroom.jobs.issue.draft_contents import Contents, Material, choose_contents
from newsroom.jobs.issue.draft_text import IssueDraft, draft_text, event_lines, story_lines
from newsroom.model import Issue, is_slug
from newsroom.model.saying import Saying, say


def draft_issue(material: Material, name: str) -> tuple[PurePosixPath, str]:
    """The path and the text of the draft called `name` (`2026-host`).

    Raises StateError when the name cannot stand in an address, when the file is there already, or
    when there is nothing new to tell.
    """
    if not is_slug(name):
        raise StateError(
            say('"{name}" cannot be the name of an issue; write it like 2026-autumn', name=name)
        )
    path = PurePosixPath("posts/newsletters") / f"{name}.md"
    if any(issue.slug == name for issue in material.newsroom.issues):
        raise StateError(
            say(
                "{path}: the issue is there already; edit that file, or see what has come since: "
                "{command}",
                path=path,
                command=f"newsroom issue draft {name} --again",
            )
        )
    contents = choose_contents(material, name)
    if contents.is_empty:
        raise StateError(_nothing_to_tell(path, contents))
    return path, draft_text(IssueDraft(material, name, contents))


def _nothing_to_tell(path: PurePosixPath, contents: Contents) -> Saying:
    """Why there is nothing: no post came, or another issue has what came, be it only a draft."""
    told = contents.told
    others = sorted({told[out.piece.id] for out in contents.left_out if out.piece.id in told})
    if others:
        return say(
            "{path}: what came since the last issue stands in {issues}, so there is nothing else "
            "to tell; skipped",
            path=path,
            issues=", ".join(others),
        )
    return say(
        "{path}: no post since the last issue, so there is nothing to tell; skipped", path=path
    )


def new_lines(material: Material, issue: Issue) -> tuple[str, ...]:
    """The lines that a draft of today would have and the issue's file has not; none when all is in.

    What was there on the day of the draft and is not in the file was taken out by somebody: it is
    offered behind a `#`.
    """
    contents = choose_contents(material, issue.slug).beside(issue)
    draft = IssueDraft(material, issue.slug, contents)
    posts = contents.come or contents.waiting or contents.drafts or contents.taken_out
    return (
        *(story_lines(draft) if posts else ()),
        *(event_lines(draft) if contents.events else ()),
    )
