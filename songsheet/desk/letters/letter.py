"""The letters as one object: what page, command line and API tell."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from songsheet.desk.letters.asked import UNKNOWN, Asked, Limits, limits_of
from songsheet.desk.letters.count import Counts, Leaked, count
from songsheet.desk.letters.kinds import KINDS, Kind
from songsheet.desk.letters.worth import Money, in_order, split, worth_of
from songsheet.desk.models import Outcome, Response
from songsheet.team.acting import Acting
from songsheet.team.models import House
from songsheet.team.queries import house as the_house
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign


@dataclass(frozen=True)
class Came:
    """Where leads came from: one source and campaign, what became of theirs, what they brought and cost."""

    source: str
    campaign: str | None
    campaign_key: str | None
    leads: int
    deals: int
    won: int
    revenue: Money
    cost: Money


def together(rows: Sequence[Came], name: Callable[[Came], str]) -> list[Came]:
    """Rows of the same name as one, the thickest first; money is added within each currency."""
    found: dict[str, list[Came]] = defaultdict(list)
    for row in rows:
        found[name(row)].append(row)
    sums = [
        Came(
            source=its[0].source,
            campaign=None,
            campaign_key=None,
            leads=sum(row.leads for row in its),
            deals=sum(row.deals for row in its),
            won=sum(row.won for row in its),
            revenue=_added(row.revenue for row in its),
            cost=_added(row.cost for row in its),
        )
        for its in found.values()
    ]
    return sorted(sums, key=lambda row: (-row.leads, row.source))


def _added(amounts: Iterable[Money]) -> Money:
    total: dict[str, int] = defaultdict(int)
    for amount in amounts:
        for currency, minor in amount.items():
            total[currency] += minor
    return dict(sorted(total.items()))


@dataclass(frozen=True)
class Leak:
    """One way in which leads leak, how many, what can still be saved, and the action that mends it."""

    kind: Kind
    leads: int
    still: int
    value: Money
    estimate: bool
    sentence: str
    link: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line and the API give it."""
        return {
            "kind": self.kind.name,
            "leads": self.leads,
            "still": self.still,
            "value": self.value,
            "estimate": self.estimate,
            "sentence": self.sentence,
            "action": str(self.kind.action),
            "means": str(self.kind.means),
            "link": self.link,
        }


@dataclass(frozen=True)
class Letters:
    """Both letters at one position of the journal. `told` stays None until there is a song sheet to ask."""

    at: datetime
    asked: Asked
    limits: Limits
    counts: Counts
    came_from: list[Came]
    leaks: list[Leak]
    spent_without_leads: Money

    def by_source(self) -> list[Came]:
        """Where leads came from, a row per source."""
        return together(self.came_from, lambda row: row.source)

    @property
    def leads(self) -> int:
        """How many leads came."""
        return self.counts.leads

    def went(self, *outcomes: Outcome) -> int:
        """How many leads went one of these ways."""
        return sum(self.counts.went.get(outcome, 0) for outcome in outcomes)

    def as_dict(self) -> dict[str, Any]:
        """What `songsheet letters --json` and the API give."""
        return {
            "position": self.counts.position,
            "at": self.at.isoformat(),
            "from": self.asked.first and self.asked.first.isoformat(),
            "until": self.asked.last and self.asked.last.isoformat(),
            "leads": self.leads,
            "came_from": [vars(row) for row in self.came_from],
            "went": [{"outcome": str(one.label), "leads": self.went(one)} for one in Outcome],
            "response": {str(one.label): self.counts.response.get(one, 0) for one in Response},
            "leaks": [leak.as_dict() for leak in self.leaks],
            "told": None,
            "spent_without_leads": self.spent_without_leads,
        }


def letters(
    viewer: Acting, *, at: datetime, asked: Asked | None = None, house: House | None = None
) -> Letters:
    """Count the letters for somebody at a time; as current as the reader `desk.standing` is."""
    viewer.must(Right.LOOK)
    asked, house = asked or Asked(), house or the_house()
    limits = limits_of(house, at)
    counts = count(asked, limits, house)
    sources, campaigns = counts.sources, counts.campaigns
    named = {origin[1] for origin in counts.came}
    spent: dict[str, int] = defaultdict(int)
    for one in campaigns.values():
        if one.cost and one.id not in named and not asked.is_narrow:
            spent[one.currency] += one.cost
    return Letters(
        at=at,
        asked=asked,
        limits=limits,
        counts=counts,
        came_from=_came_from(counts, sources, campaigns),
        leaks=_leaks(counts, sources, campaigns, asked, house),
        spent_without_leads=dict(spent),
    )


