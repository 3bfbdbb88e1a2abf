"""Reads go through the root of a merge, and after every merge was undone everything reads as before (P12)."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from songsheet.buyers.actions import change_person, meet_company, meet_person, record_consent
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.listing import COMPANIES as COMPANY_LIST
from songsheet.buyers.listing import PEOPLE as PEOPLE_LIST
from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, merge, unmerge
from songsheet.buyers.models import Company, Person
from songsheet.buyers.permissions import answers_of
from songsheet.buyers.queries import called
from songsheet.deals.listing import DEALS
from songsheet.deals.models import Deal
from songsheet.desk import standing
from songsheet.desk.buyer.facts import facts_of
from songsheet.desk.models import Standing
from songsheet.desk.story import story_for
from songsheet.journal.check import run
from songsheet.leads.listing import LEADS
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import Acting, as_member
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow

NAMES = ("Jane Smith", "J. Smith", "Ann Lee", "Anna Lee", "Bo Ek", "Bo Eck")


@pytest.fixture
def by(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def world(by: Acting, at: datetime) -> tuple[list[Person], list[Company]]:
    companies = [
        meet_company(CompanyRow(name=name, domain=domain), by=by, at=at)
        for name, domain in (
            ("Aldermoor", "aldermoor.example"),
            ("Aldermoor Ltd", "alder.example"),
            ("Ek", ""),
        )
    ]
    people = []
    for number, name in enumerate(NAMES):
        company = companies[number % 3]
        met = at - timedelta(days=number)
        row = PersonRow(
            name=name, mails=(f"p{number}@mail{number}.example",), phones=(f"+4411749601{number:02}",),
            title=f"Title {number}", company=(company.id, company.key), met_at=met, custom={"seats": number},
        )  # fmt: skip
        person = meet_person(row, by=by, at=at)
        people.append(person)
        lead = Lead.objects.create(
            person=person, queue=Queue.objects.get(), came_at=met, at_rest=True, wants=name,
            company=company if number % 2 else None,
        )  # fmt: skip
        Deal.objects.create(lead=lead, opened_at=met, at_rest=True, amount=100, currency="EUR")
        touch = TouchRow(
            kind="call", direction="out", person=(person.id, person.key), subject=f"Call {number}"
        )
        log_touch(touch, by=by, at=at + timedelta(minutes=number))
        if number % 2:
            record_consent(person.key, purpose="mail", granted=number % 4 == 1, by=by, at=met)
    return people, companies


def everything(by: Acting, people: list[Person], companies: list[Company]) -> dict[str, Any]:
    """What every read says, without the entries of merging itself and without versions."""
    standing.hear()
    said: dict[str, Any] = {"answers": answers_of([one.id for one in people])}
    for listing in (PEOPLE_LIST, COMPANY_LIST, LEADS, DEALS):
        page = listing.page(by, {}, size=50)
        said[listing.name] = listing.as_dicts(by, page.rows)
    for company in companies:
        of_it = PEOPLE_LIST.page(by, {"company": company.key}, size=50).rows
        said[company.key] = [one.key for one in of_it]
    for person in people:
        story = story_for(by, person.key).as_dict()
        story["entries"] = [line for line in story["entries"] if "merge" not in line["kind"]
                            and "changed" not in line["kind"]]  # fmt: skip
        said[person.key] = (story, vars(facts_of(Person.objects.get(key=story["person"]["key"]))))
    for words in ("jane", "lee", "p3@", "alder", "ek"):
        hits = called(words, 100)
        said[f"called {words}"] = (sorted(hits.people), sorted(hits.companies))
    said["standing"] = list(Standing.objects.order_by("lead_id").values())
    return said


def merge_and_unmerge(random: Random, by: Acting, at: datetime, **more: Any) -> None:
    """Some merges and unmerges at random; then all that stand are undone, in an order at random."""
    for _ in range(random.randint(2, 12)):
        kind: Any = random.choice((PEOPLE, PEOPLE, COMPANIES))
        merged = [one.key for one in kind.model.objects.filter(root__isnull=False)]
        if merged and random.random() < 0.3:
            unmerge(kind, random.choice(merged), by=by, at=at)
            continue
        roots = [one.key for one in kind.model.objects.filter(root=None)]
        if len(roots) > 1:
            take = random.sample([unit.name for unit in kind.units], random.randint(0, 3))
            merge(kind, *random.sample(roots, 2), take=take, by=by, at=at)
        for change in more.get("changes", ()):
            change()
    for kind in (PEOPLE, COMPANIES):
        while merged := [one.key for one in kind.model.objects.filter(root__isnull=False)]:
            unmerge(kind, random.choice(merged), by=by, at=at)


@pytest.mark.parametrize("seed", range(6))
def test_after_undoing_every_merge_everything_reads_as_before(seed: int, by: Acting, at: datetime) -> None:
    people, companies = world(by, at)
    before = everything(by, people, companies)
    merge_and_unmerge(Random(seed), by, at + timedelta(days=1))
    after = everything(by, people, companies)
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}
    told = [(one.subject, one.sentence) for one in run(full=True, only=["I7"])]
    made_bare = ("lead_", "deal_", "Lead")  # leads and deals of the world have no entries
    assert [one for one in told if not any(word in "".join(one) for word in made_bare)] == []


@pytest.mark.parametrize("seed", range(4))
def test_edits_in_between_stay_where_they_were_made(seed: int, by: Acting, at: datetime) -> None:
    random = Random(seed)
    people, _ = world(by, at)
    columns = ("title", "language", "name")
    shadow = {one.id: {name: getattr(one, name) for name in columns} for one in people}
    counter = iter(range(1000))

    def edit() -> None:
        person, name = random.choice(people), random.choice(columns)
        value = f"{next(counter)}"
        given: dict[str, Any] = {name: value}
        changed = change_person(person.key, by=by, at=at, **given)
        shadow[changed.id][name] = value

    merge_and_unmerge(random, by, at, changes=[edit])
    stands = {one.id: {name: getattr(one, name) for name in columns} for one in Person.objects.all()}
    assert stands == shadow


def test_while_merged_every_list_shows_the_root(by: Acting, at: datetime) -> None:
    people, companies = world(by, at)
    jane, j, *_ = people
    merge(PEOPLE, jane.key, j.key, by=by, at=at)
    merge(COMPANIES, companies[0].key, companies[1].key, by=by, at=at)
    said = everything(by, people, companies)
    assert said[j.key] == said[jane.key]
    assert len(said[jane.key][0]["leads"]) == len(said[jane.key][0]["deals"]) == 2
    assert [row["person"] for row in said["leads"]].count("Jane Smith") == 2
    assert [row["company"] for row in said["leads"]].count("Aldermoor Ltd") == 0
    assert "J. Smith" not in {row["name"] for row in said["people"]}
    assert [row["company"] for row in said["deals"]].count("Aldermoor") == 4
    assert said[companies[0].key] == said[companies[1].key]
    assert len(PEOPLE_LIST.page(by, {"q": "p1@"}, size=9).rows) == 1, "a mail of the merged record finds them"
    assert len(LEADS.page(by, {"q": "j. smith"}, size=9).rows) == 2
    assert set(said[jane.key][1]["mails"]) == {"p0@mail0.example", "p1@mail1.example"}


def test_pages_by_the_merged_key_show_the_root(client: Any, cast: Any, by: Acting, at: datetime) -> None:
    people, companies = world(by, at)
    merge(PEOPLE, people[0].key, people[1].key, by=by, at=at)
    merge(COMPANIES, companies[0].key, companies[1].key, by=by, at=at)
    client.force_login(cast["ruth"])
    page = client.get(f"/buyers/{people[1].key}").content.decode()
    assert f"/buyers/{people[0].key}/touches" in page
    assert "p1@mail1.example" in page
    assert "Aldermoor" in client.get(f"/companies/{companies[1].key}").content.decode()
    for address in ("/", "/buyers", "/leads", "/deals", "/letters/leads"):
        assert client.get(address).status_code == 200
