"""What happens to verdicts; what was written about them stands in the verdict."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import (
    CampaignKey,
    ClockKey,
    LeadKey,
    MemberKey,
    PersonKey,
    VerdictKey,
    sample_key,
)

_SAMPLE = {
    "verdict_key": sample_key("verdict"),
    "lead": sample_key("lead"),
    "person": sample_key("person"),
}


class VerdictGiven(
    Event,
    name="handoffs.verdict_given",
    version=1,
    says="{by} gave a verdict: {verdict}",
    side="changed",
    icon="check",
    sample={
        **_SAMPLE,
        "verdict": "misinformed",
        "owes": sample_key("member"),
        "clock": sample_key("clock"),
        "in_time": True,
    },
):
    """Somebody of sales judged a lead or a campaign, or `before` said otherwise of it.

    `owes` is who answers, where an answer is asked for; `clock` is the promise of it, kept `in_time` or not.
    """

    verdict_key: VerdictKey
    verdict: str
    before: str = ""
    lead: LeadKey | None = None
    person: PersonKey | None = None
    campaign: CampaignKey | None = None
    owes: MemberKey | None = None
    due_at: str = ""
    clock: ClockKey | None = None
    in_time: bool | None = None


class VerdictTakenBack(
    Event,
    name="handoffs.verdict_taken_back",
    version=1,
    says="{by} took a verdict back",
    side="changed",
    icon="undo",
    sample=_SAMPLE,
):
    """A verdict was undone; where one is owed, it is owed again."""

    verdict_key: VerdictKey
    lead: LeadKey | None = None
    person: PersonKey | None = None
    campaign: CampaignKey | None = None


class VerdictAnswered(
    Event,
    name="handoffs.verdict_answered",
    version=1,
    says="{by} answered a verdict",
    side="changed",
    icon="talk",
    sample={**_SAMPLE, "asked": sample_key("member")},
):
    """Marketing said what changes after a verdict; `asked` is who gave it."""

    verdict_key: VerdictKey
    asked: MemberKey
    lead: LeadKey | None = None
    person: PersonKey | None = None
    campaign: CampaignKey | None = None


class VerdictAnswerTakenBack(
    Event,
    name="handoffs.verdict_answer_taken_back",
    version=1,
    says="{by} took the answer to a verdict back",
    side="changed",
    icon="undo",
    sample={**_SAMPLE, "owes": sample_key("member")},
):
    """The answer to a verdict was undone: it is owed again."""

    verdict_key: VerdictKey
    owes: MemberKey
    lead: LeadKey | None = None
    person: PersonKey | None = None
    campaign: CampaignKey | None = None
