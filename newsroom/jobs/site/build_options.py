"""How a build differs from the ordinary one."""

from dataclasses import dataclass, field
from pathlib import Path

from newsroom.output.tally import Progress


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What somebody asks of one build."""

    out: Path | None = None  # in place of where site.yaml deploys to
    url: str | None = None  # where the site is read, in place of site.yaml's
    drafts: bool = False  # as if they were not
    strict: bool = False  # nothing at all when anything is wrong
    remove_many: bool = False  # also when most of the site would go
    preview: bool = False  # each page says that it is one
    coming: bool = False  # in a preview: posts whose day has not come, too
    hold: bool = False  # a page that readers had, and whose file has a fault now, stays as it was
    progress: Progress | None = field(default=None, repr=False, compare=False)
