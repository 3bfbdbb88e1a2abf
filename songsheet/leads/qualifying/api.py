"""The API of judgements: how a lead stands, what was asked, and definitions tried on past leads."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from songsheet.leads.qualifying.bodies import AnswerIn, JudgementOut
from songsheet.leads.qualifying.preview import Count
from songsheet.leads.qualifying.question_actions import answer_question, take_back_answer
from songsheet.leads.qualifying.reading import Previewed
from songsheet.leads.qualifying.why import why_of
from songsheet.leads.queries import lead_for
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["agreements"])


class PreviewCount(Schema):
    """How many leads came, how many this version and the other would have qualified; the same of those who
    became customers."""

    leads: int
    qualified: int
    qualified_by_other: int | None
    customers: int
    customers_qualified: int
    customers_qualified_by_other: int | None

    @classmethod
    def of(cls, count: Count, *, beside: bool) -> "PreviewCount":
        return cls(
            leads=count.leads,
            qualified=count.these,
            qualified_by_other=count.others if beside else None,
            customers=count.customers,
            customers_qualified=count.these_customers,
            customers_qualified_by_other=count.others_customers if beside else None,
        )


class PreviewSource(PreviewCount):
    """The counts of one source; empty: no source is known."""

    source: str


class PreviewCriterion(Schema):
    """How many leads hold one criterion."""

    name: str
    holds: int


class PreviewOut(Schema):
    """What a version would have done with the leads since `since`, beside the version `other` where one is in
    force; gained and lost are leads that only one of both qualifies, by key, the newest 20."""

    version: str
    other: str | None
    since: datetime
    whole: PreviewCount
    sources: list[PreviewSource]
    criteria: list[PreviewCriterion]
    gained: int
    lost: int
    gained_leads: list[str]
    lost_leads: list[str]

    @classmethod
    def of(cls, tried: Previewed) -> "PreviewOut":
        found, beside = tried.found, tried.other is not None
        return cls(
            version=tried.version.key,
            other=tried.other.key if tried.other else None,
            since=found.since,
            whole=PreviewCount.of(found.whole, beside=beside),
            sources=[
                PreviewSource(source=name, **PreviewCount.of(count, beside=beside).dict())
                for name, count in found.sources
            ],
            criteria=[PreviewCriterion(name=one.name, holds=count) for one, count in found.criteria],
            gained=found.gained,
            lost=found.lost,
            gained_leads=[lead.key for lead in found.gained_leads],
            lost_leads=[lead.key for lead in found.lost_leads],
        )


@router.get(
    "/leads/{key}/judgement",
    response={200: JudgementOut, **PROBLEMS},
    operation_id="read_judgement",
    tags=["leads"],
)
def read_judgement(request: HttpRequest, key: str) -> Any:
    """Why a lead is qualified, or what is missing: criteria with their evidence, tier, marks, questions."""
    return answer_of(JudgementOut.of(why_of(lead_for(asking(request), key))))


@router.post(
    "/leads/{key}/answers",
    response={201: JudgementOut, **PROBLEMS},
    operation_id="answer_question",
    tags=["leads"],
)
def note_answer(request: HttpRequest, key: str, body: AnswerIn) -> Any:
    """Note what the buyer said to a question of the definition; the lead is judged again at once."""

    def do(by: Acting, at: datetime) -> Any:
        answer_question(key, body.question, body.text, by=by, at=at)
        return 201, JudgementOut.of(why_of(lead_for(by, key)))

    return answered(request, do)


@router.post(
    "/leads/{key}/answers/{answer}/take-back",
    response={200: JudgementOut, **PROBLEMS},
    operation_id="take_back_answer",
    tags=["leads"],
)
def unnote_answer(request: HttpRequest, key: str, answer: str) -> Any:
    """Take an answer back: the question is open again, or answered as it was before."""

    def do(by: Acting, at: datetime) -> Any:
        take_back_answer(answer, of=key, by=by, at=at)
        return JudgementOut.of(why_of(lead_for(by, key)))

    return answered(request, do)
