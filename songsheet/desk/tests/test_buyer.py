"""The buyer page: their story as sentences, and what is done on the page, with a way back."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from songsheet.buyers.models import Company, Mail, Person
from songsheet.desk.story import story_for
from songsheet.desk.tests.test_letters import build
from songsheet.desk.tests.world import random_world
from songsheet.journal.testing import assert_recorded
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow
from songsheet.touches.events import TaskDone, TouchMade
from songsheet.touches.models import Task, Touch


def suzanne(at: datetime) -> Person:
    company = Company.objects.create(name="Brightwater Dental", name_folded="brightwater dental", met_at=at)
    person = Person.objects.create(name="Suzanne Okafor", given_name="Suzanne", met_at=at, company=company)
    Mail.objects.create(person=person, address="s.okafor@brightwater.example")
    Lead.objects.create(person=person, queue=Queue.objects.get(), at_rest=True, came_at=at, wants="40 desks")
    return person


def test_a_call_reads_as_a_sentence(cast: dict[str, Any], at: datetime) -> None:
    person, priya = suzanne(at), as_member(cast["priya"])
    row = TouchRow(
        kind="call", direction="out", person=(person.id, person.key), seconds=180, subject="the fitting"
    )
    log_touch(row, by=priya, at=at)
    (line,) = story_for(priya, person.key).lines
    assert line.sentence == "Priya Raman called Suzanne Okafor (3 min): the fitting"
    assert (line.side, line.icon) == ("ours", "phone-out")


def test_what_a_buyer_did_is_said_with_their_name(cast: dict[str, Any], at: datetime) -> None:
    person, priya = suzanne(at), as_member(cast["priya"])
    them = (person.id, person.key)
    log_touch(TouchRow(kind="form", direction="in", person=them, subject="Asked for a call"), by=priya, at=at)
    mail = TouchRow(kind="mail", direction="in", person=them, subject="Prices", text="How much?")
    log_touch(mail, by=priya, at=at)
    lines = {line.sentence: line for line in story_for(priya, person.key).lines}
    assert set(lines) == {"Suzanne Okafor asked for a call", "Suzanne Okafor wrote: Prices"}
    assert lines["Suzanne Okafor wrote: Prices"].are_theirs


def test_a_contact_is_logged_on_the_page_and_taken_back(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(at)
    client.force_login(cast["priya"])
    said = {"kind": "call", "direction": "out", "subject": "First call", "text": "Wants 40 desks"}
    answer = client.post(f"/buyers/{person.key}/touches", {**said, "minutes": "3"})
    assert answer.status_code == 302
    touch = Touch.objects.get()
    assert (touch.seconds, touch.member) == (180, cast["priya"])
    assert touch.lead_key == Lead.objects.get().key
    assert_recorded(TouchMade, touch=touch.key, kind="call")
    page = client.get(f"/buyers/{person.key}").content.decode()
    undo = f"/buyers/{person.key}/touches/{touch.key}/undo"
    assert undo in page
    client.post(undo)
    touch.refresh_from_db()
    assert touch.gone_at is not None


def test_what_cannot_be_logged_is_told_and_what_was_typed_stays(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(at)
    client.force_login(cast["priya"])
    answer = client.post(f"/buyers/{person.key}/touches", {"kind": "call", "text": "Wants 40 desks"})
    assert answer.status_code == 422
    assert "Wants 40 desks" in answer.content.decode()
    assert not Touch.objects.exists()


def test_a_task_is_planned_and_done(client: Any, cast: dict[str, Any], at: datetime) -> None:
    person = suzanne(at)
    client.force_login(cast["priya"])
    client.post(f"/buyers/{person.key}/tasks", {"subject": "Send the price", "due_on": "2026-05-14"})
    task = Task.objects.get()
    assert "Send the price" in client.get(f"/buyers/{person.key}").content.decode()
    client.post(f"/tasks/{task.key}/done")
    assert_recorded(TaskDone, task=task.key)


def test_a_field_is_corrected_in_place_and_a_stale_write_shows_both_values(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(at)
    client.force_login(cast["priya"])
    address = f"/buyers/{person.key}/fields/title"
    assert 'name="version"' in client.get(address + "?edit").content.decode()
    saved = client.post(address, {"value": "Partner", "version": person.version})
    assert saved.status_code == 200
    assert "Partner" in saved.content.decode()
    late = client.post(address, {"value": "Owner", "version": person.version})
    assert late.status_code == 409
    assert {"Partner", "Owner"} <= set(late.content.decode().replace('"', " ").replace("<", " ").split())
    person.refresh_from_db()
    assert person.title == "Partner"


def test_the_page_costs_the_same_whatever_the_number_of_entries(
    client: Any, cast: dict[str, Any], at: datetime, django_assert_max_num_queries: Any
) -> None:
    person = suzanne(at)
    lead = Lead.objects.get()
    for n in range(30):
        row = TouchRow(
            kind="call", direction="out", person=(person.id, person.key), lead_key=lead.key,
            subject=f"Call {n}", at=at - timedelta(days=n),
        )  # fmt: skip
        log_touch(row, by=as_member(cast["priya"]), at=at)
    client.force_login(cast["priya"])
    client.get(f"/buyers/{person.key}")
    with django_assert_max_num_queries(13):  # two of them sign in
        assert client.get(f"/buyers/{person.key}").status_code == 200


def test_any_random_buyer_has_a_page(client: Any, cast: dict[str, Any], at: datetime) -> None:
    build(random_world(Random(7), at), [cast["priya"], cast["diane"]])
    client.force_login(cast["ruth"])
    for person in Person.objects.filter(root=None):
        for side in ("", "theirs", "ours", "told", "changed"):
            assert client.get(f"/buyers/{person.key}?side={side}").status_code == 200
