"""What happens to a deal."""

from typing import Any

from songsheet.journal.events import Event
from songsheet.journal.subjects import (
    CampaignKey,
    CompanyKey,
    DealKey,
    LeadKey,
    MemberKey,
    PersonKey,
    sample_key,
)


class DealOpened(
    Event,
    name="deals.deal_opened",
    version=1,
    says="A deal was opened",
    side="ours",
    icon="deals",
    sample={
        "deal": sample_key("deal"),
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "amount": 2270000,
        "currency": "USD",
    },
):
    """A lead became a deal; amount in minor units of `currency`."""

    deal: DealKey
    lead: LeadKey
    person: PersonKey | None = None
    company: CompanyKey | None = None
    owner: MemberKey | None = None
    campaign: CampaignKey | None = None
    amount: int | None = None
    currency: str = ""


class DealMoved(
    Event,
    name="deals.deal_moved",
    version=1,
    says="{by} moved the deal to {stage}",
    side="ours",
    icon="deals",
    sample={
        "deal": sample_key("deal"),
        "lead": sample_key("lead"),
        "stage": "Proposal",
        "before": "Discovery",
    },
):
    """An open deal moved to another stage."""

    deal: DealKey
    lead: LeadKey
    stage: str
    before: str = ""
    person: PersonKey | None = None


class DealEnded(
    Event,
    name="deals.deal_ended",
    version=2,
    says="The deal was {state}",
    side="changed",
    icon="deals",
    sample={
        "deal": sample_key("deal"),
        "lead": sample_key("lead"),
        "state": "won",
        "amount": 2270000,
        "currency": "USD",
    },
):
    """A deal was won, lost, undecided or released in the end; the words of the reason are in the deal."""

    deal: DealKey
    lead: LeadKey
    state: str
    person: PersonKey | None = None
    amount: int | None = None
    currency: str = ""

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 the reason stood here, also where somebody wrote it."""
        return {name: value for name, value in body.items() if name != "reason"}


class DealChanged(
    Event,
    name="deals.deal_changed",
    version=1,
    says="{by} changed {fields} of the deal",
    side="changed",
    icon="deals",
    sample={"deal": sample_key("deal"), "lead": sample_key("lead"), "fields": "amount", "version": 2},
):
    """Fields of a deal changed; `fields` names them."""

    deal: DealKey
    lead: LeadKey
    fields: str
    version: int
    person: PersonKey | None = None


class DealPassedOn(
    Event,
    name="deals.deal_passed_on",
    version=1,
    says="{by} gave the deal to {member}",
    side="changed",
    icon="handoff",
    sample={
        "deal": sample_key("deal"),
        "lead": sample_key("lead"),
        "member": sample_key("member"),
        "before": sample_key("member", 2),
    },
):
    """An open deal passed on to a member as it stands; `before` is the key of whose it was."""

    deal: DealKey
    lead: LeadKey
    member: MemberKey
    before: str


class NextStepSet(
    Event,
    name="deals.next_step_set",
    version=1,
    says="{by} set the next step",
    side="ours",
    icon="today",
    sample={"deal": sample_key("deal"), "lead": sample_key("lead"), "on": "2026-05-14"},
):
    """An open deal has a dated next step; the words are in the deal."""

    deal: DealKey
    lead: LeadKey
    on: str
    person: PersonKey | None = None


class DealGone(
    Event,
    name="deals.deal_gone",
    version=1,
    says="The deal was taken out",
    side="changed",
    icon="undo",
    sample={"deal": sample_key("deal"), "lead": sample_key("lead"), "why": "import undone"},
):
    """A deal was undone or archived."""

    deal: DealKey
    lead: LeadKey
    why: str
    person: PersonKey | None = None
