"""The list of deals: what page, API and export show of it."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from songsheet.base.money import Money
from songsheet.base.text import fold
from songsheet.buyers.models import Company
from songsheet.buyers.queries import called
from songsheet.deals.actions import change_deal
from songsheet.deals.editing import AMOUNT, EXPECTED, OWNER, STEP, STEP_ON
from songsheet.deals.models import AMOUNT_OR_LAST, ENDED, EXPECTED_OR_LAST, LOWER_NAME, Deal, Stage
from songsheet.deals.queries import archived_deals, read_buyers, seen_by
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import end_of, in_words, iso, start_of
from songsheet.doors.listing import Column, Filter, Found, Group, Listing, Sort
from songsheet.leads.models import Lead
from songsheet.tags.listing import TAGS, WITH_TAG
from songsheet.tags.queries import with_tags
from songsheet.team.fields import listing as own
from songsheet.team.queries import member_choices, member_with
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign
from songsheet.ui.components.marks import money
from songsheet.ui.when import when

#: The value of a filter for rows that have none of it.
NONE = "none"


def deal_path(deal: Deal) -> str:
    """A deal is read in its buyer's story."""
    return f"/buyers/{deal.lead.person.whole.key}"


def _company(deal: Deal) -> Company | None:
    company = deal.company or deal.lead.person.whole.company
    return company.whole if company else None


def _title(deal: Deal) -> str:
    company = _company(deal)
    return deal.name or (company.name if company else "") or deal.lead.person.whole.name


def _amount(deal: Deal) -> Money | None:
    return deal.money


def _margin(deal: Deal) -> Money | None:
    return Money(deal.margin, deal.currency) if deal.margin is not None else None


def _chance(deal: Deal) -> SafeString | str:
    return f"{deal.probability / 100:g} %" if deal.probability is not None else ""


def _state_and_stage(deal: Deal) -> str:
    stage = deal.stage.name if deal.stage and deal.state == Deal.State.OPEN else ""
    return stage or str(Deal.State(deal.state).label)


def _search(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    hits = called(value, most, hidden=hidden)
    deals = Deal.objects.filter(gone_at__isnull=not hidden).order_by()
    of_people = deals.filter(lead__in=Lead.objects.filter(person__in=hits.people).values("id"))
    of_companies = deals.filter(company__in=hits.companies)
    named = deals.alias(called=LOWER_NAME).filter(called__startswith=value.strip().lower())
    first, *others = (
        found.values_list("id", flat=True)[: most + 1] for found in (of_people, of_companies, named)
    )
    ids = list(first.union(*others))
    return Found(rows.filter(id__in=ids[:most]), hits.complete and len(ids) <= most)


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "ended":
        return rows.filter(state__in=ENDED)
    if value not in Deal.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _states() -> list[tuple[str, str]]:
    return [("ended", "Ended"), *((str(state.value), str(state.label)) for state in Deal.State)]


def _owned(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(owner=None) if value == "nobody" else rows.filter(owner_id=member_with(value))


def _in_stage(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == NONE:
        return rows.filter(stage=None, state="open")
    return rows.filter(stage_id=Stage.objects.filter(name_folded=fold(value)).values("id")[:1], state="open")


def _stages() -> list[tuple[str, str]]:
    names = Stage.objects.order_by("position", "id").values_list("name", flat=True)
    return [*((name, name) for name in names), (NONE, "No stage")]


def _of_campaign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(campaign_id=Campaign.objects.filter(key=value).values("id")[:1])


def _step(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value not in ("yes", "no"):
        raise ValueError(value)
    return rows.filter(state="open", next_step_on__isnull=value == "no")


DEALS = Listing(
    name="deals",
    title="Deals",
    base=with_tags(seen_by),
    archive=with_tags(archived_deals),
    bulk=True,
    board="/deals/board",
    path="/deals",
    row_path=deal_path,
    columns=own.columns("deal", change_deal)(
        Column("name", "Deal", lambda deal: deal.name, link_cell(deal_path, _title)),
        Column("company", "Company", lambda deal: str(_company(deal) or "")),
        Column("person", "Person", lambda deal: deal.lead.person.whole.name, shown=False),
        Column("state", "State", lambda deal: deal.state, _state_and_stage),
        Column("stage", "Stage", lambda deal: deal.stage.name if deal.stage else "", shown=False),
        Column(
            "amount",
            "Amount",
            _amount,
            lambda deal: money(_amount(deal)),
            numeric=True,
            money=True,
            edit=AMOUNT,
        ),
        Column(
            "margin",
            "Margin",
            _margin,
            lambda deal: money(_margin(deal)),
            numeric=True,
            money=True,
            right=Right.MARGIN,
            shown=False,
        ),
        Column("probability", "Chance", lambda deal: deal.probability, _chance, numeric=True, shown=False),
        Column("owner", "Owner", lambda deal: deal.owner.name if deal.owner else "", edit=OWNER),
        Column(
            "expected",
            "Expected",
            lambda deal: iso(deal.expected_on),
            lambda deal: in_words(deal.expected_on),
            edit=EXPECTED,
        ),
        Column("next_step", "Next step", lambda deal: deal.next_step, edit=STEP),
        Column(
            "next_step_on",
            "Next step on",
            lambda deal: iso(deal.next_step_on),
            lambda deal: in_words(deal.next_step_on),
            shown=False,
            edit=STEP_ON,
        ),
        Column("opened", "Opened", lambda deal: iso(deal.opened_at), lambda deal: when(deal.opened_at)),
        Column("external_id", "External id", lambda deal: deal.external_id, shown=False),
        TAGS,
    ),
    filters=own.filters("deal")(
        Filter("q", "Search", find=_search, find_hidden=partial(_search, hidden=True), personal=True),
        Filter("state", "State", _state, "choice", _states),
        Filter("stage", "Stage", _in_stage, "choice", _stages),
        Filter("owner", "Owner", _owned, "choice", lambda: [("nobody", "Nobody"), *member_choices()]),
        Filter("campaign", "Campaign key", _of_campaign),
        Filter("next_step", "Has a next step", _step, "flag"),
        Filter(
            "from", "Opened from", lambda rows, value: rows.filter(opened_at__gte=start_of(value)), "date"
        ),
        Filter("until", "Opened until", lambda rows, value: rows.filter(opened_at__lt=end_of(value)), "date"),
        WITH_TAG,
        IN_ARCHIVE,
        Filter(
            "external_id",
            "External id",
            lambda rows, value: rows.filter(external_id=value),
            personal=True,
        ),
    ),
    sorts=own.sorts("deal")(
        Sort("-opened", "Newest first", ("-opened_at", "-id"), "deal_by_opened"),
        Sort("opened", "Oldest first", ("opened_at", "id"), "deal_by_opened"),
        Sort(
            "expected",
            "Expected soonest",
            ("expected_or_last", "id"),
            "deal_by_expected",
            {"expected_or_last": EXPECTED_OR_LAST},
        ),
        Sort(
            "-amount",
            "Largest first, by currency",
            ("-currency", "-amount_or_last", "-id"),
            "deal_by_amount",
            {"amount_or_last": AMOUNT_OR_LAST},
        ),
    ),
    groups=own.groups("deal")(
        Group("stage", "By stage", "deal_of_stage"),
        Group("owner", "By owner", "deal_of_owner"),
    ),
    beside=True,
    complete=read_buyers,
)
