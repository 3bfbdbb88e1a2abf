"""Terms: what was kept longer than the house says goes by night, counted first, and nobody who must stay."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.buyers.models import Person
from songsheet.config.nightly import let_go_by_night
from songsheet.deals.adopt import DealRow, adopt_deals
from songsheet.flows.errors import NoSuchTerm
from songsheet.flows.events import RetentionRan, RetentionSet
from songsheet.flows.models import RetentionReport
from songsheet.flows.retention.rules import set_rules
from songsheet.flows.retention.running import run
from songsheet.imports.models import Import
from songsheet.imports.store import keep, originals_of
from songsheet.imports.tests.small import LEADS, run_files, write
from songsheet.intake.visitors import retaining_acts
from songsheet.intake.visitors.models import Hit, Recognised, Visitor
from songsheet.journal.check import run as check
from songsheet.journal.events import PersonErased
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.tags.actions import tag
from songsheet.team.acting import as_member, as_system
from songsheet.team.errors import RightMissing
from songsheet.touches.adopt import TouchRow, adopt_touches
from songsheet.touches.models import Touch

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own."""
    default_storage.path("x")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path / "files"))
    return tmp_path


@pytest.fixture
def meet(at: datetime) -> Callable[..., Any]:
    """Somebody who came three years ago with a lead that rests; their refs."""

    def meet(name: str, *, came: datetime | None = None, **lead: Any) -> tuple[Any, Any]:
        came = came or at - timedelta(days=1100)
        by: dict[str, Any] = {"by": as_system("tests"), "at": came}
        (person,) = adopt_people([PersonRow(name=name, met_at=came, **lead.pop("person", {}))], **by)
        (led,) = adopt_leads([LeadRow(person=person.must, came_at=came, **lead)], **by)
        return person.must, led.must

    return meet


def names() -> set[str]:
    return set(Person.objects.exclude(name="").values_list("name", flat=True))


def term(at: datetime, **months: int | None) -> None:
    set_rules(months, by=as_system("tests"), at=at)


def test_who_never_answered_goes_and_who_must_stay_stays(
    at: datetime, home: Path, meet: Callable[..., Any]
) -> None:
    old = at - timedelta(days=1000)
    meet("Never Answered")
    meet("Came Lately", came=at - timedelta(days=9))
    by: dict[str, Any] = {"by": as_system("tests"), "at": old}
    (spoke, spoke_lead), (wrote, _), (buys, buys_lead), (held, _) = map(
        meet, ("Spoke Once", "Was Written To", "Has Deal", "Is Held")
    )
    adopt_touches([TouchRow(kind="call", direction="in", at=old, person=spoke, lead_key=spoke_lead[1])], **by)
    adopt_touches([TouchRow(kind="mail", direction="out", at=at, person=wrote)], **by)
    adopt_deals([DealRow(lead=buys_lead, person=buys, state="open", opened_at=old)], **by)
    tag([held[1]], "Legal hold", by=as_system("tests"), at=at)
    term(at, never_answered=24)
    (seen,) = run(by=as_system("tests"), at=at)
    assert (seen.dry, seen.found, seen.gone) == (True, 1, 0), "in its first night a rule is only counted"
    assert not recorded(RetentionRan)
    (done,) = run(by=as_system("tests"), at=at + LATER)
    assert (done.dry, done.found, done.gone) == (False, 1, 1)
    assert names() == {"Came Lately", "Spoke Once", "Was Written To", "Has Deal", "Is Held"}
    assert_recorded(RetentionRan, purpose="never_answered", found=1, gone=1)
    assert check() == []


def test_an_open_lead_is_released_and_at_most_so_many_go(
    cast: dict[str, Any], at: datetime, home: Path
) -> None:
    came = at - timedelta(days=1100)
    for name in ("Ada", "Ben", "Cleo"):
        (person,) = adopt_people([PersonRow(name=name, met_at=came)], by=as_system("tests"), at=came)
        lead_came(LeadRow(person=person.must, came_at=came), by=as_system("tests"), at=came)
    term(at, never_answered=24)
    run(by=as_system("tests"), at=at + LATER, most=2)
    assert names() == {"Cleo"}
    assert len(recorded(PersonErased)) == 2
    assert check(full=True) == []


def test_lost_and_withdrawn_are_told_apart(at: datetime, home: Path, meet: Callable[..., Any]) -> None:
    old = at - timedelta(days=1000)
    ended = {"state": "disqualified", "ended_at": old, "end_reason": "No budget"}
    meet("Lost", **ended)
    meet("Lost Lately", state="disqualified", ended_at=at - timedelta(days=30), end_reason="No budget")
    meet("Open")
    (bought, bought_lead) = meet("Bought", state="converted", ended_at=old)
    won = DealRow(lead=bought_lead, person=bought, state="won", opened_at=old, closed_at=old)
    adopt_deals([won], by=as_system("tests"), at=old)
    meet("Said No", person={"consents": (("mail", False, old),)}, state="converted", ended_at=old)
    yes = (("mail", False, old), ("mail", True, old + timedelta(days=5)))
    meet("Agreed Again", person={"consents": yes}, state="converted", ended_at=old)
    term(at, withdrawn=12)
    run(by=as_system("tests"), at=at + LATER)
    assert names() == {"Lost", "Lost Lately", "Open", "Bought", "Agreed Again"}
    term(at, withdrawn=None, lost=12)
    run(by=as_system("tests"), at=at + LATER)
    assert names() == {"Lost Lately", "Open", "Bought"}


