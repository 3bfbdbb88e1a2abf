"""Starting the demo: into an empty database or its own, and on its Tuesday at 10:12."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from songsheet.base.adopting import Ref
from songsheet.base.refusals import Busy, Conflict
from songsheet.buyers.models import Company, Person
from songsheet.config.demo.agreed import agree
from songsheet.config.demo.asked import ask, go_on_leave, judge
from songsheet.config.demo.company import (
    BASELINE,
    BEGINS,
    CAMPAIGNS,
    HOUSE_NAME,
    MEMBERS,
    QUEUES,
    SOURCES,
    STAGES,
    TUESDAY,
    ZONE,
    Campaigning,
)
from songsheet.config.demo.front.load import load_front_doors
from songsheet.config.demo.front.places import own_visits
from songsheet.config.demo.handed import hand_back, read_notices
from songsheet.config.demo.history import Draw, how_many, stories
from songsheet.config.demo.load import Loader, chapters
from songsheet.config.demo.song import sing
from songsheet.config.demo.tuesday import PRIYA, SUZANNE, SUZANNE_DUE, SUZANNE_OFFERED, SUZANNE_QUALIFIED
from songsheet.config.demo.world import SYSTEM
from songsheet.config.wiring import READERS
from songsheet.deals.adopt import stages_named
from songsheet.intake.inbox.days_actions import stay_on_their_day
from songsheet.journal.readers import catch_up
from songsheet.leads.actions import give_lead, move_lead, open_queue
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import change_house, change_member, join_team, set_demo_clock
from songsheet.team.models import Member
from songsheet.team.queries import house, now
from songsheet.touches.adopt import CampaignRow, adopt_campaigns, sources_named
from songsheet.touches.models import Campaign

Tell = Callable[[int, int], None]
BY = "demo"
#: Held while loading, so that processes starting together load once.
_LOCK = 8_370_213_002


class NotEmpty(Conflict):
    """The database holds something that is not the demo's."""

    code = "not_empty"


class BeingLoaded(Busy):
    """Another process is loading the demo into this database."""

    code = "being_loaded"


def begin(draw: Draw, tell: Tell) -> None:
    """Load the demo company where it is not there yet, and let it be the Tuesday again.

    A demo without a time of its own was not loaded to its end: its stories are brought in again, each once.
    """
    by = as_system(BY)
    with _alone():
        if not house().is_demo:
            _refuse_unless_empty()
            change_house(version=None, by=by, at=now(), name=HOUSE_NAME, is_demo=True, zone=str(ZONE))
        loads = not house().clock_offset
        if loads:
            load(draw, tell, by=by)
        set_demo_clock(to=TUESDAY, by=by, at=now())
        stay_on_their_day()
        own_visits()
        if loads:
            _hear()


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            raise BeingLoaded("Another process is loading the demo here. Wait until it serves.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def load(draw: Draw, tell: Tell, *, by: Acting) -> None:
    """Bring everything in; what a broken off loading left is found again and not doubled."""
    change_house(version=None, by=by, at=BEGINS, baseline_on=BASELINE, currency="EUR", country="GB")
    members = found_team(by=by, at=BEGINS)
    sources = sources_named(SOURCES)
    loader = Loader(
        by=by,
        rng=draw.rng("mailings"),
        members=members,
        queues=_queues(by=by),
        sources=sources,
        stages=stages_named(STAGES),
        campaigns=_campaigns(sources, by=by),
    )
    done, of = 0, how_many(draw)
    for chapter in chapters(stories(draw)):
        loader.load(chapter)
        done += len(chapter)
        tell(done, of)
    agree()
    sing()
    hand_back(loader.returned, members)
    offer_suzanne()
    ask(by)
    judge(loader.campaigns)
    _count_again()  # what stands at the front doors is read from the stories
    load_front_doors(loader.campaigns, seed=draw.seed, scale=draw.scale)
    go_on_leave()  # what was booked before stands in these days
    _count_again()


def _hear() -> None:
    """Let every reader hear what happened; what it told until yesterday was read."""
    for reader in READERS:
        catch_up(reader)
    read_notices()


def offer_suzanne() -> None:
    """This morning's own acts: Diane qualified Suzanne's lead and offered it to Priya."""
    lead = Lead.objects.get(system=SYSTEM, external_id=f"lead-{SUZANNE}")
    if lead.state != Lead.State.NEW:
        return
    diane = as_member(Member.objects.get(name="Diane Mercer"))
    priya = Member.objects.get(name=PRIYA)
    move_lead(lead.key, "qualified", by=diane, at=SUZANNE_QUALIFIED)
    give_lead(lead.key, priya, by=diane, at=SUZANNE_OFFERED, due=SUZANNE_DUE)


def _count_again() -> None:
    """Tell the database how much there is now; until then it plans as for an empty house."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def found_team(*, by: Acting, at: datetime) -> dict[str, Ref]:
    """The members, those who are there already included."""
    there = {member.email: member for member in Member.objects.all() if member.email}
    for one in MEMBERS:
        if one.email in there:
            continue
        known: dict[str, Any] = {
            "name": one.name, "email": one.email, "zone": one.zone, "languages": one.languages,
            "by": by, "at": at,
        }  # fmt: skip
        to_come = Member.objects.filter(role=one.role, email=None).first()
        if to_come:  # the administrator to come, whom every new house has
            there[one.email] = change_member(to_come.key, state=Member.State.ACTIVE, **known)
        else:
            there[one.email] = join_team(role=one.role, **known)
    return {one.name: (there[one.email].id, there[one.email].key) for one in MEMBERS}


def _queues(*, by: Acting) -> dict[str, Ref]:
    there = {queue.name: queue for queue in Queue.objects.all()}
    for name, responsible in QUEUES.items():
        if name not in there:
            member = Member.objects.get(name=responsible)
            there[name] = open_queue(name=name, responsible=member, by=by, at=BEGINS)
    return {name: (queue.id, queue.key) for name, queue in there.items()}


def _campaigns(sources: dict[str, int], *, by: Acting) -> dict[str, Ref]:
    rows = [_campaign(number, one, sources[one.source]) for number, one in enumerate(CAMPAIGNS)]
    adopted = adopt_campaigns(rows, by=by, at=TUESDAY)
    return {one.name: found.ref for one, found in zip(CAMPAIGNS, adopted, strict=True) if found.ref}


def _campaign(number: int, one: Campaigning, source: int) -> CampaignRow:
    return CampaignRow(
        name=one.name,
        kind=one.kind,
        status="ended" if one.ends < TUESDAY.date() else "running",
        source=source,
        starts_on=one.starts,
        ends_on=one.ends,
        budget=one.budget * 100,
        cost=one.cost * 100,
        currency=one.currency,
        external=(SYSTEM, f"campaign-{number}"),
    )


def _refuse_unless_empty() -> None:
    """Nothing of anybody else's may be here: no buyer, lead, campaign, and nobody who signs in."""
    theirs = (Person.objects, Company.objects, Lead.objects, Campaign.objects, Member.objects.active())
    if any(rows.exists() for rows in theirs):
        raise NotEmpty(
            "This database holds a company's own data, so the demo is not loaded into it. "
            "Give the demo a home of its own: SONGSHEET_HOME=/some/other/folder songsheet demo"
        )
