"""What changes buyers: meeting them, correcting what we know, what they allow."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar

from songsheet.base import bulk
from songsheet.base.adopting import named, one
from songsheet.base.many import Many, sift
from songsheet.base.refusals import Stale
from songsheet.base.text import clean, fold
from songsheet.buyers.adopt_companies import Companies, CompanyRow, adopt_companies
from songsheet.buyers.adopt_people import People, PersonRow, adopt_people
from songsheet.buyers.allowed import must_be_a_purpose
from songsheet.buyers.errors import DomainIsAnothers, NoSuchCompany, NoSuchPerson
from songsheet.buyers.events import (
    CompanyChanged,
    ConsentChanged,
    ContactAllowed,
    ContactForbidden,
    PersonChanged,
    PersonJoinedCompany,
)
from songsheet.buyers.identity import company_domain, normal_mail
from songsheet.buyers.models import Company, Consent, ConsentText, DoNotContact, Person
from songsheet.buyers.permissions import answers_of
from songsheet.buyers.queries import family_of
from songsheet.buyers.reaching import set_mails, set_phones
from songsheet.buyers.suppressed import REASON
from songsheet.buyers.suppressed_acts import allow_again, suppressed_channels
from songsheet.journal.act import act
from songsheet.journal.changing import change_fields, change_rows, changed_since
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

M = TypeVar("M", Person, Company)


def meet_person(row: PersonRow, *, by: Acting, at: datetime) -> Person:
    """Know a person: the one whom external id, mail, or phone with name mean, or a new one.

    Without a company their mail's domain tells it, unless anybody gets an address there.
    """
    by.must(Right.WORK)
    with act(by=by.actor, at=at):
        domain = next(filter(None, map(company_domain, row.mails)), "")
        if row.company is None and domain:
            row.company = one(adopt_companies([CompanyRow(domain=domain)], by=by, at=at, lane="live")).ref
        met = one(adopt_people([row], by=by, at=at, lane="live"))
    assert met.ref is not None
    return Person.objects.get(id=met.ref[0])


def meet_company(row: CompanyRow, *, by: Acting, at: datetime) -> Company:
    """Know a company: the one whom external id, domain or name mean, or a new one."""
    met = one(adopt_companies([row], by=by, at=at, lane="live"))
    assert met.ref is not None
    return Company.objects.get(id=met.ref[0])


def change_person(
    key: str,
    *,
    by: Acting,
    at: datetime,
    version: int | None = None,
    mails: Iterable[str] | None = None,
    phones: Iterable[str] | None = None,
    company: Company | None = None,
    owner: Member | None = None,
    clear: Collection[Literal["company", "owner"]] = (),
    **values: Any,
) -> Person:
    """Change what we know of a person: name, given_name, family_name, title, language, custom and more.

    `mails` and `phones` are from then on exactly those given; what `clear` names is nobody's from then on. A
    field that somebody else changed since `version` is refused with both values.
    """
    by.must(Right.WORK)
    values |= {f"{name}_id": None for name in clear}
    if "name" in values:
        values["name_folded"] = fold(values["name"])[:300]
    if company is not None:
        values["company_id"] = company.id
    if owner is not None:
        values["owner_id"] = owner.id
    with act(by=by.actor, at=at) as record:
        addresses, numbers = list(dict.fromkeys(map(normal_mail, mails or ()))), list(phones or ())
        bulk.hold(People.realm, addresses)  # before the row, as whoever brings people in does
        person = held_person(key)
        reaching = {name for name, given in (("mails", mails), ("phones", phones)) if given is not None}
        _must_be_theirs_still(person, reaching, version)
        reached = []
        if mails is not None and set_mails(person, addresses, at=at):
            reached.append("mails")
        if phones is not None and set_phones(person, numbers, at=at):
            reached.append("phones")
        changed = change_fields(person, People.table, values, changed_by=PersonChanged, version=version)
        if reached and not changed:
            person.version += 1
            person.save(update_fields=["version"])
        if changed or reached:
            fields = named([*changed, *reached])
            record(PersonChanged(person=person.key, fields=fields, version=person.version))
        if "company_id" in changed and company is not None:
            record(PersonJoinedCompany(person=person.key, company=company.key))
        for channel in sorted(suppressed_channels(addresses, numbers) if reached else ()):
            forbid_contact(person.key, channel=channel, reason=REASON, by=by, at=at)
    return person


def _must_be_theirs_still(person: Person, reaching: set[str], version: int | None) -> None:
    """Refuse to set mails or phones that somebody else changed since they were read."""
    if version is None or version == person.version or not reaching:
        return
    if version > person.version or reaching & changed_since(person.key, PersonChanged, version):
        raise Stale(
            "Somebody changed this since you opened it. Look at both values and save the one that holds.",
            field=min(reaching),
            version=person.version,
        )


def change_company(
    key: str,
    *,
    by: Acting,
    at: datetime,
    version: int | None = None,
    owner: Member | None = None,
    clear: Collection[Literal["owner"]] = (),
    **values: Any,
) -> Company:
    """Change what we know of a company: name, domain, industry, country, people_count, custom, its owner.

    With `clear` its owner is nobody.
    """
    by.must(Right.WORK)
    values |= {f"{name}_id": None for name in clear}
    if owner is not None:
        values["owner_id"] = owner.id
    if "name" in values:
        values["name_folded"] = fold(values["name"])[:300]
    if values.get("domain"):
        values["domain"] = company_domain(values["domain"])
    with act(by=by.actor, at=at):
        if values.get("domain"):
            bulk.hold(Companies.realm, [values["domain"]])
            _must_be_its_own(values["domain"], held_company(key))
        return change_companies([key], by=by, at=at, version=version, **values).only()


def change_companies(
    keys: Sequence[str], *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Many[Company]:
    """The same fields of many companies, at most 2,000; their domains are changed one by one."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        many = sift(keys, _held(Company, keys), NoSuchCompany)
        companies = list({one.id: one for one in many.rows.values()}.values())
        told = change_rows(companies, Companies.table, values, changed_by=CompanyChanged, version=version)
        bodies = [
            {"company": company.key, "fields": named(changed), "version": company.version}
            for company, changed in zip(companies, told, strict=True)
            if changed
        ]
        record.bulk(CompanyChanged, bodies, [at] * len(bodies))
    return many


