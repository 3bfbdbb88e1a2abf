"""People and companies as the API takes and gives them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BaseModel, Field, StrictBool

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Lane, Ref
from songsheet.buyers.adopt_companies import CompanyRow, adopt_companies
from songsheet.buyers.adopt_people import PersonRow, adopt_people
from songsheet.buyers.identity import company_domain
from songsheet.buyers.models import Company
from songsheet.buyers.person_read import read_person
from songsheet.doors.api import (
    Custom,
    External,
    Given,
    Key,
    Moment,
    Text,
    Version,
    adopt_good,
    keyed,
    named_by,
)
from songsheet.team.acting import Acting
from songsheet.team.bodies import must_be_declared
from songsheet.team.fields.declared import shown as shown_of
from songsheet.team.models import Member


class ConsentIn(Given):
    """What a person allowed or refused, since when."""

    purpose: Annotated[Text, Field(max_length=12, description="mail, call, post or tracking")]
    granted: StrictBool
    since: Moment | None = None


class ForbidIn(Given):
    """A channel by which a person must not be contacted; an empty one: by none."""

    channel: Annotated[Text, Field(max_length=12)] = ""
    reason: Annotated[Text, Field(max_length=200)] = ""


class AllowIn(Given):
    """A mark by this channel no longer holds, and why; an empty channel: the mark that forbids any."""

    channel: Annotated[Text, Field(max_length=12)] = ""
    reason: Annotated[Text, Field(max_length=200)] = ""


class CompanyIn(Given):
    """What is known of a company: it is known again by external id, then domain, then name."""

    name: Text = ""
    domain: Text = ""
    industry: Text = ""
    country: Text = Field("", max_length=2)
    people_count: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] | None = None
    owner: Key | None = None
    met_at: Moment | None = None
    custom: Custom | None = None
    external: External | None = None


class PersonIn(Given):
    """What is known of a person: they are known again by external id, mail, or phone together with name."""

    name: Text = ""
    given_name: Text = ""
    family_name: Text = ""
    title: Text = ""
    language: Text = ""
    mails: list[Text] = Field(default_factory=list, max_length=20)
    phones: list[Text] = Field(default_factory=list, max_length=20)
    company: Key | None = Field(None, description="else the domain of the mail tells it")
    owner: Key | None = None
    met_at: Moment | None = None
    custom: Custom | None = None
    external: External | None = None
    consents: list[ConsentIn] = Field(default_factory=list, max_length=10)
    do_not_contact: list[ForbidIn] = Field(default_factory=list, max_length=10)


class CompanyChange(Given):
    """The fields to change; null clears one."""

    version: Version | None = None
    name: Annotated[Text, Field(min_length=1, max_length=300)] | None = None
    domain: Annotated[Text, Field(max_length=253)] | None = None
    industry: Annotated[Text, Field(max_length=120)] | None = None
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] | None = None
    people_count: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] | None = None
    owner: Key | None = None
    custom: Custom | None = None


class PersonChange(Given):
    """The fields to change; null clears one. Mails and phones are from then on exactly those given."""

    version: Version | None = None
    name: Annotated[Text, Field(max_length=300)] | None = None
    given_name: Annotated[Text, Field(max_length=150)] | None = None
    family_name: Annotated[Text, Field(max_length=150)] | None = None
    title: Annotated[Text, Field(max_length=200)] | None = None
    language: Annotated[Text, Field(max_length=10)] | None = None
    mails: Annotated[list[Text], Field(max_length=20)] | None = None
    phones: Annotated[list[Text], Field(max_length=20)] | None = None
    company: Key | None = None
    owner: Key | None = None
    custom: Custom | None = None


class ExternalOut(BaseModel):
    """What another system calls it."""

    system: str
    id: str


class CompanyOut(Schema):
    """A company."""

    key: str
    name: str
    domain: str
    industry: str
    country: str
    people_count: int | None
    owner: str | None
    met_at: datetime
    custom: dict[str, Any]
    external: list[ExternalOut]
    version: int

    @classmethod
    def of(cls, one: Company) -> "CompanyOut":
        values = _plain(one, cls, ("owner", "external", "custom"))
        custom = shown_of("company", one.custom)
        return cls(**values, owner=_key(one.owner), external=_externals(one), custom=custom)


class PersonOut(BaseModel):
    """A person, how to reach them, and what they allow."""

    key: str
    name: str
    given_name: str
    family_name: str
    title: str
    language: str
    mails: list[str]
    phones: list[str]
    company: str | None
    owner: str | None
    met_at: datetime
    consents: dict[str, bool]
    do_not_contact: list[str]
    custom: dict[str, Any]
    external: list[ExternalOut]
    version: int

    @classmethod
    def read(cls, viewer: Acting, key: str) -> "PersonOut":
        """One person that the viewer may see, by any of their keys."""
        known = read_person(viewer, key)
        return cls.model_validate({**known, "custom": shown_of("person", known["custom"])})


def bring_companies(
    given: Sequence[CompanyIn], *, by: Acting, at: datetime, lane: Lane = "live"
) -> list[Adopted]:
    """Know companies as they are given."""
    owners = keyed(Member, (one.owner for one in given))
    declared = must_be_declared("company", [one.custom for one in given])

    def row_of(one: CompanyIn) -> CompanyRow:
        declared(one.custom)
        values = one.model_dump(exclude={"owner", "external"})
        owner = named_by(owners, one.owner, "member", "owner")
        return CompanyRow(**values, owner=owner, external=one.external.pair if one.external else None)

    return adopt_good(given, row_of, lambda rows: adopt_companies(rows, by=by, at=at, lane=lane))


def bring_people(
    given: Sequence[PersonIn], *, by: Acting, at: datetime, lane: Lane = "live"
) -> list[Adopted]:
    """Know people as they are given; without a company their mail's domain tells it, as for one of them."""
    owners = keyed(Member, (one.owner for one in given))
    companies = keyed(Company, (one.company for one in given), gone_at=None)
    declared = must_be_declared("person", [one.custom for one in given])

    def row_of(one: PersonIn) -> PersonRow:
        declared(one.custom)
        values = one.model_dump(
            exclude={"owner", "company", "mails", "phones", "external", "consents", "do_not_contact"}
        )
        return PersonRow(
            **values,
            mails=tuple(one.mails),
            phones=tuple(one.phones),
            owner=named_by(owners, one.owner, "member", "owner"),
            company=named_by(companies, one.company, "company", "company"),
            external=one.external.pair if one.external else None,
            consents=tuple((said.purpose, said.granted, said.since) for said in one.consents),
            do_not_contact=tuple((mark.channel, mark.reason) for mark in one.do_not_contact),
        )

    def adopt(rows: list[PersonRow]) -> list[Adopted]:
        _join_by_domain(rows, by=by, at=at, lane=lane)
        return adopt_people(rows, by=by, at=at, lane=lane)

    return adopt_good(given, row_of, adopt)


