"""Who gets which lead: four tiers, how each finds its member, and what is never left to nobody."""

from typing import Annotated, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field, model_validator

from songsheet.agreements.terms import (
    Count,
    Kind,
    Line,
    Lines,
    MaybeLine,
    Member,
    Minutes,
    Names,
    Part,
    Terms,
    Tier,
    Yes,
    each_once,
    listed,
    named,
    working,
)

Method = Literal["account_owner", "round_robin", "least_loaded", "weighted", "queue"]
To = Literal["guide", "concierge", "marketer"]
TIERS: tuple[Tier, ...] = ("hot", "ready", "concierge", "nurture")
_METHODS: dict[str, str | Promise] = {
    "account_owner": gettext_lazy("whoever has the company, else whoever has the least"),
    "round_robin": gettext_lazy("one after the other"),
    "least_loaded": gettext_lazy("whoever has the least"),
    "weighted": gettext_lazy("by the weights below"),
    "queue": gettext_lazy("nobody by name: a queue that somebody answers for"),
}
_TO: dict[str, str | Promise] = {
    "guide": gettext_lazy("the Guides"),
    "concierge": gettext_lazy("the concierges"),
    "marketer": gettext_lazy("marketing"),
}


class TierRule(Part):
    """When a lead is of a tier, and who gets it then. The first tier whose rule holds is the lead's."""

    tier: Tier = Field(title="Tier")
    points: Count = Field(title="From so many points")
    sources: Lines = Field([], title="Or from these sources", description="One on each line.")
    mentions: Lines = Field([], title="Or when they mention", description="One on each line.")
    to: To = Field(title="Goes to")
    method: Method = Field(title="How one is chosen")
    queue: MaybeLine = Field("", title="Queue, where nobody can take it")

    def says(self, names: Names) -> str:
        """Such as: Hot: 80 points or more. Goes to the Guides, one after the other."""
        when = [_("%(n)d points or more") % {"n": self.points}]
        if self.sources:
            when.append(_("from %(sources)s") % {"sources": listed(self.sources)})
        if self.mentions:
            when.append(_("mentions %(words)s") % {"words": listed(self.mentions)})
        said = {
            "tier": _(self.tier).capitalize(),
            "when": listed(when),
            "to": _TO[self.to],
            "how": _METHODS[self.method],
        }
        sentence = _("%(tier)s: %(when)s. Goes to %(to)s: %(how)s.") % said
        return sentence + (" " + _("Else: %(queue)s.") % {"queue": self.queue} if self.queue else "")


class Gates(Part):
    """What must be true of a member before a lead can come to them."""

    hours: Yes = Field(True, title="Within their working hours")
    leave: Yes = Field(True, title="Not on leave")
    capacity: Yes = Field(True, title="Has room")
    skill: Yes = Field(True, title="Has the skill that is asked for")
    language: Yes = Field(True, title="Speaks the buyer's language")

    def says(self, names: Names) -> str:
        """The gates that stand."""
        words = {
            "hours": _("works at that hour"),
            "leave": _("is not on leave"),
            "capacity": _("has room"),
            "skill": _("has the skill"),
            "language": _("speaks the buyer's language"),
        }
        chosen = [word for name, word in words.items() if getattr(self, name)]
        if not chosen:
            return _("Nothing is asked of a member before a lead comes to them.")
        return _("A lead comes only to a member who %(all)s.") % {"all": listed(chosen, last=_("and"))}


class LastResort(Part):
    """Where a lead waits that nobody could get."""

    queue: Annotated[Line, Field(title="Queue")]
    shout_after: Minutes = Field(title="Its responsible member is told again after working minutes")

    def says(self, names: Names) -> str:
        """The sentence on the last resort."""
        said = {"queue": self.queue, "after": working(self.shout_after)}
        return (
            _("Never nobody: the rest waits in %(queue)s; who answers for it is told after %(after)s.") % said
        )


class SameCompany(Part):
    """Several people of one company."""

    one_owner: Yes = Field(True, title="People of one company go to one owner")

    def says(self, names: Names) -> str:
        """The sentence on companies."""
        if self.one_owner:
            return _("People of one company go to the member who has it.")
        return _("People of one company may go to different members.")


class Marks(Part):
    """Words by which deal seekers are known, and companies that always count as named accounts."""

    deal_seekers: Lines = Field([], title="Deal seekers mention", description="One on each line.")
    named_accounts: Annotated[
        Lines, Field(title="Named accounts, by domain", description="One on each line.")
    ] = []

    def says(self, names: Names) -> str:
        """The sentence on marks."""
        seekers = listed(self.deal_seekers) if self.deal_seekers else _("nothing that is agreed yet")
        accounts = listed(self.named_accounts, last=_("and")) if self.named_accounts else _("none yet")
        return _("A deal seeker mentions %(seekers)s. Named accounts: %(accounts)s.") % {
            "seekers": seekers,
            "accounts": accounts,
        }


class Weight(Part):
    """How much of what goes by weights comes to a member."""

    member: Annotated[Member, Field(title="Member")]
    weight: Annotated[int, Field(strict=True, ge=1, le=100)] = Field(title="Weight")

    def says(self, names: Names) -> str:
        """Such as: Priya Raman: 2."""
        return f"{named(self.member, names)}: {self.weight}"


class TiersAndRouting(Terms):
    """The tiers, and how leads find their member."""

    tiers: Annotated[list[TierRule], Field(min_length=4, max_length=4)] = Field(title="Tiers")
    gates: Gates = Field(title="Before a lead comes to a member")
    same_company: SameCompany = Field(title="Companies")
    marks: Marks = Field(title="Deal seekers and named accounts")
    weights: Annotated[
        list[Weight], Field(max_length=200), AfterValidator(lambda given: each_once(given, "member"))
    ] = Field(title="Weights")
    last_resort: LastResort = Field(title="Never nobody")

    @model_validator(mode="after")
    def _each_tier_in_order(self) -> "TiersAndRouting":
        if tuple(one.tier for one in self.tiers) != TIERS:
            raise ValueError("The four tiers stand there once each: hot, ready, concierge, nurture.")
        if any(one.method == "weighted" for one in self.tiers) and not self.weights:
            raise ValueError("A tier goes by weights, but no member has one.")
        return self


def starter() -> TiersAndRouting:
    """A start: hot and ready to Guides, early interest to concierges, the rest is nurtured."""
    return TiersAndRouting(
        tiers=[
            TierRule(tier="hot", points=80, mentions=["quote", "call me", "price"], to="guide",
                     method="round_robin"),
            TierRule(tier="ready", points=50, to="guide", method="account_owner"),
            TierRule(tier="concierge", points=20, to="concierge", method="least_loaded"),
            TierRule(tier="nurture", points=0, to="marketer", method="queue", queue="New leads"),
        ],
        gates=Gates(),
        same_company=SameCompany(),
        marks=Marks(deal_seekers=["discount", "cheapest", "best price"]),
        weights=[],
        last_resort=LastResort(queue="New leads", shout_after=60),
    )  # fmt: skip


TIERS_AND_ROUTING = Kind(
    "tiers_and_routing",
    gettext_lazy("Tiers and routing"),
    gettext_lazy("Which leads come first, and to whom they go."),
    TiersAndRouting,
    starter,
)
