"""With which signed sentence a buyer is met: fixed words around their own, ready to be copied."""

from datetime import datetime

from songsheet.agreements.kinds.snippets import SNIPPETS, Snippet, fields_of, merged
from songsheet.agreements.queries import in_force
from songsheet.base.text import fold
from songsheet.leads.models import Lead
from songsheet.team.models import Member


def first_sentence(lead: Lead, member: Member | None, at: datetime) -> str:
    """The closest by source and tier of which everything is known; the starter's until some are signed."""
    values = _values(lead, member)
    kept = (in_force(SNIPPETS, at) or SNIPPETS.starter()).sentences
    fitting = [one for one in kept if _fits(one, lead) and all(values[name] for name in fields_of(one.text))]
    best = max(fitting, key=lambda one: 2 * bool(one.source) + (one.tier != "any"), default=None)
    return merged(best.text, values) if best else ""


def _fits(one: Snippet, lead: Lead) -> bool:
    source = lead.source.name if lead.source else ""
    return one.tier in ("any", lead.tier) and (not one.source or fold(one.source) == fold(source))


def _values(lead: Lead, member: Member | None) -> dict[str, str]:
    person = lead.person.whole
    company = lead.company or person.company
    return {
        "given_name": person.given_name or person.name,
        "company": company.whole.name if company else "",
        "wants": " ".join(lead.wants.split()).rstrip(".!?"),
        "source": lead.source.name if lead.source else "",
        "campaign": lead.campaign.name if lead.campaign else "",
        "member": member.name if member else "",
    }
