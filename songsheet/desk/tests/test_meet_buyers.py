"""Somebody new typed in: kept, with a lead, and whoever is known already is told while typing."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.buyers.actions import meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.matching.refresh import keep
from songsheet.buyers.models import Company, Person
from songsheet.journal.queries import head
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member


@pytest.fixture
def jane(cast: dict[str, Any], at: datetime) -> Person:
    by = as_member(cast["priya"])
    found = meet_person(PersonRow(name="Jane Smith", mails=("jane.smith@northgate.example",)), by=by, at=at)
    keep()
    return found


def test_somebody_new_comes_with_company_and_lead(client: Any, cast: dict[str, Any]) -> None:
    client.force_login(cast["priya"])
    assert "What they want" in client.get("/buyers/new").content.decode()
    form = {"name": "Ada Berg", "mail": "ada@alder.example", "company": "Alder", "wants": "12 desks"}
    answer = client.post("/buyers/new", form)
    ada = Person.objects.get()
    assert answer.headers["Location"] == f"/buyers/{ada.key}"
    assert (ada.name, ada.company and ada.company.name) == ("Ada Berg", "Alder")
    lead = Lead.objects.get()
    assert (lead.person, lead.owner, lead.wants) == (ada, cast["priya"], "12 desks")
    client.post("/buyers/new", {"name": "Ben Stone", "wants": "a chair", "free": "on"})
    assert Lead.objects.get(person__name="Ben Stone").owner is None
    assert client.post("/buyers/new", {"name": "Cy", "mail": "no mail"}).status_code == 422
    assert not Person.objects.filter(name="Cy").exists()


def test_who_is_known_is_told_while_typing_and_can_be_used(
    client: Any, cast: dict[str, Any], jane: Person
) -> None:
    client.force_login(cast["priya"])
    before = head()
    typed = {"name": "J. Smith", "mail": "j.smith@northgate.example"}
    hint = client.post("/buyers/known", typed).content.decode()
    assert all(words in hint for words in ("Looks like", "Jane Smith", "fits an initial", "Use this one"))
    sure = client.post(
        "/buyers/known", {"name": "Zoe", "mail": "Jane.Smith@northgate.example"}
    ).content.decode()
    assert "Known already" in sure
    assert "Jane" not in client.post("/buyers/known", {"name": "Zoe Quist", "mail": "zoe@"}).content.decode()
    assert head() == before, "what is typed is kept nowhere"
    refused = client.post("/buyers/new", {"name": "Zoe", "mail": "jane.smith@northgate.example"})
    assert (refused.status_code, "Known already" in refused.content.decode()) == (409, True)
    used = client.post("/buyers/new", {**typed, "wants": "a desk", "person": jane.key})
    assert used.headers["Location"] == f"/buyers/{jane.key}"
    assert (Person.objects.count(), Lead.objects.get().person) == (1, jane)


def test_a_company_is_known_by_its_website_or_its_name(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    meet_company(CompanyRow(name="Backhaus GmbH", domain="backhaus.de"), by=as_member(cast["priya"]), at=at)
    keep()
    client.force_login(cast["priya"])
    assert "Looks like" in client.post("/companies/known", {"name": "Back Haus AG"}).content.decode()
    assert "Known already" in client.post("/companies/known", {"domain": "www.backhaus.de"}).content.decode()
    assert client.post("/companies/new", {"name": "B", "domain": "backhaus.de"}).status_code == 409
    assert client.post("/companies/new", {"name": "Alder", "country": "DE"}).status_code == 302
    assert set(Company.objects.values_list("name", flat=True)) == {"Backhaus GmbH", "Alder"}
