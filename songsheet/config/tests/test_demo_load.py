"""The demo loaded: into its own database alone, once, on its Tuesday, with every invariant."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection

from songsheet.beside.reactions import READER as WEBHOOKS
from songsheet.buyers.models import Person
from songsheet.clocks.models import Clock
from songsheet.config.demo.company import TUESDAY
from songsheet.config.demo.history import Draw
from songsheet.config.demo.load import chapters
from songsheet.config.demo.start import _LOCK, BeingLoaded, NotEmpty, begin
from songsheet.config.wiring import READERS
from songsheet.deals.models import Deal
from songsheet.desk.letters.letter import letters
from songsheet.intake.incoming.queries import arrivals
from songsheet.intake.models import Count, FormAnswer, HeldBack, Hit, Link, Site
from songsheet.intake.visitors.refresh import refresh_made
from songsheet.journal import check
from songsheet.journal.queries import head
from songsheet.journal.readers import catch_up
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import join_team
from songsheet.team.models import Member
from songsheet.team.queries import house, now
from songsheet.touches.models import Campaign, Touch

SMALL = Draw("s")


def _quietly(done: int, of: int) -> None:
    return None


def test_the_demo_lives_on_its_tuesday_with_every_invariant(own_database):
    begin(SMALL, _quietly)
    assert timedelta(0) <= now() - TUESDAY < timedelta(minutes=1)
    assert (house().name, house().is_demo, house().zone) == ("Aldermoor", True, "Europe/London")
    assert Member.objects.active().count() == Member.objects.count() == 22
    assert Campaign.objects.count() == 25
    assert check.run(full=True) == []

    told = letters(as_member(Member.objects.get(name="Ruth Abara")), at=now())
    never = next(leak for leak in told.leaks if leak.kind.name == "never_contacted")
    assert (never.leads, never.still) == (61, 38)
    assert never.sentence.endswith("March webinar")

    suzanne = Lead.objects.select_related("clock", "owner").get(person__name="Suzanne Okafor")
    assert suzanne.owner
    assert suzanne.clock
    assert (suzanne.owner.name, suzanne.state) == ("Priya Raman", "offered")
    assert suzanne.clock.due_at == TUESDAY + timedelta(hours=2, minutes=19)
    assert TUESDAY - suzanne.clock.started_at == timedelta(minutes=41)
    running = Clock.objects.filter(state="running", member=suzanne.owner).order_by("due_at")
    assert running[0] == suzanne.clock

    assert refresh_made() == 0
    looker = as_member(Member.objects.get(name="Tom Lindqvist"))
    seen, waiting = arrivals(looker).items, list(HeldBack.objects.order_by("id"))
    assert TUESDAY - timedelta(days=1) < seen[0].received_at < TUESDAY

    entries, leads = head(), Lead.objects.count()
    with connection.cursor() as cursor:  # it was loaded a week ago
        cursor.execute("update team_house set clock_offset = clock_offset + interval '7 days'")
        cursor.execute("update intake_raw set received_at = received_at - interval '7 days'")
    begin(SMALL, _quietly)
    assert [one.received_at for one in arrivals(looker).items] == [one.received_at for one in seen]
    assert [one.came for one in HeldBack.objects.order_by("id")] == [one.came for one in waiting]
    assert Lead.objects.count() == leads
    assert head() - entries == 1  # it is Tuesday again
    since = 2  # entries that the clock was set
    assert all(catch_up(reader) <= since for reader in READERS if reader is not WEBHOOKS)


#: By which source each known buyer was met on our pages, and by which their first lead came.
_FIRST = """
with met as (
    select distinct on (told.person_id) told.person_id, hit.source_id
      from intake_recognised told join intake_hit hit on hit.visitor_id = told.visitor_id
     where hit.source_id is not null order by told.person_id, hit.at, hit.id),
led as (select distinct on (person_id) person_id, source_id from leads_lead order by person_id, came_at)
select count(*), count(*) filter (where met.source_id = led.source_id) from met join led using (person_id)
"""


def test_the_front_doors_of_the_demo_agree_with_its_stories(own_database):
    begin(SMALL, _quietly)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        met, agree = cursor.fetchone()
    assert met == agree > 100
    assert {site.mode for site in Site.objects.all()} == {"anonymous", "stitched"}
    assert Link.objects.filter(person=None).count() > 25
    assert Link.objects.exclude(person=None).count() == 4
    states = set(FormAnswer.objects.values_list("state", flat=True))
    assert states == {"taken", "waits", "held", "dropped", "lapsed"}
    assert set(HeldBack.objects.values_list("state", flat=True)) == {"waiting", "dropped"}
    assert Hit.objects.filter(made_by="machine").count() > 50
    assert Count.objects.exists()
    anke = Person.objects.get(mails__address="a.vogel@isar.example")
    said = anke.consents.filter(purpose="tracking").order_by("since").values_list("granted", flat=True)
    assert list(said) == [False, True]
    allowed_at = anke.consents.filter(purpose="tracking").latest("since").since
    assert Hit.objects.filter(person=anke).earliest("at").at > allowed_at


def test_a_loading_that_was_broken_off_goes_on_and_doubles_nothing(own_database, monkeypatch):
    chapters_of_start = "songsheet.config.demo.start.chapters"

    def broken(stories):
        yield next(chapters(stories))[:120]
        raise KeyboardInterrupt

    monkeypatch.setattr(chapters_of_start, broken)
    with pytest.raises(KeyboardInterrupt):
        begin(SMALL, _quietly)
    some = Lead.objects.count(), Touch.objects.count()
    assert some[0] == 120
    monkeypatch.setattr(chapters_of_start, chapters)
    begin(SMALL, _quietly)
    for model in (Lead, Touch, Deal):
        ids = list(model.objects.exclude(external_id="").values_list("external_id", flat=True))
        assert len(ids) == len(set(ids))
    assert Lead.objects.count() > some[0]
    assert check.run(full=True) == []


def test_of_two_that_start_together_one_loads_and_the_other_is_told(db):
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        with pytest.raises(BeingLoaded):
            begin(SMALL, _quietly)
    assert not house().is_demo


@pytest.mark.parametrize("there", ["a member", "a buyer"])
def test_the_demo_is_never_loaded_into_somebodys_own_data(db, at, there):
    if there == "a member":
        join_team(name="Ada", email="ada@firm.example", role="owner", by=as_system("tests"), at=at)
    else:
        Person.objects.create(name="Somebody", met_at=at)
    before = head()
    with pytest.raises(NotEmpty, match="home of its own"):
        begin(SMALL, _quietly)
    assert head() == before
    assert not house().is_demo