def _came_from(counts: Counts, sources: dict[int, str], campaigns: dict[int, Campaign]) -> list[Came]:
    """A row per source and campaign, the thickest first; each campaign's cost falls on its rows by leads."""
    origins = sorted(counts.came, key=lambda one: (-counts.came[one][0], one[0] or 0, one[1] or 0))
    cost: dict[tuple[int | None, int | None], Money] = {}
    for id_, campaign in campaigns.items():
        its = [origin for origin in origins if origin[1] == id_]
        if campaign.cost is not None:
            parts = split(campaign.cost, [counts.came[origin][0] for origin in its])
            cost |= {origin: {campaign.currency: part} for origin, part in zip(its, parts, strict=True)}
    rows = []
    for origin in origins:
        source, found = origin[0], campaigns.get(origin[1] or 0)
        leads, deals, won = counts.came[origin]
        rows.append(
            Came(
                source=sources[source] if source else UNKNOWN,
                campaign=found.name if found else None,
                campaign_key=found.key if found else None,
                leads=leads,
                deals=deals,
                won=won,
                revenue=counts.revenue.get(origin, {}),
                cost=cost.get(origin, {}),
            )
        )
    return rows


def _leaks(
    counts: Counts, sources: dict[int, str], campaigns: dict[int, Campaign], asked: Asked, house: House
) -> list[Leak]:
    """The kinds that leak at all, ranked by what can be saved: its value, then its leads."""
    found = []
    for bit, kind in enumerate(KINDS):
        leaked = counts.leaked.get(bit)
        if leaked is None:
            continue
        value, estimate = worth_of(leaked, counts)
        sentence = _sentence(kind, leaked, sources, campaigns)
        link = f"/letters/leaks/{kind.name}{address(asked, sources)}"
        found.append(Leak(kind, leaked.leads, leaked.still, value, estimate, sentence, link))
    return sorted(
        found, key=lambda leak: (*in_order(leak.value, house.currency), leak.still, leak.leads), reverse=True
    )


def _sentence(kind: Kind, leaked: Leaked, sources: dict[int, str], campaigns: dict[int, Campaign]) -> str:
    parts = [kind.words(leaked.leads)]
    if leaked.still:
        parts.append(", " + kind.saved(leaked.still))
    thickest = thickest_of(leaked.by_origin.items(), sources, campaigns)
    if thickest and thickest[1] < leaked.leads:
        words = ngettext("%(n)s came from %(name)s", "%(n)s came from %(name)s", thickest[1])
        parts.append("; " + words % {"n": f"{thickest[1]:,}", "name": thickest[0]})
    elif thickest:
        parts.append("; " + _("they came from %(name)s") % {"name": thickest[0]})
    return "".join(parts)


def thickest_of(
    leaked: Any, sources: dict[int, str], campaigns: dict[int, Campaign]
) -> tuple[str, int] | None:
    """The campaign that most came from, or the source where campaigns say little; None where nobody knows."""
    by_campaign: dict[str, int] = defaultdict(int)
    by_source: dict[str, int] = defaultdict(int)
    total = 0
    for (source, campaign), leads in leaked:
        total += leads
        if campaign in campaigns:
            by_campaign[campaigns[campaign].name] += leads
        if source in sources:
            by_source[sources[source]] += leads
    for named, least in ((by_campaign, total / 5), (by_source, 0), (by_campaign, 0)):
        name = max(named, key=lambda one: (named[one], one), default=None)
        if name is not None and named[name] > least:
            return name, named[name]
    return None


def address(asked: Asked, sources: dict[int, str], **more: str) -> str:
    """What is asked for as the query of an address."""
    given: Sequence[tuple[str, str]] = [
        ("from", asked.first.isoformat() if asked.first else ""),
        ("until", asked.last.isoformat() if asked.last else ""),
        ("source", "" if asked.source is None else sources.get(asked.source, UNKNOWN)),
        *more.items(),
    ]
    query = urlencode([(name, value) for name, value in given if value])
    return f"?{query}" if query else ""