def _join_by_domain(rows: Sequence[PersonRow], *, by: Acting, at: datetime, lane: Lane) -> None:
    domain_of = {
        id(row): domain
        for row in rows
        if row.company is None and (domain := next(filter(None, map(_domain, row.mails)), ""))
    }
    if not domain_of:
        return
    domains = list(dict.fromkeys(domain_of.values()))
    known = bulk.rows(_AT_DOMAINS, {"domains": domains})
    company_of: dict[str, Ref | None] = {domain: (id_, key) for domain, id_, key in known}
    if unknown := [domain for domain in domains if domain not in company_of]:
        adopted = adopt_companies([CompanyRow(domain=one) for one in unknown], by=by, at=at, lane=lane)
        company_of.update(zip(unknown, (one.ref for one in adopted), strict=True))
    for row in rows:
        row.company = row.company or company_of.get(domain_of.get(id(row), ""))


#: In two halves, since each has an index of its own; of a company and one merged away, the company is last.
_AT_DOMAINS = """
select domain, id, key from (
    select one.domain, whole.id, whole.key, 1 as nth
      from buyers_company one join buyers_company whole on whole.id = one.root_id
     where one.domain = any(%(domains)s::text[]) and one.domain <> '' and one.gone_at is null
       and one.root_id is not null and whole.gone_at is null
     union all
    select domain, id, key, 2 from buyers_company
     where domain = any(%(domains)s::text[]) and domain <> '' and gone_at is null and root_id is null
  ) as known order by nth
"""


def _domain(mail: str) -> str:
    return company_domain(mail) if mail.count("@") == 1 else ""


def _plain(row: Any, schema: type[Schema], but: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields if name not in but}


def _key(row: Any) -> str | None:
    return row.key if row else None


def _externals(row: Company) -> list[ExternalOut]:
    standing = [one for one in row.external_ids.all() if one.gone_at is None]
    return [
        ExternalOut(system=one.system, id=one.external_id) for one in sorted(standing, key=lambda one: one.id)
    ]
