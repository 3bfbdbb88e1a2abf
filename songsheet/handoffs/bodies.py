"""Briefs and returns as the API gives them."""

from datetime import date, datetime

from pydantic import BaseModel

from songsheet.handoffs.brief import Brief
from songsheet.handoffs.models import Return
from songsheet.leads.qualifying.bodies import JudgementOut
from songsheet.touches.models import Touch


class ReturnOut(BaseModel):
    """A return: who gave the lead back and why, who owes the answer until when, and what was answered."""

    key: str
    lead: str
    person: str
    reason: str
    words: str
    look_again_on: date | None
    returned_by: str
    at: datetime
    state: str
    owes: str | None
    due_at: datetime | None
    disputed: str
    answer: str
    changes: str
    answered_by: str | None
    answered_at: datetime | None
    version: int

    @classmethod
    def of(cls, one: Return) -> "ReturnOut":
        return cls(
            **{
                name: getattr(one, name)
                for name in (
                    "key", "reason", "words", "look_again_on", "at", "state", "disputed", "answer", "changes",
                    "answered_at", "version",
                )
            },
            lead=one.lead.key,
            person=one.lead.person.key,
            returned_by=one.returned_by.key,
            owes=one.owes.key if one.owes else None,
            due_at=one.clock.due_at if one.clock else None,
            answered_by=one.answered_by.key if one.answered_by else None,
        )  # fmt: skip


class TouchedOut(BaseModel):
    """One touch in a brief."""

    key: str
    at: datetime
    kind: str
    subject: str
    text: str
    member: str | None

    @classmethod
    def of(cls, one: Touch) -> "TouchedOut":
        member = one.member.key if one.member else None
        return cls(key=one.key, at=one.at, kind=one.kind, subject=one.subject, text=one.text, member=member)


class ConsentOut(BaseModel):
    """What they answered, and since when."""

    granted: bool
    since: datetime


class BriefOut(BaseModel):
    """A lead as whoever is to accept it reads it; `said`, `seen` and `told` are the newest of their story."""

    lead: str
    version: int
    state: str
    owner: str | None
    due_at: datetime | None
    offered_by: str | None
    offered_at: datetime | None
    person: str
    name: str
    title: str
    language: str
    company: str | None
    company_name: str
    wants: str
    source: str
    campaign: str | None
    came_at: datetime
    tier: str
    deal_seeker: bool
    said: list[TouchedOut]
    seen: list[TouchedOut]
    told: list[TouchedOut]
    consents: dict[str, ConsentOut]
    do_not_contact: dict[str, str]
    judgement: JudgementOut
    returns: list[ReturnOut]
    first_sentence: str

    @classmethod
    def of(cls, brief: Brief) -> "BriefOut":
        lead, person = brief.lead, brief.lead.person.whole
        company = lead.company or person.company
        return cls(
            lead=lead.key,
            **{
                name: getattr(lead, name)
                for name in ("version", "state", "wants", "came_at", "tier", "deal_seeker")
            },
            owner=lead.owner.key if lead.owner else None,
            due_at=lead.clock.due_at if lead.clock else None,
            offered_by=brief.given_by.key if brief.given_by else None,
            offered_at=brief.given_at,
            person=person.key,
            **{name: getattr(person, name) for name in ("name", "title", "language")},
            company=company.whole.key if company else None,
            company_name=company.whole.name if company else "",
            source=lead.source.name if lead.source else "",
            campaign=lead.campaign.key if lead.campaign else None,
            said=[TouchedOut.of(one) for one in brief.said],
            seen=[TouchedOut.of(one) for one in brief.seen],
            told=[TouchedOut.of(one) for one in brief.told],
            consents={
                purpose: ConsentOut(granted=yes, since=at) for purpose, (yes, at) in brief.answers.items()
            },
            do_not_contact=dict(brief.forbidden),
            judgement=JudgementOut.of(brief.why),
            returns=[ReturnOut.of(one) for one in brief.returns],
            first_sentence=brief.first_sentence,
        )
