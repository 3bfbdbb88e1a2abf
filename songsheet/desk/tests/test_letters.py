"""The letters equal an independent count over random worlds; what is derived equals its recomputation."""

import html
import re
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.buyers.models import DoNotContact, Mail, Person
from songsheet.clocks.models import Clock
from songsheet.deals.models import Deal
from songsheet.desk import standing
from songsheet.desk.letters.asked import UNKNOWN, Asked, NotADay, limits_of, read_asked
from songsheet.desk.letters.letter import Letters, letters
from songsheet.desk.letters.words import as_text
from songsheet.desk.letters.worth import split
from songsheet.desk.models import Standing
from songsheet.desk.standing.refresh import faults
from songsheet.desk.tests.recount import recount
from songsheet.desk.tests.world import OPEN, PlainLead, World, random_world
from songsheet.handoffs.models import Return
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.team.hours.calendars import calendars
from songsheet.team.queries import house
from songsheet.touches.models import Campaign, Source, Task, Touch

SLOWLY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def build(world: World, members: list[Any]) -> list[Lead]:
    """The rows of a plain world."""
    at = world.at
    people = [Person.objects.create(name=f"Person {n}", met_at=at) for n in range(len(world.roots))]
    for n, person in enumerate(people):
        root = world.roots[n]
        if root is not None:
            Person.objects.filter(id=person.id).update(root=people[root])
        if world.mailed[n]:
            Mail.objects.create(person=person, address=f"p{person.id}@buyer.example")
        if world.refused[n]:
            DoNotContact.objects.create(person=person, since=at)
    sources = [Source.objects.create(name=f"S{n}", name_folded=f"s{n}") for n in range(2)]
    campaigns = [Campaign.objects.create(name=f"C{n}", cost=1001, currency="EUR") for n in range(2)]
    leads: list[Lead] = []
    for one in world.leads:
        is_open = one.state in OPEN
        clock = None
        if is_open and one.promise is not None and (one.state != "nurturing" or one.owner is not None):
            began = min(one.promise, at) - timedelta(days=1)
            clock = Clock.objects.create(
                kind="first_answer", about=str(len(leads)), started_at=began, due_at=one.promise
            )
        leads.append(
            Lead.objects.create(
                person=people[one.person],
                state=one.state,
                source=None if one.source is None else sources[one.source],
                campaign=None if one.campaign is None else campaigns[one.campaign],
                owner=None if one.owner is None else members[one.owner],
                queue=Queue.objects.first() if one.owner is None and is_open else None,
                came_at=one.came_at,
                is_dated=one.is_dated,
                contacted_elsewhere=one.elsewhere,
                ended_at=None if is_open else at,
                end_reason="" if is_open else one.reason,
                at_rest=clock is None,
                clock=clock,
                look_again_on=at.date() if one.state == "nurturing" else None,
                gone_at=at if one.gone else None,
                owned_since=one.owned_since,
            )
        )
        _came_back(one, leads[-1], members[0], at)
    deals = [
        Deal.objects.create(
            lead=leads[deal.lead],
            state=deal.state,
            amount=deal.amount,
            currency=deal.currency,
            reason=deal.reason,
            next_step=deal.step,
            next_step_on=deal.step_on,
            opened_at=at,
            closed_at=None if deal.state == "open" else at,
            at_rest=True,
        )
        for deal in world.deals
    ]
    for touch in world.touches:
        common: dict[str, Any] = {
            "person": None if touch.person is None else people[touch.person],
            "lead_key": "" if touch.lead is None else leads[touch.lead].key,
            "deal_key": "" if touch.deal is None else deals[touch.deal].key,
            "member": None if touch.member is None else members[touch.member],
        }
        if touch.is_task:
            done = at if touch.done else None
            Task.objects.create(subject="Call", made_at=touch.at, due_at=touch.due_at, done_at=done, **common)
        else:
            Touch.objects.create(kind=touch.kind, direction=touch.direction, at=touch.at, **common)
    return leads


def _came_back(one: PlainLead, lead: Lead, member: Any, at: datetime) -> None:
    if one.returned_at is None:
        return
    back = Return(lead=lead, reason="no_need", at=one.returned_at, returned_by=member, owes=member)
    if one.is_answered:
        back.state, back.owes, back.answered_by, back.answered_at = "agreed", None, member, at
    else:
        back.clock = Clock.objects.create(
            kind="return_answer", about=back.key, started_at=one.returned_at, due_at=at
        )
    back.save()


