"""Bringing people in: whom a row means, what of it is news, what is left out and says so."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.tests.cast import SUZANNE
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.buyers.events import (
    ConsentChanged,
    ContactForbidden,
    PersonChanged,
    PersonJoinedCompany,
    PersonMet,
)
from songsheet.buyers.models import Mail, Person
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.team.acting import as_import, as_member
from songsheet.team.errors import RightMissing

BY = as_import("import_00000000000000000000000001")


def suzanne(**given: Any) -> PersonRow:
    known: dict[str, Any] = {
        "name": SUZANNE["name"],
        "title": SUZANNE["title"],
        "mails": (SUZANNE["mail"],),
        "phones": (SUZANNE["phone"],),
    }
    return PersonRow(**{**known, **given})


@pytest.mark.django_db
def test_somebody_new_is_met_with_all_that_the_row_says(at: datetime) -> None:
    met = at - timedelta(days=90)
    (adopted,) = adopt_people([suzanne(external=("zoho", "1"), met_at=met)], by=BY, at=at)
    assert adopted.outcome == "created"
    person = Person.objects.get(key=adopted.key)
    assert (person.name, person.title, person.name_folded) == (
        "Suzanne Okafor",
        "Managing partner",
        "suzanne okafor",
    )
    assert [mail.address for mail in person.mails.all()] == [SUZANNE["mail"]]
    assert [phone.number for phone in person.phones.all()] == [SUZANNE["phone"]]
    assert [one.external_id for one in person.external_ids.all()] == ["1"]
    entry = assert_recorded(PersonMet, person=person.key, actor=BY.actor.key)
    assert (entry.occurred_at, entry.lane) == (met, "history")


@pytest.mark.django_db
def test_the_same_again_changes_nothing_and_records_nothing(at: datetime) -> None:
    row = suzanne(external=("zoho", "1"), custom={"Rating": "A"}, consents=(("mail", True, None),))
    (first,) = adopt_people([row], by=BY, at=at)
    (again,) = adopt_people([row], by=BY, at=at + timedelta(days=1))
    assert (again.outcome, again.ref, again.version) == ("unchanged", first.ref, 1)
    assert_recorded(PersonMet)
    assert_recorded(ConsentChanged)
    assert_nothing_recorded(PersonChanged)


@pytest.mark.django_db
def test_what_differs_changes_and_an_empty_value_never_blanks_a_known_one(at: datetime) -> None:
    adopt_people([suzanne(custom={"Rating": "A", "Size": "20"})], by=BY, at=at)
    (adopted,) = adopt_people(
        [suzanne(title="Owner", name="", custom={"Rating": "B", "Size": ""})], by=BY, at=at
    )
    assert adopted.outcome == "updated"
    assert adopted.before == {"title": "Managing partner", "custom": {"Rating": "A", "Size": "20"}}
    person = Person.objects.get(key=adopted.key)
    assert (person.name, person.title, person.version) == ("Suzanne Okafor", "Owner", 2)
    assert person.custom == {"Rating": "B", "Size": "20"}
    assert_recorded(PersonChanged, person=person.key, fields="title, custom", version=2)


@pytest.mark.django_db
def test_external_id_goes_before_mail_and_mail_before_phone_with_name(at: datetime) -> None:
    by_id, by_mail, by_phone = adopt_people(
        [
            PersonRow(name="A", external=("zoho", "1")),
            PersonRow(name="B", mails=("b@firm.example",)),
            PersonRow(name="C Cee", phones=("+441174960001",)),
        ],
        by=BY,
        at=at,
    )
    found = adopt_people(
        [
            PersonRow(external=("zoho", "1"), mails=("b@firm.example",)),
            PersonRow(mails=("B@Firm.example",), phones=("+441174960001",)),
            PersonRow(name="c  CÉE", phones=("+441174960001",), title="x"),
            PersonRow(name="Somebody else", phones=("+441174960001",)),
            PersonRow(phones=("+441174960001",)),
        ],
        by=BY,
        at=at,
    )
    assert [one.ref for one in found[:3]] == [by_id.ref, by_mail.ref, by_phone.ref]
    assert [one.outcome for one in found[3:]] == ["created", "created"]


@pytest.mark.django_db
def test_a_mail_that_belongs_to_somebody_else_stays_theirs_and_the_row_says_so(at: datetime) -> None:
    (owner,) = adopt_people([suzanne()], by=BY, at=at)
    adopt_people([PersonRow(name="Other", external=("zoho", "2"))], by=BY, at=at)
    (adopted,) = adopt_people([PersonRow(external=("zoho", "2"), mails=(SUZANNE["mail"],))], by=BY, at=at)
    assert (adopted.outcome, adopted.column) == ("unchanged", "mails")
    assert owner.key in adopted.reason
    assert Mail.objects.filter(gone_at=None).count() == 1


@pytest.mark.django_db
def test_two_rows_of_one_address_in_one_chunk_are_one_person(at: datetime) -> None:
    first, second = adopt_people([suzanne(), suzanne(title="Owner")], by=BY, at=at)
    assert (first.outcome, second.outcome) == ("created", "updated")
    assert first.ref == second.ref
    assert Person.objects.get(key=first.key).title == "Owner"


@pytest.mark.django_db
def test_a_row_that_cannot_be_stored_is_rejected_and_the_others_land(at: datetime) -> None:
    bad = [
        PersonRow(name="x" * 301),
        PersonRow(name="a\x00b"),
        PersonRow(name="A", mails=("no mail",)),
        PersonRow(name="A", phones=("12",)),
        PersonRow(name="A", consents=(("everything", True, None),)),
        PersonRow(name="A", external=("", "7")),
    ]
    adopted = adopt_people([*bad, suzanne()], by=BY, at=at)
    assert [one.outcome for one in adopted] == ["rejected"] * 6 + ["created"]
    assert [one.column for one in adopted[:6]] == ["name", "name", "mails", "phones", "consents", "external"]
    assert all(one.reason for one in adopted[:6])
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_whoever_joins_a_company_later_is_told_to_have_joined(at: datetime) -> None:
    (firm,) = adopt_companies([CompanyRow(name="Brightwater Dental")], by=BY, at=at)
    adopt_people([suzanne()], by=BY, at=at)
    (adopted,) = adopt_people([suzanne(company=firm.ref)], by=BY, at=at)
    assert adopted.before == {"company_id": None}
    assert_recorded(PersonJoinedCompany, person=adopted.key, company=firm.key)
    assert_recorded(PersonChanged, fields="company")


@pytest.mark.django_db
def test_consents_and_contact_marks_are_recorded_once(at: datetime) -> None:
    early = at - timedelta(days=400)
    row = suzanne(consents=(("mail", True, early), ("mail", False, at)), do_not_contact=(("call", "asked"),))
    adopt_people([row], by=BY, at=at)
    (again,) = adopt_people([row], by=BY, at=at)
    assert again.outcome == "unchanged"
    assert [entry.event.answer for entry in recorded(ConsentChanged)] == ["agreed", "said no"]
    assert_recorded(ContactForbidden, channel="call")


@pytest.mark.django_db
def test_what_was_merged_is_met_through_its_root(at: datetime) -> None:
    root, merged = adopt_people(
        [suzanne(), PersonRow(name="S. Okafor", mails=("old@brightwater.example",))], by=BY, at=at
    )
    Person.objects.filter(id=merged.must[0]).update(root_id=root.must[0])
    (adopted,) = adopt_people([PersonRow(mails=("old@brightwater.example",), title="Owner")], by=BY, at=at)
    assert (adopted.outcome, adopted.ref) == ("updated", root.ref)


def test_who_may_not_work_with_buyers_may_not_bring_them_in(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        adopt_people([suzanne()], by=as_member(cast["jonas"]), at=at)
