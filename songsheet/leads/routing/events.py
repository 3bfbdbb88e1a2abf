"""What routing tells: a lead found its member or queue; leads wait where nobody could take them."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import LeadKey, MemberKey, PersonKey, QueueKey, sample_key


class LeadRouted(
    Event,
    name="leads.lead_routed",
    version=1,
    says="The lead went to {member}{queue} by what is agreed",
    side="ours",
    icon="handoff",
    sample={
        "lead": sample_key("lead"),
        "person": sample_key("person"),
        "member": sample_key("member"),
        "tier": "hot",
        "method": "round_robin",
        "state": "offered",
        "due_at": "2026-05-12T10:27:00+00:00",
        "version": sample_key("version"),
        "before": sample_key("queue"),
    },
):
    """A lead was offered to a member, or waits in a queue, by the tiers and routing in force.

    `version` is the key of theirs, `before` of who or what had it; `method` is `last_resort` where nobody
    could get it. Why this member and why not each other stands with the lead.
    """

    lead: LeadKey
    person: PersonKey
    member: MemberKey | None = None
    queue: QueueKey | None = None
    tier: str
    method: str
    state: str
    due_at: str
    version: str
    before: str = ""


class LeadsWait(
    Event,
    name="leads.leads_wait",
    version=1,
    says="{leads} leads wait in {queue}, as nobody could take them; {member} was told",
    side="changed",
    icon="clock",
    sample={"queue": sample_key("queue"), "member": sample_key("member"), "leads": 3},
):
    """Leads still wait in a queue of last resort: who answers for it is told again."""

    queue: QueueKey
    member: MemberKey
    leads: int