def change_people(keys: Sequence[str], *, by: Acting, at: datetime, **values: Any) -> Many[Person]:
    """The same fields of many people, at most 2,000; names, addresses and companies go one by one."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        many = sift(keys, _held(Person, keys), NoSuchPerson)
        people = list({one.id: one for one in many.rows.values()}.values())
        told = change_rows(people, People.table, values, changed_by=PersonChanged)
        bodies = [
            {"person": person.key, "fields": named(changed), "version": person.version}
            for person, changed in zip(people, told, strict=True)
            if changed
        ]
        record.bulk(PersonChanged, bodies, [at] * len(bodies))
    return many


def _must_be_its_own(domain: str, company: Company) -> None:
    so_named = Company.objects.filter(domain=domain, gone_at=None)
    for other in (*so_named.filter(root=None), *so_named.filter(root__isnull=False)):
        if company.id not in (other.id, other.root_id):
            raise DomainIsAnothers(domain, other.whole.key)


def record_consent(
    key: str,
    *,
    purpose: str,
    granted: bool,
    by: Acting,
    at: datetime,
    since: datetime | None = None,
    evidence: str = "",
    wording: ConsentText | None = None,
    source: str = "",
) -> None:
    """A person allows or refuses a purpose; the answer that counts already is none, unless they read
    another wording this time.
    """
    by.must(Right.WORK)
    must_be_a_purpose(purpose)
    with act(by=by.actor, at=at) as record:
        person = held_person(key)
        counts = answers_of([person.id]).get(person.id, {}).get(purpose)
        reads_anew = wording is not None and not _read(person, wording)
        if counts is None or counts[0] != granted or reads_anew:
            since = since or at
            Consent.objects.create(
                person=person, purpose=purpose, granted=granted, since=since, evidence=clean(evidence, 200),
                by=by.actor.key, wording=wording, source=source,
            )  # fmt: skip
            answer = "agreed" if granted else "said no"
            record(ConsentChanged(person=person.key, purpose=purpose, answer=answer), occurred_at=since)


def _read(person: Person, wording: ConsentText) -> bool:
    said = Consent.objects.filter(person=person, purpose=wording.purpose, gone_at=None)
    newest = said.order_by("-since", "-id").first()
    return newest is not None and newest.wording_id == wording.pk


def forbid_contact(key: str, *, by: Acting, at: datetime, channel: str = "", reason: str = "") -> None:
    """A person must not be contacted, by one channel or by any; saying it again changes nothing."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        person = held_person(key)
        channel = clean(channel, 12, field="channel")
        if not person.do_not_contact.filter(channel=channel, gone_at=None).exists():
            DoNotContact.objects.create(
                person=person, channel=channel, since=at, reason=clean(reason, 200, field="reason"),
                by=by.actor.key,
            )  # fmt: skip
            record(ContactForbidden(person=person.key, channel=channel or "any"))


def allow_contact(key: str, *, by: Acting, at: datetime, channel: str = "", reason: str = "") -> None:
    """Lift a do-not-contact mark, also where a record that was merged into this one has it; and say why."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        person = held_person(key)
        marks = DoNotContact.objects.filter(person__in=list(family_of(person)), channel=channel, gone_at=None)
        why = clean(reason, 200, field="reason")
        if marks.update(gone_at=at, lifted_by=by.actor.key, lifted_why=why):
            allow_again(list(family_of(person)), channel)
            record(ContactAllowed(person=person.key, channel=channel or "any"))


def held_person(key: str) -> Person:
    """One person, or whom they were merged into, locked until the act ends."""
    person = _held(Person, [key]).get(key)
    if person is None:
        raise NoSuchPerson(key)
    return person


def held_company(key: str) -> Company:
    """One company, or what it was merged into, locked until the act ends."""
    company = _held(Company, [key]).get(key)
    if company is None:
        raise NoSuchCompany(key)
    return company


def _held(model: type[M], keys: Sequence[str]) -> dict[str, M]:
    """These by key, each or what it was merged into, locked in the order of their ids."""
    rows = model._default_manager.select_for_update(of=("self",), no_key=True).order_by("id")
    given: list[Any] = list(rows.filter(key__in=keys, gone_at=None))
    merged = {one.root_id for one in given if one.root_id is not None}
    roots: dict[int, Any] = (
        {one.pk: one for one in rows.filter(id__in=merged, gone_at=None)} if merged else {}
    )
    whole = {one.key: roots.get(one.root_id) if one.root_id else one for one in given}
    same = {one.pk: one for one in whole.values() if one is not None}
    return {key: same[one.pk] for key, one in whole.items() if one is not None}
