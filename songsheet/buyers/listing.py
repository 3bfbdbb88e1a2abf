"""The lists of people and of companies: what page, API and export show of them."""

from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from songsheet.base.text import fold
from songsheet.buyers.actions import change_company, change_person
from songsheet.buyers.editing import COUNTRY, DOMAIN, INDUSTRY, MAILS, PHONES, SIZE, TITLE
from songsheet.buyers.models import Company, ExternalId, Person
from songsheet.buyers.queries import (
    archived_companies,
    archived_people,
    called,
    companies_of,
    companies_seen_by,
    mails_of,
    people_seen_by,
    phones_of,
)
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Found, Group, Listing, Sort
from songsheet.tags.listing import TAGS, WITH_TAG
from songsheet.tags.queries import with_tags
from songsheet.team.fields import listing as own
from songsheet.team.queries import member_choices, member_with
from songsheet.ui.when import when


def person_path(person: Person) -> str:
    """A person's page."""
    return f"/buyers/{person.key}"


def company_path(company: Company) -> str:
    """A company's page."""
    return f"/companies/{company.key}"


def _owner(row: Person | Company) -> str:
    return row.owner.name if row.owner else ""


def _owned(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(owner=None) if value == "nobody" else rows.filter(owner_id=member_with(value))


def _known_elsewhere(kind: str) -> Any:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        known = ExternalId.objects.filter(kind=kind, external_id=value, gone_at=None)
        whole = Coalesce(F(f"{kind}__root_id"), F(f"{kind}_id"))
        return rows.filter(id__in=known.values_list(whole))

    return narrow


def _of_company(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(company_id__in=companies_of(value))


def _find_people(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(id__in=hits.people), hits.complete)


_FIND_ARCHIVED = partial(_find_people, hidden=True)


def _company_name(key: str) -> str:
    return Company.objects.filter(key=key).values_list("name", flat=True).first() or key


def _owner_choices() -> list[tuple[str, str]]:
    return [("nobody", "Nobody"), *member_choices()]


PEOPLE = Listing(
    name="people",
    title="Buyers",
    base=with_tags(people_seen_by),
    archive=with_tags(archived_people),
    bulk=True,
    path="/buyers",
    row_path=person_path,
    columns=own.columns("person", change_person)(
        Column("name", "Name", lambda one: one.name, link_cell(person_path, lambda one: one.name)),
        Column("title", "Title", lambda one: one.title, edit=TITLE),
        Column("company", "Company", lambda one: one.company.whole.name if one.company else ""),
        Column("mail", "Mail", lambda one: next(iter(mails_of(one)), ""), edit=MAILS),
        Column("phone", "Phone", lambda one: next(iter(phones_of(one)), ""), edit=PHONES),
        Column("owner", "Owner", _owner),
        Column("met", "Known since", lambda one: iso(one.met_at), lambda one: when(one.met_at)),
        TAGS,
    ),
    filters=own.filters("person")(
        Filter(
            "q", "Search", find=_find_people, find_hidden=partial(_find_people, hidden=True), personal=True
        ),
        Filter("owner", "Owner", _owned, "choice", _owner_choices),
        Filter("company", "Company", _of_company, says=_company_name),
        Filter("from", "Known from", lambda rows, value: rows.filter(met_at__gte=start_of(value)), "date"),
        Filter("until", "Known until", lambda rows, value: rows.filter(met_at__lt=end_of(value)), "date"),
        WITH_TAG,
        IN_ARCHIVE,
        Filter("external_id", "External id", _known_elsewhere("person"), personal=True),
    ),
    sorts=own.sorts("person")(
        Sort("-met", "Newest first", ("-met_at", "-id"), "person_by_met"),
        Sort("met", "Oldest first", ("met_at", "id"), "person_by_met"),
        Sort("name", "By name", ("name_folded", "id"), "person_by_name"),
        Sort("-name", "By name, from the end", ("-name_folded", "-id"), "person_by_name"),
    ),
    groups=own.groups("person")(Group("owner", "By owner", "person_of_owner")),
    beside=True,
)

COMPANIES = Listing(
    name="companies",
    title="Companies",
    base=with_tags(companies_seen_by),
    archive=with_tags(archived_companies),
    bulk=True,
    path="/companies",
    row_path=company_path,
    columns=own.columns("company", change_company)(
        Column("name", "Name", lambda one: one.name, link_cell(company_path, lambda one: one.name)),
        Column("domain", "Domain", lambda one: one.domain, edit=DOMAIN),
        Column("industry", "Industry", lambda one: one.industry, edit=INDUSTRY),
        Column("country", "Country", lambda one: one.country, edit=COUNTRY),
        Column("people_count", "Size", lambda one: one.people_count, numeric=True, edit=SIZE),
        Column("owner", "Owner", _owner),
        Column("met", "Known since", lambda one: iso(one.met_at), lambda one: when(one.met_at)),
        TAGS,
    ),
    filters=own.filters("company")(
        Filter(
            "q", "Search", lambda rows, value: rows.filter(name_folded__startswith=fold(value)), personal=True
        ),
        Filter("owner", "Owner", _owned, "choice", _owner_choices),
        Filter("domain", "Domain", lambda rows, value: rows.filter(domain=fold(value))),
        Filter("country", "Country", lambda rows, value: rows.filter(country=value.upper())),
        WITH_TAG,
        IN_ARCHIVE,
        Filter("external_id", "External id", _known_elsewhere("company")),
    ),
    sorts=own.sorts("company")(
        Sort("-met", "Newest first", ("-met_at", "-id"), "company_by_met"),
        Sort("met", "Oldest first", ("met_at", "id"), "company_by_met"),
        Sort("name", "By name", ("name_folded", "id"), "company_by_name"),
        Sort("-name", "By name, from the end", ("-name_folded", "-id"), "company_by_name"),
    ),
    groups=own.groups("company")(Group("owner", "By owner", "company_of_owner")),
    beside=True,
)
