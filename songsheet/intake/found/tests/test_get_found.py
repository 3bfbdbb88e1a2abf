"""Where buyers met us first, by question; with which questions nobody finds us; places mapped by hand."""

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from songsheet.base.text import TextRefused
from songsheet.buyers.merge_actions import PEOPLE, merge
from songsheet.buyers.models import Person
from songsheet.intake.forms.actions import make_form
from songsheet.intake.forms.building import STARTER
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.forms.queries import version_of
from songsheet.intake.found.actions import map_place, path_of, take_place_off
from songsheet.intake.found.errors import AnswersAnother, NoSuchPlace, NotAPlaceOfOurs
from songsheet.intake.found.events import PlaceAnswers, PlaceAnswersNoMore
from songsheet.intake.found.models import Place
from songsheet.intake.found.queries import found, met_by
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.intake.visitors.models import Hit
from songsheet.journal.testing import assert_recorded
from songsheet.song.market.actions import add_question
from songsheet.song.market.models import Question
from songsheet.team.acting import Acting, as_member
from songsheet.team.queries import now
from songsheet.touches.models import Campaign, Source, Touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(cast: dict[str, Any]) -> Acting:
    return as_member(cast["tom"])


class House:
    """One place of each kind, and buyers who meet us there."""

    def __init__(self, by: Acting) -> None:
        self.by, self.at = by, now()
        self.site = Site.objects.create(name="Shop", origins=["https://shop.example"], made_at=self.at)
        self.link = Link.objects.create(token="x", name="Card", target="https://x.example", made_at=self.at)
        self.form = make_form(name="Ask", body=Definition.model_validate(STARTER), by=by, at=self.at)
        self.campaign = Campaign.objects.create(name="Spring")
        self.source = Source.objects.create(name="Organic search", name_folded="organic search")
        self.questions = [
            add_question(text=text, by=by, at=self.at)
            for text in (
                "How do we furnish 40 seats?",
                "What does leasing cost?",
                "Who fits it?",
                "Is it safe?",
            )
        ]

    def buyer(self, ago: float = 5) -> Person:
        return Person.objects.create(name=uuid4().hex, met_at=self.at - timedelta(days=ago))

    def touch(self, person: Person, ago: float, kind: str = "call", **more: Any) -> Touch:
        given = {"direction": "in", "person": person, "at": self.at - timedelta(days=ago), **more}
        return Touch.objects.create(kind=kind, **given)

    def visit(self, person: Person, ago: float, *paths: str, link: Link | None = None) -> Touch:
        touch = self.touch(person, ago, "visit")
        for nth, path in enumerate(paths):
            at = touch.at + timedelta(seconds=nth)
            Hit.objects.create(
                hash=uuid4(), person=person, door="script", what="page", at=at, received_at=at,
                site=self.site, address=f"shop.example{path}", touch_key=touch.key, source=self.source,
                link=link if not nth else None, made_by="human",
            )  # fmt: skip
        return touch

    def fill_in(self, person: Person, ago: float) -> Touch:
        answer = FormAnswer.objects.create(
            form=self.form, shown=version_of(self.form), mark=uuid4(), submission="x", state="taken",
            came_at=self.at, ended_at=self.at, person=person,
        )  # fmt: skip
        return self.touch(person, ago, "form", system="forms", external_id=answer.key)

    def map(self, what: Any, question: int, path: str = "") -> Place:
        return map_place(what.key, self.questions[question].key, path=path, by=self.by, at=self.at)


@pytest.fixture
def house(tom: Acting) -> House:
    return House(tom)


def _people(found_by: Any) -> dict[str, int]:
    return {one.asked.question.text: one.people for one in found_by.met}


def test_a_place_answers_one_question_until_it_is_taken_off(house: House, tom: Acting, at: datetime) -> None:
    place = house.map(house.site, 0, "https://shop.example/offices/?who=x")
    assert (place.path, str(place)) == ("/offices", "Shop /offices")
    assert_recorded(PlaceAnswers, place=place.key, question=house.questions[0].key, kind="site")
    assert house.map(house.site, 0, "/offices/").pk == place.pk
    with pytest.raises(AnswersAnother, match="How do we furnish"):
        house.map(house.site, 1, "/offices")
    for wrong in ("nobody_x", "site_x", "", "site_\x00"):
        with pytest.raises(TextRefused if "\x00" in wrong else NotAPlaceOfOurs):
            map_place(wrong, house.questions[0].key, by=tom, at=at)
    take_place_off(place.key, by=tom, at=at)
    assert_recorded(PlaceAnswersNoMore, place=place.key)
    with pytest.raises(NoSuchPlace):
        take_place_off(place.key, by=tom, at=at)
    assert house.map(house.site, 1, "/offices").question == house.questions[1]
    assert [path_of(one) for one in ("", "/", "a/b/", "https://x.example")] == ["", "", "/a/b", ""]


