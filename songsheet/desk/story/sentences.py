"""Entries as sentences that can be read aloud: who did what to whom, in the past tense."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from songsheet.base.money import Money
from songsheet.deals.events import DealEnded, DealMoved, DealOpened, NextStepSet
from songsheet.desk.story.asked import ASKED
from songsheet.desk.story.handed import OF_HANDOFFS
from songsheet.desk.story.known import Known
from songsheet.desk.story.visited import visited
from songsheet.intake.appointments.taking_acts import BOOKED, SYSTEM
from songsheet.journal.entries import Entry
from songsheet.journal.events import Event
from songsheet.leads.events import LeadCame, LeadEnded, LeadMoved, LeadPutBack
from songsheet.leads.routing.events import LeadRouted
from songsheet.leads.routing.world import LAST_RESORT
from songsheet.touches.events import TaskPlanned, TouchMade

#: How to say a touch: (kind, direction) → by a member, and by nobody in particular.
SAYS: dict[tuple[str, str], tuple[str, str]] = {
    ("call", "out"): ("{member} called {person}", "We called {person}"),
    ("call", "in"): ("{person} called {member}", "{person} called"),
    ("call", ""): ("{member} and {person} spoke by phone", "We spoke with {person} by phone"),
    ("mail", "out"): ("{member} wrote to {person}", "We sent {person} a mail"),
    ("mail", "in"): ("{person} wrote to {member}", "{person} wrote"),
    ("mail", ""): ("{member} and {person} wrote to each other", "A mail passed between us and {person}"),
    ("meeting", "out"): ("{member} met {person}", "We met {person}"),
    ("meeting", "in"): ("{person} met {member}", "{person} met us"),
    ("meeting", ""): ("{member} and {person} met", "{person} met us"),
    ("note", ""): ("{member} noted", "Somebody noted"),
    ("note", "in"): ("{member} noted", "Somebody noted"),
    ("note", "out"): ("{member} noted", "Somebody noted"),
    ("visit", "in"): ("{person} visited", "{person} visited"),
    ("form", "in"): ("{person} filled in a form", "{person} filled in a form"),
    ("download", "in"): ("{person} downloaded", "{person} downloaded"),
    ("webinar", "in"): ("{person} attended a webinar", "{person} attended a webinar"),
    ("advertisement", "in"): ("{person} met an advertisement", "{person} met an advertisement"),
    ("campaign", "out"): ("{campaign} reached {person}", "{campaign} reached {person}"),
    ("campaign", "in"): ("{person} answered {campaign}", "{person} answered {campaign}"),
    ("campaign", ""): ("{person} was part of {campaign}", "{person} was part of {campaign}"),
    ("invoice", "out"): ("{member} sent {person} an invoice", "We sent {person} an invoice"),
    ("invoice", ""): ("{person} got an invoice", "{person} got an invoice"),
}
#: What a touch looks like, by kind; a call by its direction too.
ICONS = {
    "call out": "phone-out", "call in": "phone-in", "call ": "phone", "mail": "mail", "meeting": "calendar",
    "note": "note", "visit": "visit", "form": "form", "download": "download", "webinar": "play",
    "advertisement": "cursor", "campaign": "campaigns", "invoice": "money", "other": "talk",
}  # fmt: skip
SIDES = {"in": "theirs", "out": "ours"}
_VERBS = {
    "Read",
    "Left",
    "Came",
    "Saw",
    "Sent",
    "Took",
    "Got",
    "Met",
    "Gave",
    "Went",
    "Wrote",
    "Chose",
    "Was",
    "Had",
    "Said",
}


def sentence(entry: Entry[Event], known: Known) -> str:
    """The sentence of one entry; what is said better here than by its declaration stands in `BETTER`."""
    better = BETTER.get(type(entry.event))
    if said := better(entry.event, known) if better else "":
        return said
    return " ".join(entry.event.sentence(known.names, by=entry.actor).split()).removesuffix(":")


def _touch(event: Any, known: Known) -> str:
    touch = known.touches.get(event.touch)
    subject = touch.subject.strip() if touch else ""
    person = known.name(event.person, _("Somebody"))
    if visit := known.visits.get(event.touch):
        return visited(person, visit)
    if touch and event.kind == "meeting" and (touch.system, touch.status) == (SYSTEM, BOOKED):
        return _("%(person)s booked an appointment: %(what)s") % {"person": person, "what": subject}
    if event.direction == "in" and _begins_with_a_deed(subject):
        return f"{person} {subject[0].lower()}{subject[1:]}"
    words = SAYS.get((event.kind, event.direction)) or SAYS.get((event.kind, ""))
    by_member, by_nobody = words or ("{member} and {person} were in touch", "{person} was in touch with us")
    member = known.names.get(event.member or "")
    said = _(by_member if member else by_nobody).format(
        member=member, person=person, campaign=known.name(event.campaign, _("A campaign"))
    )
    if touch and touch.seconds and event.kind in ("call", "meeting", "webinar"):
        said += f" ({length(touch.seconds)})"
    if touch and touch.amount is not None and touch.currency:
        said += _(" over %(amount)s") % {"amount": Money(touch.amount, touch.currency).format()}
    return f"{said}: {subject}" if subject else said


def _begins_with_a_deed(subject: str) -> bool:
    first = subject.split(" ", 1)[0]
    return first in _VERBS or (len(first) > 3 and first.endswith("ed") and first[0].isupper())


def length(seconds: int) -> str:
    """How long something took."""
    if seconds < 60:
        return _("%(n)s s") % {"n": seconds}
    minutes = round(seconds / 60)
    return _("%(n)s min") % {"n": minutes} if minutes < 90 else _("%(n)s h") % {"n": round(minutes / 60, 1)}


def _came(event: Any, known: Known) -> str:
    said = _("%(person)s became a lead") % {"person": known.name(event.person, _("Somebody"))}
    campaign = known.names.get(event.campaign or "")
    where = ", ".join(part for part in (event.source, campaign) if part)
    return _("%(said)s, from %(where)s") % {"said": said, "where": where} if where else said


def _planned(event: Any, known: Known) -> str:
    task = known.tasks.get(event.task)
    member = known.name(event.member, _("Somebody"))
    if task is None:
        return ""
    said = _("%(member)s means to do this: %(what)s") % {"member": member, "what": task.subject}
    return f"{said}, {_('by')} {task.due_at:%-d %B}" if task.due_at else said


def _ended(event: Any, known: Known) -> str:
    words = {"converted": _("The lead became a deal"), "disqualified": _("The lead was disqualified")}
    said = words.get(event.state) or _("We released the lead: we are not right for them")
    lead = known.leads.get(event.lead)
    reason = lead.end_reason if lead and lead.state == event.state != "converted" else ""
    return f"{said}: {reason}" if reason else said


def _moved(event: Any, known: Known) -> str:
    before, after = event.before.replace("_", " "), event.state.replace("_", " ")
    return _("The lead moved from %(before)s to %(after)s") % {"before": before, "after": after}


def _deal(event: Any, known: Known) -> str:
    deal = known.deals.get(event.deal)
    return f" {deal.name}" if deal and deal.name else ""


def _amount(event: Any) -> str:
    return f", {Money(event.amount, event.currency).format()}" if event.amount is not None else ""


def _deal_opened(event: Any, known: Known) -> str:
    opener = known.names.get(event.owner or "")
    what = _deal(event, known)
    said = (
        _("%(who)s opened the deal%(what)s") % {"who": opener, "what": what}
        if opener
        else _("The deal%(what)s was opened") % {"what": what}
    )
    return said + _amount(event)


def _deal_ended(event: Any, known: Known) -> str:
    ends = {
        "won": _("was won"),
        "lost": _("was lost"),
        "no_decision": _("ended without a decision"),
        "released": _("was released: we were not right for them"),
    }
    said = _("The deal%(what)s %(end)s") % {"what": _deal(event, known), "end": ends[event.state]}
    deal = known.deals.get(event.deal)
    reason = deal.reason if deal and deal.state == event.state else ""
    return said + _amount(event) + (f": {reason}" if reason else "")


def _deal_moved(event: Any, known: Known) -> str:
    before = _(" from %(stage)s") % {"stage": event.before} if event.before else ""
    words = {"what": _deal(event, known), "before": before, "stage": event.stage}
    return _("The deal%(what)s moved%(before)s to %(stage)s") % words


def _step(event: Any, known: Known) -> str:
    deal = known.deals.get(event.deal)
    step = deal.next_step if deal and str(deal.next_step_on) == event.on else ""
    said = _("The next step was set for %(on)s") % {"on": event.on}
    return f"{said}: {step}" if step else said


def _put_back(event: Any, known: Known) -> str:
    whom = known.names.get(event.owner or "") or known.names.get(event.queue or "")
    return _("The lead went back to %(whom)s") % {"whom": whom} if whom else ""


def _routed(event: Any, known: Known) -> str:
    whom = known.names.get(event.member or "") or known.names.get(event.queue or "")
    if not whom:
        return ""
    said = (
        _("The %(tier)s lead was offered to %(whom)s by what is agreed") if event.member
        else _("Nobody could take the %(tier)s lead: it waits in %(whom)s")
        if event.method == LAST_RESORT
        else _("The %(tier)s lead waits in %(whom)s")
    )  # fmt: skip
    return said % {"tier": _(event.tier), "whom": whom}


BETTER: dict[type[Event], Callable[[Any, Known], str]] = {
    TouchMade: _touch,
    TaskPlanned: _planned,
    LeadCame: _came,
    LeadEnded: _ended,
    LeadMoved: _moved,
    LeadPutBack: _put_back,
    **OF_HANDOFFS,
    LeadRouted: _routed,
    DealOpened: _deal_opened,
    DealEnded: _deal_ended,
    DealMoved: _deal_moved,
    NextStepSet: _step,
    **ASKED,
}


def look(entry: Entry[Event]) -> tuple[str, str]:
    """Side and icon of an entry: those of its declaration, for a touch those of its kind and direction."""
    event = entry.event
    if not isinstance(event, TouchMade):
        return event.declared.side, event.declared.icon
    icon = ICONS.get(f"{event.kind} {event.direction}") or ICONS.get(event.kind, "talk")
    return SIDES.get(event.direction, "ours" if event.member else "changed"), icon