def test_visits_files_and_logs_go_and_the_rest_stays(at: datetime, home: Path) -> None:
    old = at - timedelta(days=400)
    line = ["m1", "Ada Berg", "ada@alder.example", "", "Head", "Web", "2026-03-01", "New", "", "", "", ""]
    folder = home / "from"
    sent = run_files([write(folder, "leads.csv", LEADS, [line])], old)
    Import.objects.update(made_at=old, finished_at=old)
    draft = Import.objects.create(made_at=old)
    keep(draft.key, 0, "waits.csv", iter([b"x"]))
    person = Person.objects.get()
    seen = [
        TouchRow(kind=kind, direction="in", at=old, person=(person.id, person.key), subject=kind)
        for kind in ("visit", "mail")
    ]
    adopt_touches(seen, by=as_system("tests"), at=old)
    log = home / "served.log"
    log.write_text(f'{{"at": "{old.isoformat()}"}}\n  its trace\n{{"at": "{at.isoformat()}"}}\nlast\n')
    term(old, visits=6, import_files=6, logs=6)
    reports = run(by=as_system("tests"), at=at)
    assert {(one.purpose, one.found, one.gone) for one in reports} == {
        ("visits", 1, 1), ("import_files", 1, 1), ("logs", 1, 1),
    }  # fmt: skip
    assert list(Touch.objects.filter(gone_at=None).values_list("kind", flat=True)) == ["mail"]
    assert not Touch.objects.filter(subject="visit").exists()
    assert (originals_of(sent.key), len(originals_of(draft.key))) == ([], 1)
    assert log.read_text() == f'{{"at": "{at.isoformat()}"}}\nlast\n'
    assert all(one.found == 0 for one in run(by=as_system("tests"), at=at)), "nothing is found twice"


def test_the_page_sets_terms_counts_and_tells(client: Any, cast: dict[str, Any], home: Path) -> None:
    client.force_login(cast["ruth"])
    page = client.get("/settings/retention").content.decode()
    assert "nothing ever goes by itself" in page
    wrong = client.post("/settings/retention", {"lost": "x"})
    assert (wrong.status_code, 'value="x"' in wrong.content.decode()) == (422, True)
    client.post("/settings/retention", {"lost": "24", "visits": ""})
    assert_recorded(RetentionSet, purpose="lost", months=24, before=None)
    client.post("/settings/retention/look")
    assert RetentionReport.objects.get().dry
    assert "counted" in client.get("/settings/retention").content.decode()
    let_go_by_night(0)
    assert RetentionReport.objects.count() == 2
    client.force_login(cast["tom"])
    assert client.get("/settings/retention").status_code == 403


def test_only_who_may_sets_terms(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        set_rules({"lost": 12}, by=as_member(cast["priya"]), at=at)
    with pytest.raises(RightMissing):
        run(by=as_member(cast["priya"]), at=at)
    for given in ({"nothing": 12}, {"lost": 0}, {"lost": 601}):
        with pytest.raises(NoSuchTerm):
            set_rules(given, by=as_system("tests"), at=at)


def test_what_visitors_did_goes_all_at_once_and_the_visits_stay(
    at: datetime, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retaining_acts, "_CHUNK", 2)
    old, anna = at - timedelta(days=400), Person.objects.create(name="Anna", met_at=at)
    visit = Touch.objects.create(kind="visit", at=old, person=anna, subject="Desks")
    for number in range(3):
        seen = old if number else at
        visitor = Visitor.objects.create(token=uuid4(), first_at=old, last_at=seen, key=f"v{number}")
        Recognised.objects.create(visitor=visitor, person=anna, how="form", since=old)
        for nth, when in enumerate((old, old, seen)):
            Hit.objects.create(
                hash=uuid4(), visitor=visitor, person=anna, door="script", what="page", at=when,
                received_at=when, touch_key=visit.key if not nth else "",
            )  # fmt: skip
    term(at, hits=12)
    (seen_first,) = run(by=as_system("tests"), at=at)
    assert (seen_first.dry, seen_first.found, Hit.objects.count()) == (True, 8, 9)
    (done,) = run(by=as_system("tests"), at=at + LATER)
    assert (done.found, done.gone, Hit.objects.count(), Visitor.objects.count()) == (8, 8, 1, 3)
    assert_recorded(RetentionRan, purpose="hits", gone=8)
    term(at + LATER, hits=None, visitors=12)
    (gone,) = run(by=as_system("tests"), at=at + 2 * LATER)
    assert (gone.purpose, gone.gone, gone.dry) == ("visitors", 2, False)
    assert (Visitor.objects.get().key, Recognised.objects.count(), Hit.objects.count()) == ("v0", 1, 1)
    assert Touch.objects.get().gone_at is None, "the visit stays, by a term of its own"
    (again,) = run(by=as_system("tests"), at=at + 2 * LATER)
    assert (again.found, again.gone) == (0, 0)
