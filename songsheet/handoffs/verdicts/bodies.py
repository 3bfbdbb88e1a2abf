"""Verdicts as the API gives them."""

from datetime import datetime

from pydantic import BaseModel

from songsheet.handoffs.verdicts.models import Verdict


class VerdictOut(BaseModel):
    """What somebody of sales said of a lead or a campaign, who owes the answer, and what it was."""

    key: str
    about: str
    person: str | None
    says: str
    words: str
    given_by: str
    at: datetime
    state: str
    owes: str | None
    due_at: datetime | None
    answer: str
    answered_by: str | None
    answered_at: datetime | None
    version: int

    @classmethod
    def of(cls, one: Verdict) -> "VerdictOut":
        plain = ("key", "about", "says", "words", "at", "state", "answer", "answered_at", "version")
        return cls(
            **{name: getattr(one, name) for name in plain},
            person=one.lead.person.key if one.lead else None,
            given_by=one.given_by.key,
            owes=one.owes.key if one.owes else None,
            due_at=one.clock.due_at if one.clock else None,
            answered_by=one.answered_by.key if one.answered_by else None,
        )
