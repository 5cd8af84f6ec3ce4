"""Whether what receivers verify belongs to the domain that mail is from (RFC 9989 section 4.4)."""

from dataclasses import dataclass

from newsroom.domains.answers import TRY_LATER, Ask
from newsroom.domains.tree_walk import TreeWalk, walk_up
from newsroom.model.checkup import Remark, fault, fine, unchecked, warning
from newsroom.model.saying import Saying, say


@dataclass(frozen=True, slots=True)
class Identities:
    """Which domains a message of ours shows."""

    author: str  # of From
    envelope: str  # of MAIL FROM, where bounces go
    signers: tuple[str, ...]  # of the DKIM keys that we know of
    signs_elsewhere: bool = False  # a provider signs, with a key that we do not see
    own_bounces: bool = False  # the provider writes a MAIL FROM of its own


@dataclass(frozen=True, slots=True)
class Kinship:
    """The organisation behind a domain, and who belongs to it."""

    ask: Ask
    author: TreeWalk

    @property
    def strict_dkim(self) -> bool:
        """Whether a signature must be of the very same domain."""
        found = self.author.policy_at
        return bool(found and found.record and found.record.strict_dkim)

    @property
    def strict_spf(self) -> bool:
        """Whether the sender of the envelope must be of the very same domain."""
        found = self.author.policy_at
        return bool(found and found.record and found.record.strict_spf)

    def has(self, domain: str, *, strict: bool) -> bool | None:
        """Whether a domain is aligned with that of From; None where the DNS did not say."""
        if domain.lower() == self.author.start:
            return True
        if strict:
            return False
        other = walk_up(self.ask, domain.lower())
        if self.author.unknown or other.unknown:
            return None
        return self.author.organisation == other.organisation


def kinship(ask: Ask, author: str) -> Kinship:
    """Who belongs to the domain of From."""
    return Kinship(ask, walk_up(ask, author))


def judge_alignment(ask: Ask, who: Identities) -> tuple[Remark, ...]:
    """Whether mail of ours can pass DMARC: one of SPF and DKIM must be aligned, and both should."""
    family = kinship(ask, who.author)
    if unknown := family.author.unknown:
        return (unchecked(unknown.why_unknown, TRY_LATER),)
    if family.author.policy_at is None:
        return (_on_names_alone(who),)
    signers = [family.has(each, strict=family.strict_dkim) for each in who.signers]
    envelope = None
    if not who.own_bounces:
        envelope = family.has(who.envelope, strict=family.strict_spf)
    by_dkim = True if True in signers else None if None in signers else _unseen(who)
    if by_dkim is True and envelope is not False:
        return (fine(_aligned(who, spf=envelope is True)),)
    if by_dkim is True:
        return (warning(_astray(who), _same_domain(who)),)
    if by_dkim is None and envelope is not True:
        return (_nobody_knows(who),)
    if envelope is True:
        return (_spf_only(who, signs=by_dkim is None),)
    return (
        fault(
            say(
                "neither a signature nor the address for bounces belongs to {author}, so its "
                "mail fails DMARC",
                author=who.author,
            ),
            _sign(who),
        ),
    )


def _unseen(who: Identities) -> bool | None:
    """Of a signature that others make nothing is known before a message has been received."""
    return None if who.signs_elsewhere else False


def _aligned(who: Identities, *, spf: bool) -> Saying:
    if spf:
        return say("DKIM and SPF both speak for {author}", author=who.author)
    return say("DKIM speaks for {author}", author=who.author)


def _astray(who: Identities) -> Saying:
    return say(
        "bounces go to {envelope}, which does not count as {author} with receivers, so only DKIM "
        "speaks for it",
        envelope=who.envelope,
        author=who.author,
    )


def _same_domain(who: Identities) -> Saying:
    return say(
        "in posts/site.yaml, set sender: bounces: to an address at {author} or below it",
        author=who.author,
    )


def _spf_only(who: Identities, *, signs: bool) -> Remark:
    if signs:
        return fine(
            say(
                "SPF speaks for {author}; whether DKIM does shows in a message that was received",
                author=who.author,
            ),
            say("send yourself a test, save it, and run: newsroom doctor --eml FILE"),
        )
    return warning(
        say("only SPF speaks for {author}, and forwarding breaks it", author=who.author),
        _sign(who),
    )


def _nobody_knows(who: Identities) -> Remark:
    return unchecked(
        say(
            "whether what others sign belongs to {author} shows in a message that was received",
            author=who.author,
        ),
        say("send yourself a test, save it, and run: newsroom doctor --eml FILE"),
    )


def _on_names_alone(who: Identities) -> Remark:
    """Without a DMARC record nobody asks; that is told where the record is missing."""
    return unchecked(
        say("without a DMARC record nothing is aligned with {author}", author=who.author),
        say("publish the DMARC record first"),
    )


def _sign(who: Identities) -> Saying:
    return say(
        "sign mail as {author}: with newsroom dkim new, or where your provider keeps its keys",
        author=who.author,
    )
