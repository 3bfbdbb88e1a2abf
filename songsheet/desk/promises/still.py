"""Promises that stand still: whose, about whom, until when and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from songsheet.clocks.actions import may_pause
from songsheet.clocks.kinds import KINDS
from songsheet.clocks.models import Clock
from songsheet.clocks.queries import seen_by
from songsheet.journal.sql import rows
from songsheet.team.acting import Acting

MOST = 50
_BUYERS = """
select given.about, coalesce(root.name, person.name), coalesce(root.key, person.key)
  from unnest(%(abouts)s::text[]) as given(about)
  left join leads_lead own on own.key = given.about
  left join handoffs_return back on back.key = given.about
  left join handoffs_verdict verdict on verdict.key = given.about
  left join deals_deal deal on deal.key = given.about
  left join leads_enquiry asked on asked.key = given.about
  left join leads_lead lead on lead.id = coalesce(own.id, back.lead_id, verdict.lead_id, deal.lead_id)
  join buyers_person person on person.id = coalesce(lead.person_id, asked.person_id)
  left join buyers_person root on root.id = person.root_id"""


@dataclass(frozen=True)
class Still:
    """One of them."""

    clock: Clock
    what: str
    name: str
    url: str
    may: bool


def standing_still(viewer: Acting) -> list[Still]:
    """Those that run on soonest first, in two statements."""
    paused = seen_by(viewer).filter(state=Clock.State.PAUSED).order_by("paused_until", "id")
    clocks = list(paused[:MOST])
    abouts = [one.about for one in clocks]
    found = {about: (name, key) for about, name, key in (rows(_BUYERS, {"abouts": abouts}) if abouts else [])}
    return [
        Still(
            one,
            _(KINDS[one.kind].label),
            found.get(one.about, ("", ""))[0] or _("Somebody"),
            f"/buyers/{found[one.about][1]}" if one.about in found else "",
            may_pause(one, viewer),
        )
        for one in clocks
    ]