def plain(told: Letters) -> dict[str, Any]:
    """The letters in the form of the independent count."""
    answer = told.as_dict()
    earned: Counter[str] = Counter()
    for row in answer["came_from"]:
        earned.update(row["revenue"])
    return {
        "leads": answer["leads"],
        "went": [one["leads"] for one in answer["went"]],
        "response": Counter({name: n for name, n in answer["response"].items() if n}),
        "leaks": {
            leak["kind"]: {"leads": leak["leads"], "still": leak["still"], "value": leak["value"]}
            for leak in answer["leaks"]
        },
        "came": Counter(
            {
                (
                    None if row["source"] == UNKNOWN else int(row["source"][1:]),
                    None if row["campaign"] is None else int(row["campaign"][1:]),
                ): row["leads"]
                for row in answer["came_from"]
            }
        ),
        "won": sum(row["won"] for row in answer["came_from"]),
        "revenue": dict(earned),
    }


@SLOWLY
@given(seed=st.integers(0, 2**32))
def test_the_letters_equal_an_independent_count(cast: dict[str, Any], at: datetime, seed: int) -> None:
    world = random_world(Random(seed), at)
    with transaction.atomic():
        leads = build(world, [cast["priya"], cast["diane"]])
        standing.refresh_all()
        told = letters(as_member(cast["ruth"]), at=at)
        assert plain(told) == recount(world)
        assert as_text(told)
        spent = sum(row.cost.get("EUR", 0) for row in told.came_from) + told.spent_without_leads.get("EUR", 0)
        assert spent == 2002
        Standing.objects.all().delete()
        for lead in leads:
            standing.refresh([lead.id])
        assert faults() == []
        transaction.set_rollback(True)


def test_what_differs_from_its_recomputation_is_named(cast: dict[str, Any], at: datetime) -> None:
    (lead,) = build(random_world(Random(1), at), [cast["priya"], cast["diane"]])[:1]
    standing.refresh_all()
    Standing.objects.filter(lead=lead).update(deals=99)
    assert [one.subject for one in faults()] == [lead.key]
    assert standing.refresh_all() == 1
    assert faults() == []


def test_only_the_days_that_are_asked_for_are_counted_in_the_zone_of_the_house(
    cast: dict[str, Any], at: datetime
) -> None:
    from songsheet.team.queries import house

    ours = house()
    ours.zone = "America/Chicago"
    person = Person.objects.create(met_at=at)
    for hour in (4, 6):  # 23:00 on the day before and 1:00 on the day, there
        came = at.replace(hour=hour, minute=0)
        Lead.objects.create(person=person, queue=Queue.objects.get(), at_rest=True, came_at=came)
    standing.refresh_all()
    day = at.date()
    told = letters(as_member(cast["ruth"]), at=at, asked=Asked(first=day, last=day), house=ours)
    assert told.leads == 1


def test_a_bound_that_is_no_day_is_refused() -> None:
    with pytest.raises(NotADay):
        read_asked({"from": "yesterday"})


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), max_size=8))
def test_a_cost_is_split_so_that_its_parts_sum(amount: int, weights: list[int]) -> None:
    parts = split(amount, weights)
    assert sum(parts) == (amount if sum(weights) else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) <= sum(weights)


@pytest.mark.django_db
def test_working_hours_skip_the_weekend(at: datetime) -> None:
    """A lead leaks from when the clock of its first answer, over the same calendar, would be due."""
    monday = calendars().of(None).due(at - timedelta(days=3), 480)
    assert limits_of(house(), monday).contact_due == monday - timedelta(hours=8)
    assert limits_of(house(), monday - timedelta(minutes=1)).contact_due < at - timedelta(days=3)


def test_the_api_gives_the_letters(client: Any, cast: dict[str, Any], at: datetime) -> None:
    build(random_world(Random(2), at), [cast["priya"], cast["diane"]])
    standing.refresh_all()
    client.force_login(cast["ruth"])
    answer = client.get("/api/v1/letters").json()
    assert {"position", "leads", "came_from", "went", "response", "leaks", "told"} <= set(answer)
    assert set(answer["response"]) == {"under_1h", "1h_to_24h", "over_24h", "never"}
    assert answer["told"] is None
    assert client.get("/api/v1/letters?source=Nowhere").status_code == 422
    assert client.get("/api/v1/letters?from=soon").status_code == 422


def test_the_page_and_every_list_behind_it_open(
    client: Any, cast: dict[str, Any], at: datetime, django_assert_max_num_queries: Any
) -> None:
    build(random_world(Random(5), at), [cast["priya"], cast["diane"]])
    standing.refresh_all()
    client.force_login(cast["ruth"])
    client.get("/letters")
    with django_assert_max_num_queries(13):  # two of them sign in, three are savepoints and settings
        answer = client.get("/letters")
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "We do not know yet what they were told." in words
    links = set(re.findall(r'href="(/letters/leads[^"]*)"', words))
    assert len(links) > 5
    for link in links:
        with django_assert_max_num_queries(12):
            assert client.get(html.unescape(link)).status_code == 200, link
