"""The register of campaigns as a list: what page, API and export show of it."""

from typing import Any

from songsheet.base.money import Money
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import in_words, iso
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.team.fields import listing as own
from songsheet.team.roles import Right
from songsheet.touches.actions import change_campaign
from songsheet.touches.editing import BUDGET, CALLED, COST, ENDS, KIND, SOURCE, STANDS, STARTS
from songsheet.touches.models import Campaign
from songsheet.touches.narrowing import of_source, sources
from songsheet.touches.queries import archived_campaigns, campaigns_seen_by
from songsheet.ui.components.marks import money


def campaign_path(campaign: Campaign) -> str:
    """A campaign opens the leads that it brought."""
    return f"/leads?campaign={campaign.key}"


def _money(row: Any, name: str) -> Money | None:
    amount = getattr(row, name)
    return Money(amount, row.currency) if amount is not None else None


def _amount(name: str, label: str, edit: Any) -> Column:
    return Column(
        name,
        label,
        lambda one: _money(one, name),
        lambda one: money(_money(one, name)),
        numeric=True,
        money=True,
        edit=edit,
    )


CAMPAIGNS = Listing(
    name="campaigns",
    title="Campaigns",
    base=campaigns_seen_by,
    archive=archived_campaigns,
    bulk=True,
    path="/campaigns",
    row_path=campaign_path,
    columns=own.columns("campaign", change_campaign, Right.SPEND)(
        Column(
            "name", "Name", lambda one: one.name, link_cell(campaign_path, lambda one: one.name), edit=CALLED
        ),
        Column("kind", "Kind", lambda one: one.kind, edit=KIND),
        Column("status", "Status", lambda one: one.status, edit=STANDS),
        Column("source", "Source", lambda one: one.source.name if one.source else "", edit=SOURCE),
        Column(
            "starts_on",
            "Starts",
            lambda one: iso(one.starts_on),
            lambda one: in_words(one.starts_on),
            edit=STARTS,
        ),
        Column("ends_on", "Ends", lambda one: iso(one.ends_on), lambda one: in_words(one.ends_on), edit=ENDS),
        _amount("budget", "Budget", BUDGET),
        _amount("cost", "Cost", COST),
        Column("external_id", "External id", lambda one: one.external_id, shown=False),
    ),
    filters=own.filters("campaign")(
        Filter("q", "Search", lambda rows, value: rows.filter(name__istartswith=value)),
        Filter("source", "Source", of_source, "choice", sources),
        Filter("kind", "Kind", lambda rows, value: rows.filter(kind__iexact=value)),
        Filter("status", "Status", lambda rows, value: rows.filter(status__iexact=value)),
        IN_ARCHIVE,
        Filter("external_id", "External id", lambda rows, value: rows.filter(external_id=value)),
    ),
    sorts=own.sorts("campaign")(
        Sort("-entered", "Newest first", ("-id",), "campaign_by_id"),
        Sort("name", "By name", ("name", "id"), "campaign_by_name"),
    ),
    groups=own.groups("campaign")(),
)
