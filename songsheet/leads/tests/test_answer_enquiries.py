"""Enquiries: sorted by kind, never without owner and clock, answered, moved, and back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.agreements.kinds.enquiry_sorting import ENQUIRY_SORTING, SORTS, Goes, SortingRule
from songsheet.agreements.models import Version
from songsheet.base.refusals import Stale
from songsheet.clocks.models import Clock
from songsheet.journal.check import run
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_recorded, assert_samples_frozen, recorded
from songsheet.leads.actions import lead_came, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.enquiries.actions import (
    EnquiryRow,
    enquiry_came,
    give_enquiry,
    make_enquiry,
    move_enquiry,
)
from songsheet.leads.enquiries.answer_actions import answer_enquiry, close_enquiry, take_back
from songsheet.leads.enquiries.errors import EnquiryNeeds, NotABuyer, NothingToUndo, NotOpen, NotYours
from songsheet.leads.enquiries.events import (
    EnquiryAnswered,
    EnquiryCame,
    EnquiryClosed,
    EnquiryGiven,
    EnquiryMoved,
    EnquiryTakenBack,
)
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.owning import who_gets
from songsheet.leads.enquiries.queries import waiting_for
from songsheet.leads.enquiries.reactions import READER
from songsheet.leads.enquiries.sorting import Agreed, agreed, sort, why
from songsheet.leads.enquiries.trying import try_sorting
from songsheet.leads.events import LeadCame, LeadEnded
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import change_member, join_team
from songsheet.team.hours.models import Leave
from songsheet.team.models import Member

SYSTEM = as_system("tests")


def sound() -> list[str]:
    """What the checks find wrong."""
    return [one.sentence for one in run(full=True, only=["I1", "I2", "I7"])]


@pytest.fixture
def office(cast: dict[str, Any], at: datetime) -> dict[str, Member]:
    """The cast, and those to whom enquiries go that are none of sales."""
    roles = {"sam": "service", "sue": "service", "fay": "finance", "ola": "operations"}
    joined = {
        name: join_team(name=name.title(), email=f"{name}@a.example", role=role, by=SYSTEM, at=at)
        for name, role in roles.items()
    }
    return {**cast, **joined}


def came(text: str, at: datetime, by: Acting = SYSTEM, **given: Any) -> Enquiry:
    """Somebody asks."""
    return enquiry_came(EnquiryRow(person(at), text, **given), by=by, at=at)


def test_rules_sort_by_whole_words_sources_and_domains_and_say_which_decided() -> None:
    terms = ENQUIRY_SORTING.starter()
    billing = sort(terms, "Why is my INVOICE past  due?")
    assert (billing.kind, billing.by, billing.words) == ("billing", "mentions", ("invoice", "past due"))
    assert terms.rules[billing.rule - 1].kind == "billing"
    assert sort(terms, "A quote for repairing 12 chairs, please").kind == "buying"
    assert sort(terms, "We need chairs").rule == 0
    assert sort(terms, "").kind == "buying"
    more = terms.model_copy(
        update={
            "rules": [
                SortingRule(kind="competitor", domains=["rival.com"]),
                SortingRule(kind="service", sources=["Help desk"]),
            ]
        }
    )
    rival = sort(more, "Prices?", addresses=["a@uk.rival.com"])
    assert (rival.kind, rival.by, rival.words) == ("competitor", "domain", ("rival.com",))
    assert sort(more, "Prices?", addresses=["a@notrival.com"]).kind == "buying"
    assert sort(more, "Prices?", source="help DESK").by == "source"
    assert why("billing", {"rule": 5, "by": "mentions", "words": ["invoice"]}) == (
        "Rule 5, Billing: they mention “invoice”."
    )
    said = [line for clause in terms.clauses({}) for line in clause.sentences]
    assert "Billing goes to Finance; answered within 8 working hours." in said
    assert {one.kind for one in terms.goes} == set(SORTS) - {"buying"}


def test_who_is_named_gets_it_else_the_deputy_else_who_of_the_role_has_the_least(
    office: dict[str, Member], at: datetime
) -> None:
    rules = agreed(at)
    first = came("It is broken", at)
    second = came("It is broken too", at)
    assert {first.owner, second.owner} == {office["sam"], office["sue"]}
    named = Goes(kind="billing", role="finance", member=office["ola"].key, deputy=office["jonas"].key,
                 minutes=60)  # fmt: skip
    goes = [named if one.kind == "billing" else one for one in rules.terms.goes]
    rules = Agreed(rules.terms.model_copy(update={"goes": goes}))
    assert who_gets(rules, "billing", at) == office["ola"]
    day = at.date()
    Leave.objects.create(member=office["ola"], from_on=day, until_on=day, made_at=at)
    assert who_gets(rules, "billing", at) == office["jonas"]
    change_member(office["fay"].key, state="left", by=SYSTEM, at=at)
    Leave.objects.create(member=office["jonas"], from_on=day, until_on=day, made_at=at)
    assert who_gets(rules, "billing", at).is_active


def test_what_is_about_buying_is_a_lead_and_the_rest_has_an_owner_and_a_clock(
    office: dict[str, Member], at: datetime
) -> None:
    buys = came("Could you send a quote for 40 chairs?", at)
    assert (buys.kind, buys.state, buys.owner, buys.clock) == ("buying", "moved", None, None)
    assert buys.lead is not None
    assert Lead.objects.get(id=buys.lead.pk).wants == buys.text
    asks = came("Where is my invoice?", at)
    assert (asks.kind, asks.state, asks.owner) == ("billing", "open", office["fay"])
    assert asks.clock is not None
    assert asks.clock.due_at > at
    said = assert_recorded(EnquiryCame, enquiry=asks.key)
    assert (said.event.owner, said.event.due_at) == (office["fay"].key, asks.clock.due_at.isoformat())
    assert "invoice" not in str(said.event)
    assert len(recorded(LeadCame)) == 1
    with pytest.raises(EnquiryNeeds):
        came("  ", at)
    assert sound() == []
    assert_samples_frozen("leads.enquiries")


def test_who_has_it_answers_and_can_take_that_back(office: dict[str, Member], at: datetime) -> None:
    one = came("Where is my invoice?", at)
    fay, priya, later = as_member(office["fay"]), as_member(office["priya"]), at + timedelta(hours=1)
    assert waiting_for(office["fay"], at=at, zone="UTC") == [one]
    with pytest.raises(NotYours):
        answer_enquiry(one.key, "Here", by=priya, at=at)
    with pytest.raises(Stale):
        answer_enquiry(one.key, "Here", by=fay, at=at, version=7)
    with pytest.raises(EnquiryNeeds):
        answer_enquiry(one.key, " ", by=fay, at=at)
    due = one.clock.due_at if one.clock else None
    done = answer_enquiry(one.key, "Sent again.", by=fay, at=later, version=1)
    assert (done.state, done.answer, done.clock) == ("answered", "Sent again.", None)
    assert assert_recorded(EnquiryAnswered, enquiry=one.key).event.in_time
    assert "Sent" not in str(assert_recorded(EnquiryAnswered).event)
    with pytest.raises(NotOpen):
        close_enquiry(one.key, "no", by=fay, at=later)
    back = take_back(one.key, by=fay, at=later)
    assert (back.state, back.answer, back.owner) == ("open", "", office["fay"])
    assert back.clock is not None
    assert back.clock.due_at == due
    assert_recorded(EnquiryTakenBack, enquiry=one.key, owner=office["fay"].key)
    with pytest.raises(NothingToUndo):
        take_back(one.key, by=fay, at=later)
    late = answer_enquiry(one.key, "Sent.", by=fay, at=at + timedelta(days=9))
    assert not recorded(EnquiryAnswered)[-1].event.in_time
    assert late.state == "answered"
    assert sound() == []


def test_it_moves_with_a_reason_and_to_buying_makes_a_lead(office: dict[str, Member], at: datetime) -> None:
    one = came("Where is my invoice?", at)
    fay = as_member(office["fay"])
    with pytest.raises(EnquiryNeeds):
        move_enquiry(one.key, "service", " ", by=fay, at=at)
    moved = move_enquiry(one.key, "service", "They mean the delivery note", by=fay, at=at)
    assert (moved.kind, moved.owner) == ("service", office["sam"])
    assert assert_recorded(EnquiryMoved, enquiry=one.key).event.before == "billing"
    assert take_back(one.key, by=fay, at=at).kind == "billing"
    bought = move_enquiry(one.key, "buying", "They want ten more", by=fay, at=at)
    assert (bought.state, bought.owner) == ("moved", None)
    assert bought.lead is not None
    assert sound() == []
    again = take_back(one.key, by=fay, at=at)
    assert (again.state, again.kind, again.lead) == ("open", "billing", None)
    assert sound() == []


def test_a_lead_that_is_no_buyer_becomes_an_enquiry_and_ends(office: dict[str, Member], at: datetime) -> None:
    came_in = came("A quote, and by the way where is my chair?", at)
    assert came_in.lead is not None
    priya = as_member(office["priya"])
    take_lead(came_in.lead.key, by=priya, at=at)
    moved = move_enquiry(came_in.key, "service", "They only wait for a chair", by=priya, at=at)
    lead = Lead.objects.get(id=came_in.lead.pk)
    assert (moved.state, lead.state, lead.clock) == ("open", "disqualified", None)
    assert "wait for a chair" in lead.end_reason
    plain = lead_came(LeadRow(person=person(at), wants="My desk is broken"), by=SYSTEM, at=at)
    made = make_enquiry(plain.key, "issue", "Broken on delivery", by=priya, at=at)
    assert (made.text, made.state, made.lead) == ("My desk is broken", "open", plain)
    assert assert_recorded(EnquiryCame, lead=plain.key).event.kind == "issue"
    assert_recorded(LeadEnded, lead=plain.key, state="disqualified")
    with pytest.raises(NotABuyer):
        make_enquiry(plain.key, "issue", "Again", by=priya, at=at)
    assert sound() == []


def test_it_is_given_closed_and_taken_out(office: dict[str, Member], at: datetime) -> None:
    one = came("I write my thesis on chairs", at)
    assert (one.kind, one.owner) == ("student", office["tom"])
    tom = as_member(office["tom"])
    given = give_enquiry(one.key, office["ines"], by=tom, at=at)
    assert given.owner == office["ines"]
    assert_recorded(EnquiryGiven, enquiry=one.key, member=office["ines"].key, before=office["tom"].key)
    assert take_back(one.key, by=tom, at=at).owner == office["tom"]
    close_enquiry(one.key, "We help no thesis", by=tom, at=at)
    assert_recorded(EnquiryClosed, enquiry=one.key)
    noted = came("A quote please", at, by=tom)
    assert noted.lead is not None
    take_back(noted.key, by=tom, at=at)
    assert Lead.objects.get(id=noted.lead.pk).gone_at == at
    assert Clock.objects.filter(state="running").count() == 0
    assert sound() == []


def test_who_leaves_or_is_away_leaves_no_enquiry_behind(office: dict[str, Member], at: datetime) -> None:
    one = came("It is broken", at)
    assert one.owner == office["sam"]
    catch_up(READER)
    Leave.objects.create(
        member=office["sam"], deputy=office["ola"], from_on=at.date(), until_on=at.date(), made_at=at
    )
    ola = as_member(office["ola"])
    assert waiting_for(office["ola"], at=at, zone="UTC") == [one]
    answer_enquiry(one.key, "A new one comes.", by=ola, at=at)
    take_back(one.key, by=ola, at=at)
    change_member(office["sam"].key, state="left", by=SYSTEM, at=at)
    catch_up(READER)
    one.refresh_from_db()
    assert one.owner == office["sue"]
    assert sound() == []


def test_rules_are_tried_on_what_was_asked_before_they_are_signed(
    office: dict[str, Member], at: datetime
) -> None:
    one = came("Where is my invoice?", at)
    move_enquiry(one.key, "service", "They mean the delivery note", by=as_member(office["fay"]), at=at)
    came("It is broken", at)
    version = Version.objects.get(agreement__kind="enquiry_sorting", number=1)
    body = ENQUIRY_SORTING.starter().model_dump(mode="json")
    body["rules"].insert(0, {"kind": "service", "mentions": ["where is"], "sources": [], "domains": []})
    Version.objects.filter(id=version.pk).update(body=body)
    tried = try_sorting(as_member(office["tom"]), version.key, at=at)
    assert (tried.count, tried.differs, tried.moved, tried.right, tried.other_right) == (2, 1, 1, 1, 0)
    assert [(asked.key, here, there) for asked, here, there in tried.differ] == [
        (one.key, "Service", "Billing")
    ]
    assert ("Issue", 1, 1) in tried.kinds
