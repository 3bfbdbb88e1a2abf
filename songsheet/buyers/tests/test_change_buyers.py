"""Meeting people and companies by hand, correcting them, what they allow, taking them out."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.adopting import RowRefused
from songsheet.base.refusals import Stale
from songsheet.base.tests.cast import SUZANNE
from songsheet.buyers.actions import (
    change_company,
    change_person,
    forbid_contact,
    meet_company,
    meet_person,
    record_consent,
)
from songsheet.buyers.adopt import CompanyRow, PersonRow, withdraw_companies, withdraw_people
from songsheet.buyers.errors import DomainIsAnothers, MailIsAnothers, NoSuchPerson
from songsheet.buyers.events import (
    CompanyChanged,
    CompanyMet,
    ConsentChanged,
    ContactForbidden,
    PersonChanged,
    PersonGone,
    PersonJoinedCompany,
    PersonMet,
)
from songsheet.buyers.models import Consent, Mail, Person
from songsheet.journal.check import run
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing


def suzanne(cast: dict[str, Any], at: datetime) -> Person:
    row = PersonRow(name=SUZANNE["name"], mails=(SUZANNE["mail"],), phones=(SUZANNE["phone"],))
    return meet_person(row, by=as_member(cast["priya"]), at=at)


def sound() -> list[str]:
    return [offence.sentence for offence in run(full=True, only=["I7"])]


def test_who_is_met_belongs_to_the_company_of_their_mail(cast: dict[str, Any], at: datetime) -> None:
    person = suzanne(cast, at)
    assert person.company is not None
    assert person.company.domain == "brightwater.example"
    assert suzanne(cast, at) == person
    entry = assert_recorded(PersonMet, person=person.key, company=person.company.key)
    assert entry.lane == "live"
    assert_recorded(CompanyMet)
    assert sound() == []


def test_a_mail_that_anybody_gets_tells_no_company(cast: dict[str, Any], at: datetime) -> None:
    person = meet_person(PersonRow(name="A", mails=("a@gmail.com",)), by=as_member(cast["priya"]), at=at)
    assert person.company is None


def test_two_fields_by_two_people_both_stand_and_the_same_field_is_told(
    cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(cast, at)
    change_person(person.key, title="Owner", version=1, by=as_member(cast["priya"]), at=at)
    both = change_person(person.key, language="fr", version=1, by=as_member(cast["tom"]), at=at)
    assert (both.title, both.language, both.version) == ("Owner", "fr", 3)
    with pytest.raises(Stale) as refused:
        change_person(person.key, title="Boss", version=1, by=as_member(cast["tom"]), at=at)
    assert (refused.value.field, refused.value.extra["theirs"]) == ("title", {"title": "Owner"})
    assert [entry.event.fields for entry in recorded(PersonChanged)] == ["title", "language"]
    assert sound() == []


def test_mails_and_phones_are_those_that_are_given(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    person = suzanne(cast, at)
    changed = change_person(person.key, mails=["New@Brightwater.example"], phones=[], by=by, at=at)
    assert [mail.address for mail in changed.mails.filter(gone_at=None)] == ["new@brightwater.example"]
    assert not changed.phones.filter(gone_at=None).exists()
    assert_recorded(PersonChanged, person=person.key, fields="mails, phones", version=2)
    other = meet_person(PersonRow(name="Other"), by=by, at=at)
    with pytest.raises(MailIsAnothers) as refused:
        change_person(other.key, mails=["new@brightwater.example"], by=by, at=at)
    assert refused.value.extra["person"] == person.key
    assert meet_person(PersonRow(mails=(SUZANNE["mail"],)), by=by, at=at) != person


def test_a_person_joins_another_company(cast: dict[str, Any], at: datetime) -> None:
    person = suzanne(cast, at)
    other = meet_company(CompanyRow("Clearwater"), by=as_member(cast["priya"]), at=at)
    change_person(person.key, company=other, by=as_member(cast["priya"]), at=at)
    assert_recorded(PersonJoinedCompany, person=person.key, company=other.key)


def test_what_is_too_long_is_refused_by_its_field(cast: dict[str, Any], at: datetime) -> None:
    person = suzanne(cast, at)
    with pytest.raises(RowRefused) as refused:
        change_person(person.key, title="x" * 201, by=as_member(cast["priya"]), at=at)
    assert refused.value.field == "title"


def test_a_company_is_changed_but_not_to_anothers_domain(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    suzanne(cast, at)
    company = meet_company(CompanyRow("Clearwater"), by=by, at=at)
    with pytest.raises(DomainIsAnothers):
        change_company(company.key, domain="www.brightwater.example", by=by, at=at)
    changed = change_company(company.key, domain="https://clearwater.example/", name="Clear", by=by, at=at)
    assert (changed.domain, changed.name_folded) == ("clearwater.example", "clear")
    assert_recorded(CompanyChanged, company=company.key, fields="domain, name", version=2)
    assert sound() == []


def test_an_answer_that_counts_already_is_none(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    person = suzanne(cast, at)
    for granted in (True, True, False):
        record_consent(person.key, purpose="mail", granted=granted, by=by, at=at)
    with pytest.raises(RowRefused):
        record_consent(person.key, purpose="anything", granted=True, by=by, at=at)
    assert Consent.objects.count() == 2
    assert [entry.event.answer for entry in recorded(ConsentChanged)] == ["agreed", "said no"]


def test_contact_is_forbidden_once(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    person = suzanne(cast, at)
    forbid_contact(person.key, reason="asked", by=by, at=at)
    forbid_contact(person.key, by=by, at=at)
    assert_recorded(ContactForbidden, person=person.key, channel="any")


def test_who_is_withdrawn_can_be_met_anew(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    person = suzanne(cast, at)
    withdraw_people([person.key], by=by, at=at + timedelta(days=1), why="undone")
    withdraw_companies([person.company.key], by=by, at=at, why="undone")  # type: ignore[union-attr]
    assert_recorded(PersonGone, person=person.key)
    with pytest.raises(NoSuchPerson):
        change_person(person.key, title="x", by=by, at=at)
    assert suzanne(cast, at).key != person.key
    assert Mail.objects.filter(gone_at=None).count() == 1
    assert sound() == []


def test_who_may_only_look_may_not_change(cast: dict[str, Any], at: datetime) -> None:
    person = suzanne(cast, at)
    with pytest.raises(RightMissing):
        change_person(person.key, title="x", by=as_member(cast["jonas"]), at=at)
