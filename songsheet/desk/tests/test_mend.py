"""The page of a leak: it opens, previews, does, and undoes; the letters follow at once."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.buyers.models import Mail, Person
from songsheet.desk import standing
from songsheet.desk.letters.kinds import BY_NAME
from songsheet.desk.letters.letter import letters
from songsheet.desk.standing.refresh import faults
from songsheet.flows.models import Mending
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.team.queries import now


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
