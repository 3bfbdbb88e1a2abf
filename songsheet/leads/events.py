"""What happens to a lead."""

from typing import Any

from songsheet.journal.events import Event
from songsheet.journal.subjects import (
    CampaignKey,
    CompanyKey,
    LeadKey,
    MemberKey,
    PersonKey,
    QueueKey,
    sample_key,
)
from songsheet.leads.enquiries import events as of_enquiries  # noqa: F401 (the journal learns them from here)
from songsheet.leads.heard import events as of_heard  # noqa: F401


class LeadCame(
    Event,
    name="leads.lead_came",
    version=2,
    says="{person} became a lead",
    side="theirs",
    icon="leads",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "source": "Trade show",
        "state": "new",
        "due_at": "2026-05-12T16:00:00+00:00",
    },
):
    """A buying interest of a person came in; `source` by its name in the vocabulary.

    `due_at` is until when the first answer is promised; empty where no clock runs.
    """

    lead: LeadKey
    person: PersonKey
    company: CompanyKey | None = None
    campaign: CampaignKey | None = None
    source: str = ""
    state: str = "new"
    owner: MemberKey | None = None
    due_at: str = ""

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 nothing was said of the promise."""
        return body


class LeadTaken(
    Event,
    name="leads.lead_taken",
    version=2,
    says="{by} took the lead",
    side="ours",
    icon="handoff",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "verdict_due_at": "2026-05-19T16:00:00+00:00",
    },
):
    """A member took a free lead and owns it with its clock; from then on their verdict on it is owed."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey
    due_at: str = ""
    verdict_due_at: str = ""

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 no verdict was owed."""
        return body


class LeadAnswered(
    Event,
    name="leads.lead_answered",
    version=1,
    says="{member} gave the first answer",
    side="ours",
    icon="talk",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "in_time": True,
    },
):
    """The promise of a first answer was kept, or broken when it was not `in_time`."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey
    in_time: bool


class LeadGiven(
    Event,
    name="leads.lead_given",
    version=2,
    says="{by} gave the lead to {member}",
    side="ours",
    icon="handoff",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "due_at": "2026-05-12T16:00:00+00:00",
    },
):
    """A lead was given to a member by somebody else; `before` is the key of who or what had it."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey
    before: str = ""
    state: str = ""
    due_at: str = ""

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 nothing was said of the promise."""
        return body


class LeadPutBack(
    Event,
    name="leads.lead_put_back",
    version=2,
    says="{by} put the lead back",
    side="changed",
    icon="undo",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "queue": sample_key("queue"),
        "due_at": "2026-05-12T16:00:00+00:00",
    },
):
    """Taking or giving was undone: owner, state and promise as before."""

    lead: LeadKey
    person: PersonKey
    owner: MemberKey | None = None
    queue: QueueKey | None = None
    state: str = "new"
    due_at: str = ""

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 nothing was said of the promise."""
        return body


class LeadMoved(
    Event,
    name="leads.lead_moved",
    version=1,
    says="{by} moved the lead to {state}",
    side="changed",
    icon="leads",
    sample={"lead": sample_key("lead"), "person": sample_key("person"), "state": "working", "before": "new"},
):
    """An open lead moved from one open state to another."""

    lead: LeadKey
    person: PersonKey
    state: str
    before: str


class LeadEnded(
    Event,
    name="leads.lead_ended",
    version=2,
    says="The lead ended: {state}",
    side="changed",
    icon="leads",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "state": "disqualified",
    },
):
    """A lead was converted, disqualified or released; the words of the reason are in the lead."""

    lead: LeadKey
    person: PersonKey
    state: str

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 the reason stood here, also where somebody wrote it."""
        return {name: value for name, value in body.items() if name != "reason"}


class LeadChanged(
    Event,
    name="leads.lead_changed",
    version=1,
    says="{by} changed {fields} of the lead",
    side="changed",
    icon="leads",
    sample={"lead": sample_key("lead"), "person": sample_key("person"), "fields": "wants", "version": 2},
):
    """Other fields of a lead changed; `fields` names them."""

    lead: LeadKey
    person: PersonKey
    fields: str
    version: int


class LeadTakenUp(
    Event,
    name="leads.lead_taken_up",
    version=2,
    says="{by} took up a lead that lay at rest",
    side="ours",
    icon="leads",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "due_at": "2026-05-12T16:00:00+00:00",
    },
):
    """An imported lead at rest was taken up: from here its clock runs."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey | None = None
    due_at: str = ""

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 nothing was said of the promise."""
        return body


class LeadGone(
    Event,
    name="leads.lead_gone",
    version=1,
    says="The lead was taken out",
    side="changed",
    icon="undo",
    sample={"lead": sample_key("lead"), "person": sample_key("person"), "why": "import undone"},
):
    """A lead was undone or archived."""

    lead: LeadKey
    person: PersonKey
    why: str


class OwnerAsked(
    Event,
    name="leads.owner_asked",
    version=1,
    says="{by} asked {member} what became of the lead",
    side="ours",
    icon="talk",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "about": "silent",
    },
):
    """The owner of a lead was asked: for the next contact, or for the reason why it ended."""

    lead: LeadKey
    person: PersonKey
    member: MemberKey
    about: str


class QueueOpened(
    Event,
    name="leads.queue_opened",
    version=1,
    says="{by} opened the queue {queue}",
    side="changed",
    icon="leads",
    sample={"queue": sample_key("queue"), "responsible": sample_key("member")},
):
    """A queue with a responsible member was opened."""

    queue: QueueKey
    responsible: MemberKey
