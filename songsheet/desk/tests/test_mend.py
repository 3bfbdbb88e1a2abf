"""The page of a leak: it opens, previews, does, and undoes; the letters follow at once."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.agreements.actions import propose
from songsheet.agreements.kinds.leak_thresholds import LEAK_THRESHOLDS
from songsheet.agreements.tests.signers import signed, with_owen
from songsheet.buyers.models import Mail, Person
from songsheet.desk import standing
from songsheet.desk.letters.asked import limits_of
from songsheet.desk.letters.kinds import BY_NAME
from songsheet.desk.letters.letter import letters
from songsheet.desk.standing.refresh import faults
from songsheet.flows.models import Mending
from songsheet.handoffs.actions import return_lead
from songsheet.handoffs.answer_actions import answer_return
from songsheet.leads.actions import give_lead, take_lead
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.team.hours.calendars import calendars
from songsheet.team.models import Member
from songsheet.team.queries import house, now
from songsheet.touches.models import Task


def neglected(count: int, at: datetime) -> None:
    for n in range(count):
        person = Person.objects.create(name=f"Buyer {n}", met_at=at)
        Mail.objects.create(person=person, address=f"b{n}@buyer.example")
        came = at - timedelta(days=9)
        Lead.objects.create(person=person, queue=Queue.objects.get(), came_at=came, at_rest=True)
    standing.refresh_all()


def never_contacted(cast: dict[str, Any], at: datetime) -> int:
    found = {leak.kind.name: leak.leads for leak in letters(as_member(cast["ruth"]), at=at).leaks}
    return found.get("never_contacted", 0)


def test_offering_a_leak_mends_it_and_undo_opens_it_again(
    client: Any, cast: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    at = now()
    neglected(4, at)
    client.force_login(cast["diane"])
    client.get("/letters/leaks/never_contacted")
    with django_assert_max_num_queries(17):  # sign-in, the transaction around counting and its settings apart
        page = client.get("/letters/leaks/never_contacted").content.decode()
    assert "Offer 4 leads" in page
    assert never_contacted(cast, at) == 4
    answer = client.post("/letters/leaks/never_contacted/mend")
    assert answer.status_code == 302
    assert never_contacted(cast, now()) == 0
    assert faults() == []
    mending = Mending.objects.get()
    assert f"/letters/mendings/{mending.key}/undo" in client.get("/letters").content.decode()
    client.post(f"/letters/mendings/{mending.key}/undo")
    assert never_contacted(cast, at) == 4
    assert faults() == []


def test_every_leak_has_a_page_even_when_nothing_leaks(client: Any, cast: dict[str, Any]) -> None:
    client.force_login(cast["ruth"])
    for name in BY_NAME:
        assert client.get(f"/letters/leaks/{name}").status_code == 200
    assert client.get("/letters/leaks/rain").status_code == 404


def test_whoever_may_not_give_leads_sees_the_leak_and_not_the_button(
    client: Any, cast: dict[str, Any]
) -> None:
    neglected(2, now())
    client.force_login(cast["priya"])
    page = client.get("/letters/leaks/never_contacted").content.decode()
    assert "Offer 2 leads" not in page
    assert client.post("/letters/leaks/never_contacted/mend").status_code == 403
    assert not Mending.objects.exists()


def leaking(cast: dict[str, Any], at: datetime) -> dict[str, int]:
    standing.refresh_all()
    return {leak.kind.name: leak.leads for leak in letters(as_member(cast["ruth"]), at=at).leaks}


def test_what_is_between_hands_leaks_after_the_agreed_time_and_each_has_what_mends_it(
    client: Any, cast: dict[str, Any]
) -> None:
    at = now()
    neglected(3, at)
    offered, returned, breached = Lead.objects.order_by("id")
    diane, priya, tom = as_member(cast["diane"]), as_member(cast["priya"]), as_member(cast["tom"])
    long_ago = at - timedelta(days=8)
    for lead in (offered, returned, breached):
        give_lead(lead.key, cast["priya"], by=diane, at=long_ago)
    for lead in (returned, breached):
        take_lead(lead.key, by=priya, at=long_ago)
    back = return_lead(returned.key, "no_need", by=priya, at=long_ago)
    found = leaking(cast, at)
    assert (found["offered_not_answered"], found["returned_not_picked_up"], found["breached"]) == (1, 1, 3)

    client.force_login(cast["diane"])
    assert "Nobody has room" not in client.get("/letters/leaks/offered_not_answered").content.decode()
    assert client.post("/letters/leaks/offered_not_answered/mend").status_code == 409  # nobody but its owner
    other = Member.objects.create(
        name="Eleanor Fitch", email="e@aldermoor.example", role="guide", state="active"
    )
    page = client.get("/letters/leaks/offered_not_answered").content.decode()
    assert "Offer 1 lead" in page
    assert "Counted after 4 working hours." in page
    client.post("/letters/leaks/offered_not_answered/mend")
    assert Lead.objects.get(id=offered.id).owner == other

    assert cast["tom"].name in client.get("/letters/leaks/returned_not_picked_up").content.decode()
    client.post("/letters/leaks/returned_not_picked_up/mend")
    assert Task.objects.get(lead_key=returned.key).member == cast["tom"]
    answer_return(back.key, "agreed", "We ask for the size of the practice now.", by=tom, at=now())

    assert client.get("/api/v1/leaks/breached").json()["to"] == {cast["diane"].key: 2}
    client.post("/letters/leaks/breached/mend")
    assert Lead.objects.get(id=breached.id).owner == cast["diane"]
    found = leaking(cast, now())
    assert not {"offered_not_answered", "returned_not_picked_up", "breached"} & set(found)
    assert Mending.objects.filter(undone_at=None).count() == 3


def test_thresholds_that_both_sides_signed_count_before_those_of_the_house(
    cast: dict[str, Any], at: datetime
) -> None:
    team = with_owen(cast, at)
    body = LEAK_THRESHOLDS.starter().model_dump(mode="json")
    body["silent"], body["offered_not_answered"] = {"days": 3}, {"hours": 2}
    signed(propose("leak_thresholds", by=team["tom"], at=at, body=body), team, at)
    assert limits_of(house(), at - timedelta(days=2)).silent_since == at - timedelta(days=16)
    limits = limits_of(house(), at)
    assert limits.silent_since == at - timedelta(days=3)
    assert limits.offer_due == calendars().of(None).so_long_before(at, 120)
