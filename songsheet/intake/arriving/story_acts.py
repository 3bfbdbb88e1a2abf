"""What a batch of events becomes: people met, visitors recognised, hits, touches, enquiries, visits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from songsheet.base import bulk
from songsheet.buyers.actions import record_consent
from songsheet.intake.arriving.hit_acts import count_or_keep
from songsheet.intake.arriving.names import Names, place_of, split
from songsheet.intake.arriving.one import HITS, One
from songsheet.intake.arriving.people_acts import meet
from songsheet.intake.sites.models import Site
from songsheet.intake.visitors.actions import Claim, attribute, come, recognise_all
from songsheet.intake.visitors.judging_acts import judge_around
from songsheet.intake.visitors.link_acts import told_by_links
from songsheet.intake.visitors.visit_acts import settle
from songsheet.journal.actors import Actor
from songsheet.leads.enquiries.actions import EnquiryRow, enquiry_came
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.heard.actions import HeardRow, heard_of_us
from songsheet.team.acting import Acting, as_system
from songsheet.touches.adopt import TouchRow, adopt_touches

#: Whom a hit or touch of a visitor is of, at its time.
_WHO = """
select given.nth, whole.id, whole.key
  from unnest(%s::bigint[], %s::timestamptz[]) with ordinality as given(visitor, at, nth)
  join intake_recognised stretch on stretch.visitor_id = given.visitor and given.at >= stretch.since
   and stretch.until is distinct from stretch.since and (stretch.until is null or given.at < stretch.until)
  join buyers_person one on one.id = stretch.person_id
  join buyers_person whole on whole.id = coalesce(one.root_id, one.id)
"""


def into_stories(ones: Sequence[One], names: Names, at: datetime) -> None:
    """Make of each what it is; one that cannot be gets its fault and nothing else."""
    us = as_system("intake")
    meet([one for one in ones if one.event.person], by=us, at=at)
    ones = _good(ones)
    ids = come(_times(ones, names))
    for one in ones:
        if one.event.visitor and not _is_anonymous(one, names):
            one.visitor = ids[one.event.visitor]
    moved = recognise_all([claim for one in ones if (claim := _claim(one))])
    _of_visitors([one for one in ones if one.event.type not in HITS])
    hits, others = split(_good(ones), lambda one: one.event.type in HITS)
    new = count_or_keep(hits, names)
    judged = judge_around(new)
    attribute(hits=new)
    moved += told_by_links([*{*new, *judged}])
    settle([*{*new, *judged, *moved}], by=us, at=at)
    _consent(others, at)
    _touches([one for one in others if one.event.type not in ("enquiry", "known")], names, at)
    for one in others:
        asked = _asked(one, names, at) if one.event.type == "enquiry" else None
        if one.event.type == "known":
            one.became = "known"
        if one.event.heard_from and one.person and one.fault is None:
            row = HeardRow(one.person, one.event.heard_from, asked.lead if asked else None, asked)
            heard_of_us(row, by=_by(one), at=one.at)


def _good(ones: Sequence[One]) -> list[One]:
    return [one for one in ones if one.fault is None]


def _is_anonymous(one: One, names: Names) -> bool:
    site = names.site(one)
    return site is not None and site.mode == Site.Mode.ANONYMOUS


def _times(ones: Sequence[One], names: Names) -> dict[UUID, list[datetime]]:
    times: dict[UUID, list[datetime]] = {}
    for one in ones:
        if one.event.visitor and not _is_anonymous(one, names):
            times.setdefault(one.event.visitor, []).append(one.at)
    return times


def _claim(one: One) -> Claim | None:
    """Somebody with a name and a visitor is that visitor."""
    if one.person is None or one.event.visitor is None or one.visitor is None:
        return None
    return Claim(one.event.visitor, one.person, "form" if one.event.type == "form" else "event", one.at)


def _of_visitors(ones: Sequence[One]) -> None:
    """Who is meant where a visitor alone is named; without either it is nobody's."""
    asked = [one for one in ones if one.person is None and one.visitor]
    values = [[one.visitor for one in asked], [one.at for one in asked]]
    for nth, id_, key in bulk.rows(_WHO, values) if asked else ():
        asked[nth - 1].person = (id_, key)
    for one in ones:
        if one.person is None:
            one.fault = ("Say whom this is about: a person, or a visitor who is known.", "person")


def _by(one: One) -> Acting:
    """Whoever sent it, by their key; what came without one the house itself took in."""
    us = as_system("intake")
    key = one.arrived.by if one.arrived else ""
    return replace(us, actor=Actor("key", key)) if key.startswith("key_") else us


def _touches(ones: Sequence[One], names: Names, at: datetime) -> None:
    senders = {one.arrived.by if one.arrived else "" for one in ones}
    for sender in sorted(senders):
        some = [one for one in ones if one.arrived and one.arrived.by == sender]
        adopted = adopt_touches([_touch(one, names) for one in some], by=_by(some[0]), at=at, lane="live")
        for one, became in zip(some, adopted, strict=True):
            one.became = "touch"
            if became.ref is None:
                one.fault = (became.reason, became.column)


def _touch(one: One, names: Names) -> TouchRow:
    event = one.event
    page = (event.page.title or place_of(event.page.url)) if event.page else ""
    return TouchRow(
        kind=event.type,
        direction=event.direction,
        at=one.at,
        person=one.person,
        member=names.member(one),
        campaign=names.campaign(one),
        seconds=event.seconds,
        subject=event.subject or page,
        text=event.text,
        status=event.status,
        external=(event.system, event.id),
    )


def _asked(one: One, names: Names, at: datetime) -> Enquiry:
    """What somebody asks is sorted by its kind, with a lead of it where it is about buying."""
    assert one.person is not None
    one.became = "enquiry"
    who = one.event.person
    row = EnquiryRow(
        one.person,
        one.event.text,
        source=names.source(one),
        campaign=names.campaign(one),
        addresses=(who.mail.lower(),) if who and who.mail else (),
    )
    return enquiry_came(row, by=_by(one), at=at)


def _consent(ones: Sequence[One], at: datetime) -> None:
    for one in ones:
        for said in one.event.consents:
            assert one.person is not None
            record_consent(
                one.person[1],
                purpose=said.purpose,
                granted=said.granted,
                since=one.at,
                evidence=said.wording,
                by=_by(one),
                at=at,
            )
