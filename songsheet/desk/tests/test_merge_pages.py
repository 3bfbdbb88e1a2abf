"""The pages of records that may be one, the consents of a buyer, and the same by the API."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.buyers.actions import meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.events import ContactAllowed, PersonMerged
from songsheet.buyers.matching.refresh import keep
from songsheet.buyers.models import Company, Consent, DoNotContact, Person, PersonSuggestion
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member


@pytest.fixture
def two(cast: dict[str, Any], at: datetime) -> list[Person]:
    by = as_member(cast["priya"])
    rows = [
        PersonRow(name="Jane Smith", mails=("jane.smith@northgate.example",), title="Head"),
        PersonRow(name="J. Smith", mails=("j.smith@northgate.example",), language="fr", custom={"seats": 4}),
    ]
    found = [meet_person(row, by=by, at=at) for row in rows]
    keep()
    return found


def test_a_suggestion_is_shown_merged_and_taken_apart(
    client: Any, cast: dict[str, Any], two: list[Person]
) -> None:
    jane, j = two
    client.force_login(cast["priya"])
    page = client.get("/duplicates").content.decode()
    assert "Jane Smith" in page
    assert "given name fits an initial" in page
    beside = client.get(f"/buyers/merge?a={jane.key}&b={j.key}").content.decode()
    assert "jane.smith@northgate.example" in beside
    assert 'name="take-title"' not in beside, "where one has nothing there is nothing to choose"
    versions = {f"version-{one.key}": one.version for one in two}
    form = {"a": jane.key, "b": j.key, "take-name": "other", **versions}
    assert client.post("/buyers/merge", {**form, f"version-{j.key}": 9}).status_code == 409
    assert client.post("/buyers/merge", form).headers["Location"] == f"/buyers/{jane.key}"
    jane.refresh_from_db()
    assert (jane.name, jane.title, jane.language, jane.custom) == ("J. Smith", "Head", "fr", {"seats": 4})
    assert_recorded(PersonMerged, person=j.key, into=jane.key)
    assert "Merged from" in client.get(f"/buyers/{jane.key}/like").content.decode()
    assert "seems to stand here twice" in client.get("/duplicates").content.decode()
    client.post(f"/buyers/{j.key}/unmerge")
    jane.refresh_from_db()
    assert (jane.name, jane.language, jane.custom) == ("Jane Smith", "", {})


def test_two_are_told_apart_with_a_way_back(client: Any, cast: dict[str, Any], two: list[Person]) -> None:
    client.force_login(cast["priya"])
    pair = PersonSuggestion.objects.get()
    assert "May be the same as" in client.get(f"/buyers/{two[0].key}/like").content.decode()
    client.post(f"/duplicates/people/{pair.key}/dismiss")
    assert "seems to stand here twice" in client.get("/duplicates").content.decode()
    client.post(f"/duplicates/people/{pair.key}/again")
    assert "Jane Smith" in client.get("/duplicates").content.decode()


def test_companies_are_merged_on_their_page(client: Any, cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    one, other = (
        meet_company(CompanyRow(name=name, country="DE"), by=by, at=at)
        for name in ("Backhaus", "Back Haus AG")
    )
    keep()
    client.force_login(cast["priya"])
    assert "Back Haus AG" in client.get("/duplicates?what=companies").content.decode()
    assert client.get(f"/companies/merge?a={one.key}&b={other.key}").status_code == 200
    client.post("/companies/merge", {"a": one.key, "b": other.key, "take-name": "other"})
    assert Company.objects.get(id=other.id).root == one
    assert f"/companies/{one.key}/like" in client.get(f"/companies/{one.key}").content.decode()
    beside = client.get(f"/companies/{one.key}/like").content.decode()
    assert f'action="/companies/{other.key}/unmerge"' in beside
    client.post(f"/companies/{other.key}/unmerge")
    assert Company.objects.get(id=other.id).root is None
    assert client.get("/companies/company_x/like").status_code == 404


def test_consents_and_do_not_contact_are_set_on_the_page(
    client: Any, cast: dict[str, Any], two: list[Person]
) -> None:
    client.force_login(cast["priya"])
    address = f"/buyers/{two[0].key}"
    client.post(f"{address}/consent", {"purpose": "mail", "granted": "false", "evidence": "on the phone"})
    consent = Consent.objects.get()
    assert (consent.granted, consent.evidence) == (False, "on the phone")
    client.post(f"{address}/contact", {"channel": "", "reason": "asked by letter"})
    assert "asked by letter" in client.get(address).content.decode()
    assert "asked by letter" in client.get("/do-not-contact?channel=").content.decode()
    assert "asked by letter" not in client.get("/do-not-contact?channel=mail").content.decode()
    given = {"channel": "", "lift": "true", "reason": " ", "from": "list"}
    assert client.post(f"{address}/contact", given).status_code == 422
    given["reason"] = "wrote again"
    assert client.post(f"{address}/contact", given).headers["Location"] == "/do-not-contact"
    told = client.get(f"{address}/permissions").content.decode()
    assert all(
        words in told for words in ("on the phone", "asked by letter", "wrote again", cast["priya"].name)
    )
    assert DoNotContact.objects.get().gone_at is not None
    assert_recorded(ContactAllowed, person=two[0].key)


def test_the_api_lifts_a_mark_with_a_reason(client: Any, cast: dict[str, Any], two: list[Person]) -> None:
    client.force_login(cast["priya"])
    address = f"/api/v1/people/{two[0].key}"
    given = {"channel": "mail", "reason": "asked by letter"}
    assert client.post(f"{address}/forbid", given, content_type="application/json").status_code == 200
    given["reason"] = "wrote again"
    assert client.post(f"{address}/allow", given, content_type="application/json").status_code == 200
    mark = DoNotContact.objects.get()
    assert (mark.lifted_by, mark.lifted_why) == (cast["priya"].key, "wrote again")
    assert_recorded(ContactAllowed, person=two[0].key)


def test_the_api_lists_merges_and_takes_apart(client: Any, cast: dict[str, Any], two: list[Person]) -> None:
    jane, j = two
    client.force_login(cast["priya"])
    (item,) = client.get("/api/v1/duplicates").json()["items"]
    assert (item["first"], item["second"]) == (jane.key, j.key)
    ask = {"content_type": "application/json", "headers": {"Idempotency-Key": "one"}}
    address = f"/api/v1/people/{jane.key}/merge"
    done = client.post(address, {"other": j.key, "take": ["name"]}, **ask).json()
    assert (done["into"], done["merged"]) == (jane.key, j.key)
    assert client.post(address, {"other": j.key, "take": ["name"]}, **ask).json() == done
    assert client.get(f"/api/v1/people/{j.key}").json()["key"] == jane.key
    said = {"kind": "note", "at": "2026-05-01T10:00:00Z", "person": j.key, "text": "Rang twice"}
    noted = client.post("/api/v1/touches", said, content_type="application/json").json()
    assert noted["person"] == jane.key, "what comes by the merged key is kept with the root"
    (listed,) = client.get(f"/api/v1/touches?person={j.key}").json()["items"]
    assert listed["key"] == noted["key"]
    apart = client.post(f"/api/v1/people/{j.key}/unmerge", content_type="application/json").json()
    assert apart["stayed"] == []
    assert client.post(f"/api/v1/people/{j.key}/unmerge", content_type="application/json").status_code == 409
    again = client.post(f"/api/v1/duplicates/{item['key']}/dismiss", content_type="application/json")
    assert again.status_code == 200
