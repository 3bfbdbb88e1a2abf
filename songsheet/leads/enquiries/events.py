"""What happens to an enquiry; what they asked, what we answered and why stand in the enquiry."""

from typing import Any

from songsheet.journal.events import Event
from songsheet.journal.subjects import (
    CampaignKey,
    CompanyKey,
    EnquiryKey,
    LeadKey,
    MemberKey,
    PersonKey,
    sample_key,
)

_SAMPLE: dict[str, Any] = {
    "enquiry": sample_key("enquiry"),
    "person": sample_key("person"),
    "kind": "billing",
}
_OWNED = {"owner": sample_key("member"), "due_at": "2026-05-12T16:00:00+00:00"}


class EnquiryCame(
    Event,
    name="leads.enquiry_came",
    version=1,
    says="{person} asked us something: {kind}",
    side="theirs",
    icon="question",
    sample={**_SAMPLE, **_OWNED, "source": "Website", "rule": 5, "sorted_by": "mentions"},
):
    """Somebody asked us something. `rule` is the number of the one that sorted it, 0 for none; `sorted_by`
    says what of it was found. `lead` where it was taken for one until now. Of buying a lead comes."""

    enquiry: EnquiryKey
    person: PersonKey
    company: CompanyKey | None = None
    campaign: CampaignKey | None = None
    kind: str
    source: str = ""
    rule: int = 0
    sorted_by: str = ""
    owner: MemberKey | None = None
    due_at: str = ""
    lead: LeadKey | None = None


class EnquiryMoved(
    Event,
    name="leads.enquiry_moved",
    version=1,
    says="{by} moved the enquiry from {before} to {kind}",
    side="changed",
    icon="talk",
    sample={**_SAMPLE, **_OWNED, "before": "service"},
):
    """Somebody says that it is of another kind; why stands in the enquiry. To buying, and a lead comes."""

    enquiry: EnquiryKey
    person: PersonKey
    kind: str
    before: str
    owner: MemberKey | None = None
    due_at: str = ""
    lead: LeadKey | None = None


class EnquiryGiven(
    Event,
    name="leads.enquiry_given",
    version=1,
    says="{by} gave the enquiry to {member}",
    side="ours",
    icon="handoff",
    sample={**_SAMPLE, "member": sample_key("member"), "before": sample_key("member", 2)},
):
    """Another member answers it from now on, until `due_at`."""

    enquiry: EnquiryKey
    person: PersonKey
    kind: str
    member: MemberKey
    before: MemberKey
    due_at: str = ""


class EnquiryAnswered(
    Event,
    name="leads.enquiry_answered",
    version=1,
    says="{by} answered the enquiry",
    side="ours",
    icon="talk",
    sample={**_SAMPLE, "in_time": True},
):
    """The enquiry was answered, in time or late."""

    enquiry: EnquiryKey
    person: PersonKey
    kind: str
    in_time: bool


class EnquiryClosed(
    Event,
    name="leads.enquiry_closed",
    version=1,
    says="{by} closed the enquiry without an answer",
    side="changed",
    icon="check",
    sample=_SAMPLE,
):
    """Nobody answers it, for a reason that stands in the enquiry."""

    enquiry: EnquiryKey
    person: PersonKey
    kind: str


class EnquiryTakenBack(
    Event,
    name="leads.enquiry_taken_back",
    version=1,
    says="{by} took back what was done with the enquiry",
    side="changed",
    icon="undo",
    sample={**_SAMPLE, **_OWNED},
):
    """The last thing done with it was undone: it is open again, of this kind and with whom it was."""

    enquiry: EnquiryKey
    person: PersonKey
    kind: str
    owner: MemberKey
    due_at: str = ""


class EnquiryGone(
    Event,
    name="leads.enquiry_gone",
    version=1,
    says="The enquiry was taken out",
    side="changed",
    icon="undo",
    sample=_SAMPLE,
):
    """An enquiry that was noted by mistake was taken back."""

    enquiry: EnquiryKey
    person: PersonKey
    kind: str
