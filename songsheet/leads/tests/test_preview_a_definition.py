"""A definition tried on leads: in one statement, beside a second computation row by row."""

import random
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Q
from django.test import Client

from songsheet.agreements import actions
from songsheet.agreements.kinds.qualified_lead import NUMBERS, Criterion, Enough, QualifiedLead
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.base.text import fold
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.buyers.merge_actions import PEOPLE, merge
from songsheet.buyers.models import Mail, Person, Phone
from songsheet.buyers.permissions import answers_of
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.models import Lead
from songsheet.leads.qualifying.judging import judged
from songsheet.leads.qualifying.preview import PAST, preview
from songsheet.leads.tests.rows import BY
from songsheet.team.acting import as_member
from songsheet.team.queries import now
from songsheet.touches.adopt import CampaignRow, TouchRow, adopt_campaigns, adopt_touches, sources_named
from songsheet.touches.models import Touch

WORDS = {
    "country": ["NO", "PL", "DE"],
    "industry": ["Dental care", "Sørvis", "Łódzki Handel", "Straßenbau"],
    "title": ["Head of IT", "Kjøkkensjef", "Ægidius", ""],
    "language": ["en", "pl", ""],
    "source": ["Trade show", "Webinar Ø", "Form"],
    "campaign": ["Spring", "Høst"],
    "wants": ["A  quote, please", "Call me: prøvetur", "price list", "(2+2)?", ""],
}
LOOKS = [*WORDS, "people_count", "mail", "phone", "company", "consent", "touches", "days_since_touch"]


def world(draw: random.Random, by: Any, at: datetime) -> None:
    """Companies, people, some of them merged, with what they allow and did; and leads."""
    ids = {
        name: adopted.ref
        for name, adopted in zip(
            range(6),
            adopt_companies(
                [
                    CompanyRow(
                        name=f"Firm {n}",
                        domain=f"firm{n}.example",
                        industry=draw.choice([*WORDS["industry"], ""]),
                        country=draw.choice([*WORDS["country"], ""]),
                        people_count=draw.choice([None, 3, 20, 70]),
                    )
                    for n in range(6)
                ],
                by=BY, at=at,
            ),
            strict=True,
        )
    }  # fmt: skip
    people = adopt_people(
        [
            PersonRow(
                name=f"Person {n}",
                title=draw.choice(WORDS["title"]),
                language=draw.choice(WORDS["language"]),
                mails=(f"p{n}@firm.example",) if draw.random() < 0.6 else (),
                phones=(f"+47 22 33 44 {n:02}",) if draw.random() < 0.5 else (),
                company=draw.choice([None, *ids.values()]),
                consents=tuple(
                    (purpose, draw.random() < 0.6, at - timedelta(days=draw.randrange(9)))
                    for purpose in ("mail", "call", "tracking") if draw.random() < 0.4
                ),
                do_not_contact=(("", "said so"),) if draw.random() < 0.1 else (("mail", ""),)
                if draw.random() < 0.1 else (),
            )
            for n in range(40)
        ],
        by=BY, at=at,
    )  # fmt: skip
    refs = [one.ref for one in people if one.ref]
    adopt_touches(
        [
            TouchRow(
                kind=draw.choice(["visit", "form", "mail"]),
                direction=draw.choice(["in", "in", "out"]),
                at=at - timedelta(hours=draw.randrange(2000)),
                person=draw.choice(refs),
                subject=str(n),
            )
            for n in range(120)
        ],
        by=BY, at=at,
    )  # fmt: skip
    for first, second in zip(refs[0:10:2], refs[1:10:2], strict=True):
        merge(PEOPLE, first[1], second[1], by=by, at=at)
    sources = sources_named(WORDS["source"])
    campaigns = adopt_campaigns([CampaignRow(name=name) for name in WORDS["campaign"]], by=BY, at=at)
    rows = [
        LeadRow(
            person=draw.choice(refs),
            company=draw.choice([None, None, *ids.values()]),
            source=draw.choice([None, *((id_, name) for name, id_ in sources.items())]),
            campaign=draw.choice([None, *(one.ref for one in campaigns)]),
            wants=draw.choice(WORDS["wants"]),
            state=draw.choice(["new", "converted"]),
            came_at=at - timedelta(days=draw.randrange(1, 120)),
        )
        for _ in range(40)
    ]
    adopt_leads(rows, by=BY, at=at)


def definition(draw: random.Random) -> QualifiedLead:
    """Some criteria of any form that a definition may have."""
    criteria = []
    for n in range(draw.randrange(1, 9)):
        looks = draw.choice(LOOKS)
        tests = ["is_known"]
        tests += ["at_least", "at_most"] if looks in NUMBERS else ["is_one_of", "is_none_of", "mentions"]
        test = draw.choice(tests)
        known = [one for one in WORDS.get(looks, ["mail", "call"]) if one]
        values = draw.sample(known, k=min(2, len(known)))
        if test == "mentions":
            values = [draw.choice(one.split()) for one in values]
        criteria.append(
            Criterion(
                name=f"C{n}", about="fit", looks_at=looks, test=test, number=draw.choice([0, 1, 2, 20, 60]),
                values=[] if test in ("is_known", "at_least", "at_most") else values,
                needed=draw.random() < 0.2, points=draw.randrange(50),
            )
        )  # fmt: skip
    return QualifiedLead(criteria=criteria, enough=Enough(points=draw.randrange(80)), questions=[])


