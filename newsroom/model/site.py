"""Who publishes, where, and in which language: `posts/site.yaml`."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from newsroom.model.problem import Severity
from newsroom.model.sending import Sending


@dataclass(frozen=True, slots=True)
class Sender:
    """The mail addresses an issue is sent with."""

    name: str
    email: str
    reply_to: str | None = None  # a mailbox that a person reads
    bounces: str | None = None  # the envelope sender; None means `email`
    verp: bool = False  # each copy comes back to an address of its own: bounces+TOKEN@host
    selectors: tuple[str, ...] = ()  # of the keys that a relay or provider signs with (DKIM)


FONTS = ("system", "serif", "oldstyle", "humanist", "geometric", "grotesque", "rounded", "slab")


@dataclass(frozen=True, slots=True)
class Brand:
    """The tokens that pages and mails share."""

    accent: str = "#0b6e6e"
    logo: str | None = None  # a file in the content folder
    font: str = "system"  # one of FONTS: typefaces that readers have; none is fetched


@dataclass(frozen=True, slots=True)
class Review:
    """How an issue gets its yes."""

    yeses: int = 1  # how many different approvers must say it; with two, nobody approves alone
    deputy_after: timedelta = timedelta(days=3)  # the first approver has had this long to answer


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """How much the feeds carry."""

    full: bool = True  # the whole text, else the summary
    limit: int = 30  # entries in the subscription documents


@dataclass(frozen=True, slots=True)
class Deficiency:
    """Something that is not accessible."""

    what: str
    why: str | None = None
    until: date | None = None  # when it is to be mended


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the accessibility statement says of the last review."""

    assessed: date | None = None
    status: str = "partly"  # fully, partly, not
    known: tuple[Deficiency, ...] = ()
    contact: str | None = None  # a mail address; None: that of the sender
    updated: date | None = None  # None: when it was assessed
    method: str | None = None  # who assessed it and how; None: the publisher itself
    burden: tuple[Deficiency, ...] = ()  # a disproportionate burden to mend (2018:1937, 12 §)
    outside: tuple[Deficiency, ...] = ()  # the law does not cover it (2018:1937, 9 §)
    phone: str | None = None
    answer: str | None = None  # how soon one answers: "inom fem arbetsdagar"


@dataclass(frozen=True, slots=True)
class Provider:
    """A company that handles personal data for the publisher (GDPR article 28)."""

    name: str
    does: str | None = None
    where: str | None = None  # the country


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the privacy page says beside what the program itself knows."""

    contact: str | None = None  # a mail address
    logs: timedelta | None = None  # how long the web server keeps its log; zero: it keeps none
    providers: tuple[Provider, ...] = ()
    officer: str | None = None  # the mail address of the data protection officer


class ConfirmBy(StrEnum):
    """What somebody does on the page that the confirmation mail leads to."""

    BUTTON = "button"  # presses it
    CODE = "code"  # writes six digits from the mail, which programs that press buttons do not


class ChannelKind(StrEnum):
    """The kinds of places where news is announced."""

    WEBSUB = "websub"
    WEBHOOK = "webhook"
    TEAMS = "teams"
    SLACK = "slack"
    MASTODON = "mastodon"
    FACEBOOK = "facebook"

    @property
    def is_named(self) -> bool:
        """Whether its address is a secret, so that site.yaml has a name for it instead."""
        return self in {ChannelKind.WEBHOOK, ChannelKind.TEAMS, ChannelKind.SLACK}


@dataclass(frozen=True, slots=True)
class NamedChannel:
    """A place where news is announced: `{slack: kansli}`, `{websub: https://hub.example/}`."""

    kind: ChannelKind
    target: str  # a name; of WebSub the hub's address, of Mastodon the server's, else the page
    visibility: str = "public"  # of what is posted on Mastodon

    @property
    def name(self) -> str:
        """What rows and people call it; never a secret."""
        return f"{self.kind}:{self.target}"

    @property
    def variable(self) -> str | None:
        """The variable of the environment that holds its secret; None: it has none."""
        if self.kind is ChannelKind.WEBSUB:
            return None
        name = f"_{self.target}" if self.kind.is_named else ""
        return f"NEWSROOM_ANNOUNCE_{self.kind}{name}".upper().replace("-", "_")


class DeployKind(StrEnum):
    """The ways in which the built site is brought to where it is read."""

    FOLDER = "folder"
    COMMAND = "command"
    GIT = "git"


@dataclass(frozen=True, slots=True)
class Deploy:
    """Where the built site goes: a folder's path, a command to run, or a repository to push to."""

    kind: DeployKind = DeployKind.FOLDER
    target: str = "public"
    branch: str = "pages"  # of the repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The publisher, as `posts/site.yaml` describes it."""

    name: str
    url: str  # https, no slash at the end
    first_url: str  # the address that ids were first made from; never changes
    language: str  # BCP 47: sv, en
    timezone: ZoneInfo
    sender: Sender
    names_first_url: bool = False  # it is written, so it is meant
    country: str | None = None  # ISO 3166-1: whose laws hold; None: the language tells
    description: str = ""
    postal_address: str = ""
    approvers: tuple[str, ...] = ()  # slugs of contacts; the second is the deputy
    review: Review = Review()
    brand: Brand = Brand()
    categories: tuple[tuple[str, str], ...] = ()  # (key, word shown), in the order written
    tags: tuple[tuple[str, str], ...] = ()  # (tag, words shown): the slug has lost its å, ä, ö
    menu: tuple[str, ...] = ()  # path words or slugs of pages, in order
    path_words: tuple[tuple[str, str], ...] = ()  # (section, word) that replace the language's own
    feed: FeedOptions = FeedOptions()
    checks: tuple[tuple[str, Severity], ...] = ()  # severity by code
    sending: Sending = field(default_factory=Sending)
    announce: tuple[NamedChannel, ...] = ()
    deploy: Deploy = Deploy()
    accessibility: Accessibility = Accessibility()
    privacy: Privacy = Privacy()
    confirm: ConfirmBy = ConfirmBy.BUTTON

    @property
    def mailbox(self) -> str:
        """The mail address that a person reads."""
        return self.sender.reply_to or self.sender.email

    @property
    def is_swedish(self) -> bool:
        """Whether the law of Sweden holds, as it does for Swedish unless `country` says no."""
        return (self.country or self.language) in {"SE", "sv", "sv-SE"}

    def category_word(self, key: str) -> str:
        """The word shown for a category."""
        return dict(self.categories).get(key, key)

    def tag_words(self, tag: str) -> str:
        """The words shown for a tag: what site.yaml says, else the tag itself with spaces."""
        plain = tag.replace("-", " ")
        return dict(self.tags).get(tag, plain[:1].upper() + plain[1:])
