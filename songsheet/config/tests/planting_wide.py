"""More places for the markers of `planting`: what lists, merges, changes of many and webhooks keep."""

import json
from datetime import datetime
from typing import Any

from songsheet.config.tests.planting import MAIL, NAME, mark


def plant_wide(person: str, lead: str, at: datetime) -> None:
    """Views, two merges of which one was undone between, a change of many, a delivery."""
    from songsheet.find.refresh import refresh_all
    from songsheet.team.acting import as_system
    from songsheet.team.actions import join_team

    system = as_system("tests")
    member = join_team(name="Rhea Reader", email="planting@example.test", role="owner", by=system, at=at)
    _merges(person, member, at)
    _lists(person, lead, member, at)
    _deliveries(lead, at)
    _return(lead, member, at)
    _enquiry(person, member, at)
    _verdicts(lead, member, at)
    refresh_all()


def _return(lead: str, member: Any, at: datetime) -> None:
    from songsheet.handoffs.events import LeadReturned, ReturnAnswered
    from songsheet.handoffs.models import Return
    from songsheet.journal.act import act
    from songsheet.leads.models import Lead
    from songsheet.team.acting import as_member

    words = {name: mark(name) for name in ("words", "disputed", "answer", "changes")}
    of = Lead.objects.get(key=lead)
    came_back = Return(lead=of, reason="other", returned_by=member, at=at, state="agreed", **words)
    came_back.answered_by, came_back.answered_at = member, at
    about = {"return_key": came_back.key, "lead": lead, "person": of.person.key}
    with act(by=as_member(member).actor, at=at) as record:
        came_back.save()
        record(LeadReturned(**about, reason="other", owes=member.key))
        record(ReturnAnswered(**about, how="agreed", asked=member.key))


def _enquiry(person: str, member: Any, at: datetime) -> None:
    from songsheet.buyers.models import Person
    from songsheet.leads.enquiries.actions import EnquiryRow, enquiry_came, move_enquiry
    from songsheet.leads.enquiries.answer_actions import answer_enquiry
    from songsheet.team.acting import as_member

    by, whose = as_member(member), Person.objects.get(key=person)
    row = EnquiryRow((whose.pk, whose.key), mark("asked"), kind="billing")
    one = move_enquiry(enquiry_came(row, by=by, at=at).key, "service", mark("moved why"), by=by, at=at)
    answer_enquiry(one.key, mark("answered"), by=by, at=at)


def _verdicts(lead: str, member: Any, at: datetime) -> None:
    """On a lead, and on a campaign with words that name the person."""
    from songsheet.handoffs.verdicts.events import VerdictAnswered, VerdictGiven
    from songsheet.handoffs.verdicts.models import Verdict
    from songsheet.journal.act import act
    from songsheet.leads.models import Lead
    from songsheet.team.acting import as_member
    from songsheet.touches.adopt import CampaignRow, adopt_campaigns

    by, of = as_member(member), Lead.objects.get(key=lead)
    (made,) = adopt_campaigns([CampaignRow(name="Webinar March")], by=by, at=at)
    assert made.ref
    answered = {"given_by": member, "at": at, "state": "answered", "answered_by": member, "answered_at": at}
    said = [
        Verdict(lead=of, says="misinformed", words=mark("verdict"), answer=mark("told"), **answered),
        Verdict(campaign_id=made.ref[0], says="misleads", words=f"As {NAME} says", answer=MAIL, **answered),
    ]
    with act(by=by.actor, at=at) as record:
        for one in said:
            one.save()
            about = {
                "verdict_key": one.key,
                "lead": one.lead and lead,
                "campaign": one.campaign and made.ref[1],
            }
            record(VerdictGiven(**about, verdict=one.says))
            record(VerdictAnswered(**about, asked=member.key))


def _merges(person: str, member: Any, at: datetime) -> None:
    from songsheet.buyers.adopt import PersonRow, adopt_people
    from songsheet.buyers.matching.refresh import keep
    from songsheet.buyers.merge_actions import PEOPLE, merge, unmerge
    from songsheet.team.acting import as_member

    by = as_member(member)
    for number, title in enumerate((mark("merged"), mark("apart"))):
        row = PersonRow(
            name=f"{NAME} {number}",
            title=title,
            mails=(f"zqmark{number}@plant.example",),
            custom={"shoe": mark(f"merged {number}")},
        )
        (other,) = adopt_people([row], by=by, at=at)
        assert other.ref
        merge(PEOPLE, person, other.ref[1], by=by, at=at, take=["title"])
        if number:
            unmerge(PEOPLE, other.ref[1], by=by, at=at)
            merge(PEOPLE, person, other.ref[1], by=by, at=at)
    keep()


def _lists(person: str, lead: str, member: Any, at: datetime) -> None:
    from songsheet.flows.models import BulkChange, BulkRow
    from songsheet.team.models import SavedView

    SavedView.objects.create(
        listing="people", name=f"Like {NAME}", owner=member, filters={"q": MAIL, "owner": "me"}, made_at=at
    )
    change = BulkChange.objects.create(
        what="people", act="set", field="title", value=NAME, says=f"Set title to {NAME}", by=member.key,
        state="finished", made_at=at, heard_at=at, finished_at=at,
    )  # fmt: skip
    BulkRow.objects.create(bulk=change, key=person, state="changed", before={"title": mark("bulk before")})
    BulkRow.objects.create(bulk=change, key=lead, state="changed", before={"wants": mark("bulk before")})


def _deliveries(lead: str, at: datetime) -> None:
    from songsheet.beside.models import Delivery, Webhook

    hook = Webhook.objects.create(url="https://hook.example/", made_at=at)
    body = {
        "type": "leads.lead_ended",
        "data": {"lead": lead, "reason": mark("delivered"), "state": "released"},
    }
    Delivery.objects.create(
        webhook=hook, kind="leads.lead_ended", subjects=[lead], body=json.dumps(body), made_at=at, due_at=at,
        state="delivered", ended_at=at,
    )  # fmt: skip
