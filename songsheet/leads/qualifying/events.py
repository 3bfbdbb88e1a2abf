"""What becomes of leads by the agreements: qualified, tiered, and questions answered by a person."""

from pydantic import BaseModel, ConfigDict

from songsheet.journal.events import Event
from songsheet.journal.subjects import CompanyKey, LeadKey, MemberKey, PersonKey, sample_key


class Evidence(BaseModel):
    """Whether a criterion holds, and by what: a number, or words of the criterion's own, never a buyer's."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    criterion: str
    holds: bool
    by: str = ""
    points: int = 0


class LeadQualified(
    Event,
    name="leads.lead_qualified",
    version=1,
    says="The lead meets the agreed definition, with {points} points",
    side="changed",
    icon="check",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "state": "qualified",
        "version": sample_key("version"),
        "points": 70,
        "evidence": [{"criterion": "Size", "holds": True, "by": "70", "points": 30}],
    },
):
    """A lead newly meets the definition in force, `version`; `state` is how it stands from then on."""

    lead: LeadKey
    person: PersonKey
    company: CompanyKey | None = None
    state: str
    version: str
    points: int
    evidence: list[Evidence]


class LeadTiered(
    Event,
    name="leads.lead_tiered",
    version=1,
    says="The lead is {tier}, by its {tier_by}",
    side="changed",
    icon="leads",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "tier": "hot",
        "tier_by": "mentions",
        "points": 50,
        "version": sample_key("version"),
    },
):
    """A lead came into a tier, or its mark changed, by the tiers in force, `version`.

    `before` is the tier it had, `tier_by` what reached this one: mentions, sources or points.
    """

    lead: LeadKey
    person: PersonKey
    tier: str
    before: str = ""
    tier_by: str
    deal_seeker: bool = False
    points: int
    version: str


class QuestionAnswered(
    Event,
    name="leads.question_answered",
    version=1,
    says="{by} noted the answer to: {question}",
    side="ours",
    icon="talk",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "question": "Who else decides?",
    },
):
    """A member noted what the buyer said to a question of the definition; the words stand with the lead."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey
    question: str


class QuestionReopened(
    Event,
    name="leads.question_reopened",
    version=1,
    says="{by} took back the answer to: {question}",
    side="changed",
    icon="undo",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "question": "Who else decides?",
    },
):
    """An answer was taken back: the question is open again, or answered as it was before."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey
    question: str