def looked(lead: Lead, what: str, at: datetime | None) -> Any:
    """The same facts, row by row."""
    person = lead.person.whole
    family = list(Person.objects.filter(Q(id=person.id) | Q(root=person)))
    given = lead.company or person.company
    company = given.whole if given else None
    came = Touch.objects.filter(person__in=family, direction="in", gone_at=None)
    came = came.filter(at__lte=at) if at else came
    last = came.order_by("-at").first()
    match what:
        case "mail" | "phone":
            model: Any = Mail if what == "mail" else Phone
            return what if model.objects.filter(person__in=family, gone_at=None).exists() else None
        case "company":
            return company.key if company else None
        case "people_count":
            return company.people_count if company else None
        case "country" | "industry":
            return fold(getattr(company, what)) or None if company else None
        case "title" | "language":
            return fold(getattr(person, what)) or None
        case "source" | "campaign":
            one = getattr(lead, what)
            return fold(one.name) if one else None
        case "wants":
            return fold(lead.wants) or None
        case "touches":
            return came.count()
        case "days_since_touch":
            return ((at or last.at) - last.at).days if last else None
    marks = {mark.channel for one in family for mark in one.do_not_contact.filter(gone_at=None)}
    said = answers_of([person.id]).get(person.id, {})
    held = sorted(
        name for name, (granted, _) in said.items() if granted and name in ("mail", "call", "post")
        and not marks & {"", name}
    )  # fmt: skip
    return ", ".join(held) or None


def holds(one: Criterion, fact: Any) -> bool:
    """Whether a fact is as a criterion wants it, by its words."""
    values = [fold(value) for value in one.values]
    match one.test:
        case "is_known":
            return fact is not None
        case "is_one_of":
            return fact in values
        case "is_none_of":
            return fact not in values
        case "at_least":
            return fact is not None and fact >= one.number
        case "at_most":
            return fact is not None and fact <= one.number
    padded = "".join(letter if letter.isalnum() else " " for letter in f" {fact or ''} ")
    return any(f" {value} " in padded for value in values if value.replace(" ", "").isalnum())


def test_what_a_definition_says_is_what_its_criteria_say_of_each_lead(
    cast: dict[str, Any], at: datetime
) -> None:
    draw = random.Random(3)
    world(draw, as_member(cast["priya"]), at)
    leads = {lead.id: lead for lead in Lead.objects.all()}
    fact = cache(lambda id_, what, moment: looked(leads[id_], what, moment))
    for moment in [at, None] * 10:
        asked = definition(draw)
        found = judged(asked, "true", {}, at=moment)
        assert [one.id for one in found] == sorted(leads)
        for one in found:
            facts = [fact(one.id, each.looks_at, moment) for each in asked.criteria]
            held = [holds(each, known) for each, known in zip(asked.criteria, facts, strict=True)]
            assert [seen.holds for seen in one.seen] == held, (asked, facts)
            points = sum(each.points for each, held_ in zip(asked.criteria, held, strict=True) if held_)
            must = all(held_ for each, held_ in zip(asked.criteria, held, strict=True) if each.needed)
            assert (one.points, one.is_qualified) == (points, must and points >= asked.enough.points)


def test_the_preview_counts_the_leads_of_three_months_beside_the_version_in_force(
    cast: dict[str, Any],
) -> None:
    draw, at = random.Random(7), now()
    world(draw, as_member(cast["priya"]), at)
    team = with_owen(cast, at)
    one, two = definition(draw), definition(draw)
    found = preview(one, two, at=at)
    past = {lead.id: lead for lead in Lead.objects.filter(came_at__gt=at - PAST, came_at__lte=at)}
    these, others = (
        {each.id for each in judged(which, "true", {}) if each.is_qualified} & set(past)
        for which in (one, two)
    )
    won = {id_ for id_, lead in past.items() if lead.state == "converted"}
    whole = found.whole
    assert (whole.leads, whole.these, whole.others) == (len(past), len(these), len(others))
    assert (whole.customers, whole.these_customers, whole.others_customers) == (
        len(won), len(won & these), len(won & others),
    )  # fmt: skip
    assert (found.gained, found.lost) == (len(these - others), len(others - these))
    assert {lead.id for lead in found.gained_leads} <= these - others
    draft = draft_of("qualified_lead")
    client = Client()
    client.force_login(cast["tom"])
    page = client.get(f"/agreements/versions/{draft.key}/preview").content.decode()
    assert "No definition is in force yet" in page
    signed(draft, team, at)
    next_one = actions.propose("qualified_lead", by=team["tom"], at=at)
    page = client.get(f"/agreements/versions/{next_one.key}/preview").content.decode()
    assert f"Of {len(past)} leads" in page
    assert "Qualified by version 1 alone" in page
    answer = client.get(f"/api/v1/agreements/versions/{next_one.key}/preview").json()
    assert answer["whole"]["leads"] == len(past)
    assert answer["whole"]["qualified"] == answer["whole"]["qualified_by_other"]
    assert answer["gained"] == answer["lost"] == 0
    refused = client.get(f"/agreements/versions/{draft_of('service_levels').key}/preview")
    assert refused.status_code == 404
