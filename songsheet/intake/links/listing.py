"""The list of links: what page, API and export show of it."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import iso
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.intake.links.models import Link
from songsheet.intake.links.queries import address_of, answers, links_seen_by, results_of, withdrawn_links
from songsheet.touches.narrowing import (
    by_member,
    campaigns,
    key_of,
    members,
    name_of,
    of_campaign,
    of_person,
    of_source,
    sources,
)
from songsheet.ui.components.marks import badge
from songsheet.ui.when import when

_COUNTED = ("clicks", "human", "visitors", "people", "leads")


def link_path(link: Link) -> str:
    """The page of a link."""
    return f"/links/{link.key}"


def _with_results(rows: Sequence[Any], names: Sequence[str]) -> None:
    if set(names) & set(_COUNTED):
        found = results_of(rows)
        for row in rows:
            row.results = found[row.id]


def _counted(name: str, label: str) -> Column:
    return Column(
        name, label, lambda one: getattr(one.results, name),
        lambda one: format_html('<a href="/links/{}">{}</a>', one.key, f"{getattr(one.results, name):,}"),
        numeric=True,
    )  # fmt: skip


def _answer(link: Link) -> SafeString | str:
    if link.checked_at is None:
        return _("not looked at yet")
    if answers(link.answered):
        return _("answers")
    return badge(str(link.answered or link.check_said), kind="late")


def _person(link: Link) -> SafeString | str:
    whole = link.person.whole if link.person else None
    return format_html('<a href="/buyers/{}">{}</a>', whole.key, whole.name) if whole else ""


LINKS = Listing(
    name="links",
    title="Links",
    base=links_seen_by,
    archive=withdrawn_links,
    path="/links",
    row_path=link_path,
    complete=_with_results,
    columns=(
        Column("name", "Name", lambda one: one.name, link_cell(link_path, lambda one: one.name)),
        Column("address", "Address", address_of, shown=False),
        Column("target", "Leads to", lambda one: one.target, shown=False),
        Column("source", "Source", lambda one: one.source.name if one.source else ""),
        Column("campaign", "Campaign", lambda one: key_of(one.campaign), lambda one: name_of(one.campaign),
               written=lambda one: name_of(one.campaign)),
        Column("person", "For", lambda one: key_of(one.person), _person,
               written=lambda one: name_of(one.person)),
        _counted("clicks", "All clicks"),
        _counted("human", "By humans"),
        _counted("visitors", "Visitors"),
        _counted("people", "People"),
        _counted("leads", "Leads"),
        Column("answered", "Its page", lambda one: one.answered, _answer),
        Column("member", "Made by", lambda one: key_of(one.member), lambda one: name_of(one.member),
               written=lambda one: name_of(one.member), shown=False),
        Column("made", "Made", lambda one: iso(one.made_at), lambda one: when(one.made_at)),
        Column("expires", "Ends", lambda one: iso(one.expires_at),
               lambda one: when(one.expires_at) if one.expires_at else "", shown=False),
    ),
    filters=(
        Filter("q", "Search", lambda rows, value: rows.filter(name__istartswith=value)),
        Filter("source", "Source", of_source, "choice", sources),
        Filter("campaign", "Campaign", of_campaign, "choice", campaigns),
        Filter("person", "For", of_person),
        Filter("member", "Made by", by_member, "choice", members),
        IN_ARCHIVE,
    ),
    sorts=(
        Sort("-made", "Newest first", ("-made_at", "-id"), "link_by_made"),
        Sort("name", "By name", ("name", "id"), "link_by_name"),
    ),
)  # fmt: skip
