"""Judgements as the API gives them, and answers as it takes them."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from songsheet.doors.api import Given, Text
from songsheet.leads.qualifying.why import Why


class AnswerIn(Given):
    """What the buyer said to a question of the definition."""

    question: Annotated[Text, Field(min_length=1, max_length=200)]
    text: Annotated[Text, Field(min_length=1, max_length=1000)]


class CriterionSeen(Schema):
    """One criterion: whether it holds, by what, and its points. `says` is it in plain words."""

    name: str
    says: str
    holds: bool
    needed: bool
    points: int
    by: str


class QuestionOut(Schema):
    """A question of the definition, and the answer that somebody noted; `key` is that of the answer."""

    question: str
    needed: bool
    key: str
    text: str
    by: str
    at: datetime | None


class JudgementOut(Schema):
    """How a lead stands by the agreements; numbers of versions are 0 where the starter was tried, in shadow.

    `elsewhere`: who says that it is qualified, where no definition did.
    """

    definition: int
    tiers: int
    is_shadow: bool
    is_qualified: bool
    points: int
    tier: str
    tier_by: str
    deal_seeker: bool
    named_account: str
    at: datetime | None
    standing: str
    why_this_tier: str
    missing: list[str]
    criteria: list[CriterionSeen]
    questions: list[QuestionOut]
    elsewhere: str

    @classmethod
    def of(cls, why: Why) -> "JudgementOut":
        it: Any = why.judgement or {}
        return cls(
            definition=why.definition_number,
            tiers=why.tiers_number,
            is_shadow=why.is_shadow,
            is_qualified=it.get("is_qualified", False),
            points=it.get("points", 0),
            tier=it.get("tier", ""),
            tier_by=it.get("tier_by", ""),
            deal_seeker=bool(it.get("seeks")),
            named_account=it.get("account", ""),
            at=it.get("at"),
            standing=why.standing,
            why_this_tier=why.tier,
            missing=why.missing,
            criteria=[
                CriterionSeen(**{name: getattr(one, name) for name in CriterionSeen.model_fields})
                for one in why.points
            ],
            questions=[
                QuestionOut(
                    question=one.asks, needed=one.needed, key=one.key, text=one.text, by=one.by, at=one.at
                )
                for one in why.questions
            ],
            elsewhere=why.elsewhere,
        )
