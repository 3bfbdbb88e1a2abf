"""What happens around handoffs; what was written about it stands in the return."""

from songsheet.handoffs.verdicts import events as of_verdicts  # noqa: F401 (the journal learns them from here)
from songsheet.journal.events import Event
from songsheet.journal.subjects import CampaignKey, LeadKey, MemberKey, PersonKey, ReturnKey, sample_key

_SAMPLE = {
    "return_key": sample_key("return"),
    "lead": sample_key("lead"),
    "person": sample_key("person"),
}


class LeadReturned(
    Event,
    name="handoffs.lead_returned",
    version=1,
    says="{by} returned the lead: {reason}",
    side="changed",
    icon="undo",
    sample={**_SAMPLE, "reason": "wrong_target", "owes": sample_key("member")},
):
    """A lead came back for a reason, by its code; `owes` is who answers, where an answer is owed."""

    return_key: ReturnKey
    lead: LeadKey
    person: PersonKey
    reason: str
    owes: MemberKey | None = None
    campaign: CampaignKey | None = None
    due_at: str = ""


class ReturnTakenBack(
    Event,
    name="handoffs.return_taken_back",
    version=1,
    says="{by} took the return of the lead back",
    side="changed",
    icon="undo",
    sample=_SAMPLE,
):
    """A return was undone before it was answered: the lead is whose it was."""

    return_key: ReturnKey
    lead: LeadKey
    person: PersonKey


class ReturnAnswered(
    Event,
    name="handoffs.return_answered",
    version=1,
    says="{by} answered the return: {how}",
    side="changed",
    icon="talk",
    sample={**_SAMPLE, "how": "agreed", "asked": sample_key("member")},
):
    """A return was answered: agreed, or corrected and offered again. `asked` is who returned the lead."""

    return_key: ReturnKey
    lead: LeadKey
    person: PersonKey
    how: str
    asked: MemberKey
    campaign: CampaignKey | None = None


class ReturnDisputed(
    Event,
    name="handoffs.return_disputed",
    version=1,
    says="{by} disputed the return",
    side="changed",
    icon="talk",
    sample={
        **_SAMPLE,
        "asked": sample_key("member"),
        "owes": sample_key("member", 2),
        "heads": [sample_key("member", 2)],
    },
):
    """A return was disputed: the `heads` of both sides are told, one of them `owes` the decision."""

    return_key: ReturnKey
    lead: LeadKey
    person: PersonKey
    asked: MemberKey
    owes: MemberKey
    heads: list[MemberKey]
    due_at: str = ""


class AnswerTakenBack(
    Event,
    name="handoffs.answer_taken_back",
    version=1,
    says="{by} took the answer to the return back",
    side="changed",
    icon="undo",
    sample={**_SAMPLE, "owes": sample_key("member")},
):
    """An answer was undone: it is owed again."""

    return_key: ReturnKey
    lead: LeadKey
    person: PersonKey
    owes: MemberKey
