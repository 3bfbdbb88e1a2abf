"""Two records made one and two again: roots, fields, what is refused, consents and do-not-contact."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.base.refusals import Stale
from songsheet.buyers.actions import (
    allow_contact,
    change_company,
    change_person,
    forbid_contact,
    meet_company,
    meet_person,
    record_consent,
)
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_people
from songsheet.buyers.errors import AlreadyOne, DomainIsAnothers, MergeIsForPeople, NotMerged
from songsheet.buyers.events import CompanyMerged, PersonMerged, PersonUnmerged
from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, merge, unmerge
from songsheet.buyers.models import Company, Consent, Person
from songsheet.buyers.permissions import answers_of
from songsheet.journal.check import run
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import Acting, as_import, as_member, as_system


@pytest.fixture
def by(cast: dict[str, Any]) -> Acting:
    return as_member(cast["priya"])


def meet(name: str, by: Acting, at: datetime, **more: Any) -> Person:
    return meet_person(PersonRow(name=name, **more), by=by, at=at)


def sound() -> list[str]:
    return [offence.sentence for offence in run(full=True, only=["I7"])]


def again(row: Any) -> Any:
    return type(row).objects.get(id=row.id)


def test_the_survivor_takes_what_was_chosen_and_what_it_lacks(by: Acting, at: datetime) -> None:
    a = meet("J. Smith", by, at, title="Buyer", met_at=at)
    b = meet("Jane Smith", by, at, title="Head", language="fr", met_at=at - timedelta(days=9))
    merge(PEOPLE, a.key, b.key, take=["name"], by=by, at=at)
    one, other = again(a), again(b)
    assert (one.name, one.title, one.language, one.met_at) == ("Jane Smith", "Buyer", "fr", b.met_at)
    assert (other.root_id, other.name, other.version) == (a.id, "Jane Smith", 1)
    assert_recorded(PersonMerged, person=b.key, into=a.key, fields="name, language, met_at")
    assert sound() == []


def test_undone_everything_is_as_before(by: Acting, at: datetime) -> None:
    a = meet("J. Smith", by, at, custom={"team": "north"})
    b = meet("Jane Smith", by, at, title="Head", custom={"team": "south", "seats": 4})
    merge(PEOPLE, a.key, b.key, take=["name", "custom.team"], by=by, at=at)
    assert again(a).custom == {"team": "south", "seats": 4}
    done = unmerge(PEOPLE, b.key, by=by, at=at)
    one, other = again(a), again(b)
    assert (one.name, one.title, one.custom, one.root_id) == ("J. Smith", "", {"team": "north"}, None)
    assert (other.root_id, done.stayed) == (None, [])
    assert_recorded(PersonUnmerged, person=b.key, into=a.key, stayed="")
    assert sound() == []


def test_what_somebody_changed_since_stays_and_is_named(by: Acting, at: datetime) -> None:
    a, b = meet("J. Smith", by, at, title="Buyer"), meet("Jane Smith", by, at, title="Head")
    merge(PEOPLE, a.key, b.key, take=["name", "title"], by=by, at=at)
    change_person(b.key, title="Owner", by=by, at=at)
    assert (again(a).title, again(b).title) == ("Owner", "Head"), "a change by the merged key is of the root"
    done = unmerge(PEOPLE, b.key, by=by, at=at)
    assert (again(a).name, again(a).title, done.stayed) == ("J. Smith", "Owner", ["title"])
    assert sound() == []


def test_merges_are_undone_in_any_order(by: Acting, at: datetime) -> None:
    a, b, c = (meet(name, by, at, title=name) for name in ("A", "B", "C"))
    merge(PEOPLE, a.key, b.key, take=["title"], by=by, at=at)
    merge(PEOPLE, a.key, c.key, take=["title"], by=by, at=at)
    unmerge(PEOPLE, b.key, by=by, at=at)
    assert again(a).title == "C"
    unmerge(PEOPLE, c.key, by=by, at=at)
    assert again(a).title == "A"
    assert sound() == []


def test_a_chain_keeps_one_level_and_comes_apart_where_it_was_joined(by: Acting, at: datetime) -> None:
    a, b, c = (meet(name, by, at) for name in ("A", "B", "C"))
    merge(PEOPLE, b.key, c.key, by=by, at=at)
    merge(PEOPLE, a.key, c.key, by=by, at=at)  # c means its root b
    assert (again(b).root_id, again(c).root_id) == (a.id, a.id)
    assert sound() == []
    unmerge(PEOPLE, b.key, by=by, at=at)
    assert (again(b).root_id, again(c).root_id) == (None, b.id)
    merge(PEOPLE, a.key, b.key, by=by, at=at)
    unmerge(PEOPLE, c.key, by=by, at=at)
    assert (again(b).root_id, again(c).root_id) == (a.id, None)
    unmerge(PEOPLE, b.key, by=by, at=at)
    assert sound() == []


def test_what_cannot_be_merged_is_said(by: Acting, at: datetime) -> None:
    a, b = meet("A", by, at), meet("B", by, at)
    with pytest.raises(Stale):
        merge(PEOPLE, a.key, b.key, versions={b.key: 7}, by=by, at=at)
    for machine in (as_import("import_" + "0" * 26), as_system("worker")):
        with pytest.raises(MergeIsForPeople):
            merge(PEOPLE, a.key, b.key, by=machine, at=at)
    with pytest.raises(NotMerged):
        unmerge(PEOPLE, b.key, by=by, at=at)
    merge(PEOPLE, a.key, b.key, by=by, at=at)
    with pytest.raises(AlreadyOne):
        merge(PEOPLE, b.key, a.key, by=by, at=at)


def test_mails_of_both_are_corrected_together_and_stay_where_they_are(by: Acting, at: datetime) -> None:
    a, b = meet("A", by, at, mails=("a@x.example",)), meet("B", by, at, mails=("b@x.example", "c@x.example"))
    merge(PEOPLE, a.key, b.key, by=by, at=at)
    change_person(a.key, mails=["a@x.example", "b@x.example", "new@x.example"], by=by, at=at)
    held = {one.key: set(one.mails.filter(gone_at=None).values_list("address", flat=True)) for one in (a, b)}
    assert held == {a.key: {"a@x.example", "new@x.example"}, b.key: {"b@x.example"}}


def test_a_refusal_of_either_counts_until_they_agree_again(by: Acting, at: datetime) -> None:
    day = timedelta(days=1)
    a, b = meet("A", by, at), meet("B", by, at)
    record_consent(b.key, purpose="mail", granted=False, by=by, at=at)
    record_consent(a.key, purpose="mail", granted=True, by=by, at=at + day)
    merge(PEOPLE, a.key, b.key, by=by, at=at + 2 * day)
    assert answers_of([a.id])[a.id]["mail"][0] is False
    record_consent(b.key, purpose="mail", granted=True, by=by, at=at + 3 * day)
    assert answers_of([a.id])[a.id]["mail"] == (True, at + 3 * day)
    unmerge(PEOPLE, b.key, by=by, at=at + 4 * day)
    assert answers_of([a.id, b.id]) == {
        a.id: {"mail": (True, at + 3 * day)},
        b.id: {"mail": (False, at)},
    }


def test_a_consent_in_a_file_lifts_a_refusal_of_a_merged_record(by: Acting, at: datetime) -> None:
    day = timedelta(days=1)
    a, b = meet("A", by, at, mails=("a@x.example",)), meet("B", by, at)
    record_consent(a.key, purpose="mail", granted=True, by=by, at=at)
    record_consent(b.key, purpose="mail", granted=False, by=by, at=at)
    merge(PEOPLE, a.key, b.key, by=by, at=at + day)
    old, new = (PersonRow(name="A", mails=("a@x.example",), consents=(("mail", True, at + n * day),))
                for n in (0, 2))  # fmt: skip
    adopt_people([old], by=by, at=at)
    assert answers_of([a.id])[a.id]["mail"][0] is False
    adopt_people([new], by=by, at=at)
    assert answers_of([a.id])[a.id]["mail"][0] is True
    assert Consent.objects.filter(person=a).count() == 2


def test_do_not_contact_is_lifted_for_both(by: Acting, at: datetime) -> None:
    a, b = meet("A", by, at), meet("B", by, at)
    forbid_contact(b.key, by=by, at=at, reason="asked by letter")
    merge(PEOPLE, a.key, b.key, by=by, at=at)
    allow_contact(a.key, by=by, at=at)
    assert not b.do_not_contact.filter(gone_at=None).exists()
    assert sound() == []


def test_companies_merge_with_their_domains(by: Acting, at: datetime) -> None:
    a = meet_company(CompanyRow(name="Aldermoor", domain="aldermoor.example"), by=by, at=at)
    b = meet_company(CompanyRow(name="Aldermoor Ltd", domain="aldermoor.test"), by=by, at=at)
    merge(COMPANIES, a.key, b.key, take=["domain"], by=by, at=at)
    assert_recorded(CompanyMerged, company=b.key, into=a.key)
    assert again(a).domain == "aldermoor.test"
    assert meet_company(CompanyRow(domain="aldermoor.test"), by=by, at=at) == a
    assert meet_company(CompanyRow(name="Aldermoor Ltd"), by=by, at=at) == a
    other = meet_company(CompanyRow(name="Other"), by=by, at=at)
    with pytest.raises(DomainIsAnothers):
        change_company(other.key, domain="aldermoor.test", by=by, at=at)
    unmerge(COMPANIES, b.key, by=by, at=at)
    assert (again(a).domain, again(b).domain) == ("aldermoor.example", "aldermoor.test")
    assert sound() == []


def test_a_domain_that_was_given_to_the_survivor_stays_there(by: Acting, at: datetime) -> None:
    a = meet_company(CompanyRow(name="A", domain="a.example"), by=by, at=at)
    b = meet_company(CompanyRow(name="B", domain="b.example"), by=by, at=at)
    merge(COMPANIES, a.key, b.key, by=by, at=at)
    assert meet_company(CompanyRow(domain="b.example"), by=by, at=at) == a
    change_company(a.key, domain="b.example", by=by, at=at)
    assert unmerge(COMPANIES, b.key, by=by, at=at).stayed == ["domain"]
    assert (Company.objects.get(id=a.id).domain, Company.objects.get(id=b.id).domain) == ("b.example", "")
    assert sound() == []