def test_the_first_meeting_counts_and_the_nearest_place(house: House, tom: Acting) -> None:
    for what, question, path in (
        (house.site, 0, ""), (house.site, 1, "/leasing"), (house.link, 2, ""), (house.form, 2, ""),
        (house.campaign, 3, ""),
    ):  # fmt: skip
        house.map(what, question, path)
    house.visit(first := house.buyer(), 5, "/leasing/cars", "/offices")
    house.touch(first, 2, campaign=house.campaign)
    house.visit(house.buyer(), 5, "/leasing-not", "/leasing")
    house.visit(house.buyer(), 5, "/leasing", link=house.link)
    house.fill_in(house.buyer(), 4)
    house.touch(known := house.buyer(400), 400)
    house.visit(known, 3, "/leasing")
    house.touch(house.buyer(), 6, "note")
    told = found(tom, house.at - timedelta(days=90))
    assert _people(told) == {
        "How do we furnish 40 seats?": 1, "What does leasing cost?": 1, "Who fits it?": 2,
    }  # fmt: skip
    assert [one.asked.question.text for one in told.nobody] == ["Is it safe?"]
    assert (told.people, told.elsewhere) == (4, 0)
    (leasing,) = [one for one in told.met if "leasing" in one.asked.question.text]
    assert [(str(place), count) for place, count in leasing.at_places] == [("Shop /leasing", 1)]
    assert leasing.sources == {"Organic search": 1}
    everybody = Person.objects.all()
    assert list(met_by(everybody, None, None, question=leasing.asked.question.key)) == [first]
    assert list(met_by(everybody, None, None, question="none")) == [known]
    assert list(met_by(everybody, None, None, place=leasing.places[0].key)) == [first]


def _by_hand(house: House, since: datetime) -> Counter[str]:
    """The same, buyer by buyer, in another way: every touch looked at, every place tried."""
    counted: Counter[str] = Counter()
    places = list(Place.objects.filter(gone_at=None))
    for root in Person.objects.filter(root=None, gone_at=None):
        whole = [root.pk, *Person.objects.filter(root=root).values_list("pk", flat=True)]
        told = [one for one in Touch.objects.filter(person__in=whole, gone_at=None) if one.kind != "note"]
        if not told or min(one.at for one in told) < since:
            continue
        first = min(told, key=lambda one: (one.at, one.pk))
        hits = sorted(Hit.objects.filter(touch_key=first.key), key=lambda hit: hit.at)
        answer = FormAnswer.objects.filter(key=first.external_id).first() if first.external_id else None
        best, link = "", hits[0].link if hits else None
        form = answer.form if answer else None
        if own := [one for one in places if (link and one.link == link) or (form and one.form == form)]:
            best = own[0].question.text
        elif hits and (own := [one for one in places if one.site and _under(hits[0].address, one.path)]):
            best = max(own, key=lambda one: len(one.path)).question.text
        elif first.campaign and (own := [one for one in places if one.campaign == first.campaign]):
            best = own[0].question.text
        counted[best] += 1
    return counted


def _under(address: str, path: str) -> bool:
    its = address.removeprefix("shop.example").split("/")
    asked = path.split("/")
    return its[: len(asked)] == asked


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figures_are_those_of_a_second_count(house: House, tom: Acting, seed: int, cast: Any) -> None:
    dice = random.Random(seed)
    paths = ["/", "/a", "/a/b", "/ab", "/c/d/e", "/c"]
    for what, path in ((house.site, "/a"), (house.site, "/a/b"), (house.site, "/c/d"), (house.link, "")):
        house.map(what, dice.randrange(4), path)
    house.map(house.campaign, 1)
    gone = house.map(house.form, 2)
    if seed == 2:
        take_place_off(gone.key, by=tom, at=house.at)
    people = [house.buyer() for _ in range(25)]
    for one in people:
        for _ in range(dice.randrange(4)):
            ago, turn = dice.uniform(0, 150), dice.randrange(4)
            if turn == 0:
                house.visit(one, ago, *dice.sample(paths, 2), link=dice.choice((house.link, None)))
            elif turn == 1:
                house.fill_in(one, ago)
            else:
                campaign = dice.choice((house.campaign, None))
                house.touch(one, ago, "note" if turn == 2 else "call", campaign=campaign)
    merge(PEOPLE, people[0].key, people[1].key, by=as_member(cast["priya"]), at=house.at)
    since = house.at - timedelta(days=90)
    told, mine = found(tom, since), _by_hand(house, since)
    assert {**_people(told)} == {text: count for text, count in mine.items() if text}
    assert (told.people, told.elsewhere) == (mine.total(), mine[""])
    assert sum(count for _spot, count in told.spots) == mine[""]
    for question in Question.objects.all():
        listed = met_by(Person.objects.all(), since, None, question=question.key).count()
        assert listed == mine[question.text]


def test_the_page_maps_a_place_and_each_number_opens_its_people(
    house: House, client: Client, cast: dict[str, Any]
) -> None:
    client.force_login(cast["tom"])
    buyer = house.buyer()
    house.visit(buyer, 3, "/offices")
    page = client.get("/found").content.decode()
    assert "Nobody finds us here" in page
    assert "Shop /offices" in page
    question = house.questions[0].key
    given = {"what": house.site.key, "path": "/offices", "question": question}
    assert "answers it from now on" in client.post("/found/places", given, follow=True).content.decode()
    told = client.get("/found?days=365").content.decode()
    assert f"/found/people?question={question}&amp;days=365" in told
    people = client.get(f"/found/people?question={question}&days=365").content.decode()
    assert buyer.name in people
    assert buyer.name not in client.get("/found/people?question=none").content.decode()
    refused = client.post("/found/places", {**given, "question": house.questions[1].key})
    assert (refused.status_code, "answers “How do we furnish" in refused.content.decode()) == (409, True)
    assert client.post("/found/questions", {"text": "Do you deliver?"}, follow=True).status_code == 200
    assert Question.objects.filter(text="Do you deliver?").exists()
    assert client.post("/found/questions", {"text": ""}).status_code in (400, 422)
    place = Place.objects.get()
    client.post(f"/found/places/{place.key}/off")
    assert Place.objects.get().gone_at is not None
    client.force_login(cast["ruth"])
    assert client.get("/found/people.csv?question=none").status_code == 200
