"""Build the same site again and again, as fast as a person saves."""

import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.content.folder import Reading
from newsroom.jobs.site.build import Workshop, as_shown, build
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.jobs.site.first_look import first_look
from newsroom.jobs.site.unpublished import labels
from newsroom.jobs.writing.last_good import with_last_good
from newsroom.model import Kind, Post, Site
from newsroom.output.tally import Tally
from newsroom.render.page import Page
from newsroom.render.pages.whole_site import plan


@dataclass(slots=True)
class Press:
    """A site's folder, and everything that is the same from one build to the next."""

    read: Callable[[], Reading]
    shop: Callable[[Site], Workshop]  # the same one each time
    clock: Callable[[], datetime]
    options: BuildOptions
    _last: Reading = Reading(None, ())  # noqa: RUF009 (nothing was read, whichever press it is)

    def build(self) -> Tally:
        """Make the site as it should be now; raises what `jobs.site.build.build` raises.

        A piece whose file has a fault just now keeps the page that it had.
        """
        return build(self._read(), self.shop, self.clock(), self.options)

    def _read(self) -> Reading:
        reading = with_last_good(self.read(), self._last)
        if reading.newsroom is not None:
            self._last = reading
        return reading

    def labels(self) -> dict[str, str]:
        """Why readers do not see a page that was built, by its address below the site's root."""
        if self._last.newsroom is None or not self.options.drafts:
            return {}
        return labels(self._last.newsroom, self.clock(), coming=self.options.coming)

    def put_first(self, source: str) -> bool:
        """Put the page of a post that was just saved in place; whether that could be done.

        Whatever is in the way, the build that follows finds and tells it too.
        """
        if self._last.newsroom is None or self.options.out is None:
            return False
        shop = self.shop(self._last.newsroom.site)
        try:
            page = first_look(source, self._last, shop, self.clock(), self.options)
            if page is None:
                return False
            file = self.options.out / page.path
            waiting = file.with_name(".first")
            waiting.write_bytes(page.render())
            waiting.replace(file)
        except Exception:  # noqa: BLE001 (see above)
            return False
        return True

    def rehearse(self) -> None:
        """Do all that a build does, but leave no trace: what it takes is then in memory.

        A text is read and one page of each kind is rendered, so that the first save finds parsers,
        templates, calendars and languages ready, and so do the processes that are forked for it.
        What there is by then is left out of the search for what memory can be used again, which
        would else look through the whole newsroom at each save.
        """
        reading = self._read()
        now = self.clock()
        if reading.newsroom is not None:
            newsroom = as_shown(reading.newsroom, now, self.options)
            shop = self.shop(reading.newsroom.site)
            site = plan(newsroom, now, shop.templates, rendered=reading.rendered, preview=True)
            for page in _one_of_each_kind(site.pages):
                page.render()
            if newsroom.posts:
                _read_again(shop.root, newsroom.posts[0], newsroom.site)
        gc.collect()
        gc.freeze()


def _read_again(root: Path, post: Post, site: Site) -> None:
    """Read a text for nothing."""
    from newsroom.content.folder.entry import Unread
    from newsroom.content.folder.files import UNKNOWN
    from newsroom.content.folder.sheet import read_entry

    read_entry(root, site, b"", Unread(str(post.source), Kind.NEWS, UNKNOWN))


def _one_of_each_kind(pages: Iterable[Page]) -> Iterator[Page]:
    """The first page of each folder, depth and ending."""
    seen = set[tuple[str, int, str]]()
    for page in pages:
        folder, _, _ = page.path.partition("/")
        kind = folder, page.path.count("/"), page.path.rpartition(".")[2]
        if kind not in seen:
            seen.add(kind)
            yield page
