"""Whoever forbade contact and was erased is not contacted when their address comes in again."""

from datetime import datetime

import pytest

from songsheet.base import bulk
from songsheet.buyers.actions import (
    allow_contact,
    change_person,
    forbid_contact,
    meet_person,
    record_consent,
)
from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.buyers.events import ContactForbidden
from songsheet.buyers.models import Person, Suppressed
from songsheet.buyers.suppressed import REASON
from songsheet.buyers.suppressed_acts import suppress
from songsheet.journal.testing import recorded
from songsheet.team.acting import as_system

BY = as_system("tests")
MAIL, PHONE = "suzanne.okafor@wharfside.example", "+441174960142"


def forget(person: Person, at: datetime) -> None:
    """What an erasure does to the addresses of a person."""
    suppress([person.pk], at=at)
    bulk.execute("delete from buyers_mail where person_id = %s", [person.pk])
    bulk.execute("delete from buyers_phone where person_id = %s", [person.pk])


def channels(person: Person) -> set[str]:
    found = person.do_not_contact.filter(gone_at=None)
    assert all(one.reason == REASON for one in found)
    return {one.channel for one in found}


def met(at: datetime, mail: str = MAIL) -> Person:
    return meet_person(PersonRow(name="Suzanne Okafor", mails=(mail,), phones=(PHONE,)), by=BY, at=at)


@pytest.mark.django_db
def test_who_forbade_contact_comes_back_as_one_who_did(at: datetime) -> None:
    first = met(at)
    forbid_contact(first.key, by=BY, at=at, reason="Told us so")
    record_consent(first.key, purpose="mail", granted=False, by=BY, at=at)
    forget(first, at)
    assert not any(MAIL in one.hash for one in Suppressed.objects.all())

    again = met(at, mail=f" {MAIL.upper()} ")
    assert again.pk != first.pk
    assert channels(again) == {"", "mail"}
    assert len(recorded(ContactForbidden, person=again.key)) == 2
    adopt_people([PersonRow(mails=(MAIL,))], by=BY, at=at)
    assert channels(again) == {"", "mail"}


@pytest.mark.django_db
def test_an_address_that_is_typed_in_is_known_too_and_lifting_it_lasts(at: datetime) -> None:
    first = met(at)
    forbid_contact(first.key, channel="call", by=BY, at=at)
    forget(first, at)

    other = meet_person(PersonRow(name="S. Okafor", mails=("s@wharfside.example",)), by=BY, at=at)
    assert channels(other) == set()
    change_person(other.key, phones=[PHONE], by=BY, at=at)
    assert channels(other) == {"call"}
    allow_contact(other.key, channel="call", by=BY, at=at, reason="She asked us to call")
    change_person(other.key, phones=["+441174960199"], by=BY, at=at)
    change_person(other.key, phones=[PHONE], by=BY, at=at)
    assert channels(other) == set()


@pytest.mark.django_db
def test_who_forbade_nothing_leaves_nothing(at: datetime) -> None:
    person = met(at)
    record_consent(person.key, purpose="mail", granted=True, by=BY, at=at)
    forget(person, at)
    assert not Suppressed.objects.exists()
    assert channels(met(at)) == set()
