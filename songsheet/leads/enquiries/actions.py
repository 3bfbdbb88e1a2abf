"""An enquiry comes, is moved to another kind, given to another member; a lead turns out to be one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.agreements.kinds.enquiry_sorting import BUYING
from songsheet.base.adopting import Ref, ref_id
from songsheet.base.ids import new_key
from songsheet.buyers.actions import meet_person
from songsheet.buyers.adopt import PersonRow
from songsheet.buyers.identity import normal_mail
from songsheet.buyers.models import Mail, Person
from songsheet.journal.act import Because, act, together
from songsheet.leads.actions import end_lead, lead_came
from songsheet.leads.adopt_leads import LeadRow
from songsheet.leads.enquiries.acts import (
    State,
    about,
    keep_before,
    must_be_known,
    must_be_new,
    must_be_open,
    owe,
    owe_no_more,
    owned,
    said,
    write,
)
from songsheet.leads.enquiries.errors import EnquiryNeeds, NotABuyer, NotOpen
from songsheet.leads.enquiries.events import EnquiryCame, EnquiryGiven, EnquiryMoved
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.owning import must_handle, who_gets, working
from songsheet.leads.enquiries.queries import held_enquiry
from songsheet.leads.enquiries.sorting import BY_HAND, Agreed, Sorted, agreed, sort
from songsheet.leads.models import Lead
from songsheet.leads.queries import held
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: So much of what they asked is what their lead wants.
MOST_WANTED = 500
_WHY = "Say why, in a few words: the rules are mended by it."


@dataclass(slots=True)
class EnquiryRow:
    """What is known of an enquiry; `source` is (id, name). With a `kind`, somebody of us sorted it."""

    person: Ref
    text: str
    source: tuple[int, str] | None = None
    campaign: Ref | None = None
    company: Ref | None = None
    addresses: Sequence[str] = ()
    kind: str = ""


def enquiry_came(row: EnquiryRow, *, by: Acting, at: datetime) -> Enquiry:
    """Somebody asks us something. About buying, it is a lead; else whoever answers that kind has a clock."""
    by.must(Right.ANSWER)
    text = said(row.text, 4000, "text", "Say what they ask.")
    rules = agreed(at)
    found = _sorted(row, rules)
    with act(by=by.actor, at=at) as record:
        one = Enquiry(
            key=new_key("enquiry"),
            person=Person.objects.get(id=row.person[0]),
            company_id=ref_id(row.company),
            source_id=row.source[0] if row.source else None,
            campaign_id=ref_id(row.campaign),
            kind=found.kind,
            text=text,
            came_at=at,
            sorted_by=_how(found, rules),
        )
        one.before = {"version": 1, "by": by.actor.key, "came": True}
        if found.kind != BUYING:
            owe(one, who_gets(rules, found.kind, at), rules, by=by, at=at)
        record(
            EnquiryCame(
                **about(one),
                **owned(one),
                company=row.company and row.company[1],
                campaign=row.campaign and row.campaign[1],
                source=row.source[1] if row.source else "",
                rule=found.rule,
                sorted_by=found.by,
            )
        )
        if found.kind == BUYING:
            one.state, one.lead = State.MOVED, _lead(one, row, by=by, at=at)
        one.save()
    return one


def somebody_asked(name: str, mail: str, row: EnquiryRow, *, by: Acting, at: datetime) -> Enquiry:
    """Whoever has this mail address asks us something, or somebody new; who is known stays as they are."""
    by.must(Right.ANSWER)
    with together():
        address = normal_mail(mail) if mail else ""
        held = Mail.objects.filter(address=address, gone_at=None).select_related("person__root").first()
        if address and held is not None:
            person = held.person.whole
        else:
            new = PersonRow(name=name, mails=(address,) if address else ())
            person = meet_person(new, by=working(by), at=at)
        row.person, row.addresses = (person.pk, person.key), (address,) if address else ()
        return enquiry_came(row, by=by, at=at)


def move_enquiry(
    key: str, kind: str, why: str, *, by: Acting, at: datetime, version: int | None = None
) -> Enquiry:
    """It is of another kind, and goes to who answers that; to buying, and a lead comes of it.

    One that became a lead and is none: the lead ends, disqualified for that reason.
    """
    by.must(Right.ANSWER)
    must_be_known(kind)
    why = said(why, 500, "why", _WHY)
    rules = agreed(at)
    with act(by=by.actor, at=at) as record:
        one = held_enquiry(key)
        must_handle(by, one, at)
        must_be_new(one, version)
        if one.state not in (State.OPEN, State.MOVED):
            raise NotOpen("This enquiry was answered or closed. Take that back first.")
        if kind == one.kind:
            raise EnquiryNeeds("It is of that kind already. Choose another one.", field="kind")
        keep_before(one, by)
        before, lead = one.kind, one.lead
        if one.state == State.MOVED:
            assert lead is not None
            _end(lead.key, why, by=by, at=at)
            one.before = {}
        owe_no_more(one, by=by, at=at)
        one.kind, one.why, one.moved_from, one.moved_by, one.moved_at = kind, why, before, by.member, at
        if kind == BUYING:
            one.owner = None
        else:
            owe(one, who_gets(rules, kind, at), rules, by=by, at=at)
        record(EnquiryMoved(**about(one), **owned(one), before=before, lead=lead.key if lead else None))
        if kind == BUYING:
            row = EnquiryRow((one.person.pk, one.person.key), one.text, **_from(one))
            one.state, one.lead = State.MOVED, _lead(one, row, by=by, at=at)
        write(one)
    return one


def make_enquiry(lead_key: str, kind: str, why: str, *, by: Acting, at: datetime) -> Enquiry:
    """A lead is no buyer but asks something else: it ends for that reason; who answers that has it."""
    by.must(Right.ANSWER)
    must_be_known(kind)
    why = said(why, 500, "why", _WHY)
    if kind == BUYING:
        raise EnquiryNeeds("A lead is about buying already. Choose another kind.", field="kind")
    there = Enquiry.objects.filter(lead__key=lead_key, state=State.MOVED, gone_at=None).first()
    if there is not None:
        return move_enquiry(there.key, kind, why, by=by, at=at)
    rules = agreed(at)
    with act(by=by.actor, at=at) as record:
        lead = held(lead_key)
        one = Enquiry(key=new_key("enquiry"), person=lead.person, lead=lead, kind=kind, text=lead.wants)
        must_handle(by, one, at)
        one.company_id, one.source_id, one.campaign_id = lead.company_id, lead.source_id, lead.campaign_id
        one.came_at, one.moved_from, one.moved_by, one.moved_at, one.why = at, BUYING, by.member, at, why
        one.sorted_by = _how(Sorted(kind, by=BY_HAND), rules)
        _end(lead.key, why, by=by, at=at)
        owe(one, who_gets(rules, kind, at), rules, by=by, at=at)
        record(EnquiryCame(**about(one), **owned(one), sorted_by=BY_HAND, lead=lead.key))
        one.save()
    return one


def give_enquiry(key: str, to: Member, *, by: Acting, at: datetime, version: int | None = None) -> Enquiry:
    """Another member answers it from now on, with a fresh clock by their hours."""
    by.must(Right.ANSWER)
    if not to.is_active:
        raise EnquiryNeeds(f"{to.name} does not work here. Choose somebody else.", field="member")
    with act(by=by.actor, at=at) as record:
        one = held_enquiry(key)
        must_handle(by, one, at)
        must_be_new(one, version)
        must_be_open(one)
        assert one.owner is not None
        if one.owner == to:
            raise EnquiryNeeds(f"{to.name} has it already. Choose somebody else.", field="member")
        keep_before(one, by)
        record(_given(one, to, agreed(at), by=by, at=at))
        write(one)
    return one


def pass_on_enquiries(left: Member, *, by: Acting, at: datetime, because: Because) -> int:
    """Who left answers nothing any more: what waits for them goes where its kind goes; how many did."""
    by.must(Right.TEAM)
    keys = Enquiry.objects.filter(owner=left, state=State.OPEN, gone_at=None).order_by("id")
    passed = 0
    for key in keys.values_list("key", flat=True)[:500]:
        with act(by=by.actor, at=at, because=because) as record:
            one = held_enquiry(key)
            if not one.is_open or one.owner != left:
                continue  # somebody was faster
            rules = agreed(at)
            one.before = {}
            record(_given(one, who_gets(rules, one.kind, at, but=left), rules, by=by, at=at))
            write(one)
            passed += 1
    return passed


def _given(one: Enquiry, to: Member, rules: Agreed, *, by: Acting, at: datetime) -> EnquiryGiven:
    assert one.owner is not None
    before = one.owner.key
    owe_no_more(one, by=by, at=at)
    owe(one, to, rules, by=by, at=at)
    return EnquiryGiven(**about(one), member=to.key, before=before, due_at=owned(one)["due_at"])


def _sorted(row: EnquiryRow, rules: Agreed) -> Sorted:
    if row.kind:
        must_be_known(row.kind)
        return Sorted(row.kind, by=BY_HAND)
    source = row.source[1] if row.source else ""
    return sort(rules.terms, row.text, source=source, addresses=row.addresses)


def _how(found: Sorted, rules: Agreed) -> dict[str, Any]:
    """How it was sorted, as the row keeps it."""
    return {
        "kind": found.kind,
        "rule": found.rule,
        "by": found.by,
        "words": list(found.words),
        "version": rules.version,
    }


def _lead(one: Enquiry, row: EnquiryRow, *, by: Acting, at: datetime) -> Lead:
    wants = row.text if len(row.text) <= MOST_WANTED else f"{row.text[: MOST_WANTED - 1]}…"
    came = LeadRow(
        person=row.person, company=row.company, source=row.source, campaign=row.campaign, wants=wants.strip()
    )
    return lead_came(came, by=working(by), at=at)


def _from(one: Enquiry) -> dict[str, Any]:
    """Where it came from, as a lead takes it."""
    return {
        "company": (one.company.pk, one.company.key) if one.company else None,
        "source": (one.source.pk, one.source.name) if one.source else None,
        "campaign": (one.campaign.pk, one.campaign.key) if one.campaign else None,
    }


def _end(key: str, why: str, *, by: Acting, at: datetime) -> None:
    lead = held(key)
    if not lead.is_open:
        how = lead.get_state_display().lower()
        raise NotABuyer(f"Its lead has ended already ({how}). Note what they ask now as a new enquiry.")
    reason = f"Not about buying: {why}"
    end_lead(key, Lead.State.DISQUALIFIED, by=working(by), at=at, reason=reason[:200])
