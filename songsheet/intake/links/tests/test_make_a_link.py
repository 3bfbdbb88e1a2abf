"""Links are made, lead to public pages alone, say where their visitors come from, and end."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from songsheet.base.refusals import NotAllowed, NotFound, Stale
from songsheet.beside.tests.receiver import receiving
from songsheet.buyers.models import Person
from songsheet.doors.http import NotATarget
from songsheet.intake.links import actions
from songsheet.intake.links.checking_actions import check_link, due_for_a_look
from songsheet.intake.links.errors import EndsBeforeItBegins, NotATargetOfALink, NotInTheVocabulary
from songsheet.intake.links.events import LinkBroughtBack, LinkChanged, LinkMade, LinkWithdrawn
from songsheet.intake.links.listing import LINKS
from songsheet.intake.links.models import Link
from songsheet.intake.links.queries import answers, results_of, state_of
from songsheet.intake.links.targets import target_of
from songsheet.intake.links.tests.spellings import HONEST, HOSTILE
from songsheet.intake.visitors.models import Hit, Visitor
from songsheet.journal.testing import assert_recorded
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import Acting, as_member
from songsheet.touches.adopt import sources_named
from songsheet.touches.models import Campaign

TARGET = "https://www.brightwater.example/offer"


@pytest.fixture
def ruth(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def made(by: Acting, at: datetime, **given: Any) -> Link:
    return actions.make_link(**({"name": "Spring", "target": TARGET} | given), by=by, at=at)


def test_no_hostile_spelling_of_a_target_is_kept(settings: Any) -> None:
    settings.LOCAL_TARGETS = False
    assert len(set(HOSTILE)) > 200
    kept = []
    for spelling in HOSTILE:
        with suppress(NotATargetOfALink):
            kept.append((spelling, target_of(spelling)))
    assert kept == []


def test_honest_targets_are_kept_as_browsers_write_them(settings: Any) -> None:
    settings.LOCAL_TARGETS = False
    assert {typed: target_of(typed) for typed in HONEST} == HONEST
    own = settings.ENVIRONMENT.url
    settings.LOCAL_TARGETS = True
    with pytest.raises(NotATargetOfALink):
        target_of(f"{own}/l/abc")
    assert target_of(f"{own}/welcome") == f"{own}/welcome"


def test_a_link_is_made_with_the_words_that_are_agreed_on(ruth: Acting, at: datetime) -> None:
    sources_named(["Fairs", "Search advertising", "Webinars"])
    campaign = Campaign.objects.create(name="Spring Fair")
    link = made(ruth, at, source="fairs", campaign=campaign.key, utm={"medium": "QR code", "term": "Stand 4"})
    assert link.source is not None
    assert link.source.name == "Fairs"
    assert link.utm == {"source": "fairs", "medium": "QR code", "campaign": "Spring Fair", "term": "Stand 4"}
    assert len(link.token) == 22
    assert_recorded(LinkMade, link=link.key, source="Fairs", campaign=campaign.key, person=None)
    for given, near in (
        ({"source": "Fair"}, ["Fairs"]),
        ({"utm": {"source": "webinar"}}, ["Webinars"]),
        ({"utm": {"medium": "e-mial"}}, ["email"]),
        ({"source": "Moon"}, []),
    ):
        with pytest.raises(NotInTheVocabulary) as refused:
            made(ruth, at, **given)
        assert set(near) <= set(refused.value.extra["near"])
        assert all(one in refused.value.sentence for one in near)
    assert made(ruth, at, utm={"source": "linkedin", "medium": "paid-social"}).utm["source"] == "linkedin"
    assert Link.objects.count() == 2


def test_a_link_is_changed_withdrawn_and_brought_back(
    ruth: Acting, cast: dict[str, Any], at: datetime
) -> None:
    link = made(ruth, at, expires_at=at + timedelta(days=1))
    other = "https://www.brightwater.example/other"
    changed = actions.change_link(link.key, by=ruth, at=at, version=1, target=other, expires_at=None)
    assert (changed.target, changed.expires_at, changed.version) == (other, None, 2)
    assert_recorded(LinkChanged, link=link.key, version=2)
    with pytest.raises(Stale):
        actions.change_link(link.key, by=ruth, at=at, version=1, name="Other")
    actions.withdraw_link(link.key, by=ruth, at=at)
    assert_recorded(LinkWithdrawn, link=link.key)
    assert LINKS.page(ruth, {}).rows == []
    assert [one.key for one in LINKS.page(ruth, {"archived": "yes"}).rows] == [link.key]
    actions.bring_link_back(link.key, by=ruth, at=at)
    assert_recorded(LinkBroughtBack, link=link.key)
    link.refresh_from_db()
    assert state_of(link, at) == "live"
    with pytest.raises(EndsBeforeItBegins):
        actions.change_link(link.key, by=ruth, at=at, expires_at=at)
    with pytest.raises(NotAllowed):
        made(as_member(cast["priya"]), at)
    with pytest.raises(NotFound):
        actions.withdraw_link("link_x", by=ruth, at=at)


def test_what_came_by_a_link_is_told_with_humans_and_machines_apart(ruth: Acting, at: datetime) -> None:
    person = Person.objects.create(name="Ida", met_at=at)
    link, empty = made(ruth, at, person=person.key), made(ruth, at)
    visitor = Visitor.objects.create(token=uuid4(), first_at=at, last_at=at)
    for made_by, whose, who in (
        ("human", person, visitor),
        ("human", person, visitor),
        ("machine", None, None),
    ):
        Hit.objects.create(
            hash=UUID(int=Hit.objects.count()), door="click", what="click", at=at, received_at=at, link=link,
            made_by=made_by, person=whose, visitor=who,
        )  # fmt: skip
    for days in (-1, 1):
        Lead.objects.create(
            person=person, came_at=at + timedelta(days=days), queue=Queue.objects.get(), at_rest=True
        )
    came = results_of([link, empty])
    assert came[link.id] == type(came[link.id])(clicks=3, human=2, machine=1, visitors=1, people=1, leads=1)
    assert came[empty.id].clicks == 0
    row = next(one for one in LINKS.as_dicts(ruth, LINKS.page(ruth, {}).rows) if one["key"] == link.key)
    assert (row["clicks"], row["human"], row["leads"], row["person"]) == (3, 2, 1, person.key)


def test_the_page_behind_a_link_is_looked_at_once_a_day(ruth: Acting, at: datetime, settings: Any) -> None:
    settings.LOCAL_TARGETS = True
    with receiving() as there:
        link = made(ruth, at, target=there.url)
        assert due_for_a_look(at) == [link.key]
        looked = check_link(link.key, at)
    assert looked is not None
    assert looked.answered is not None
    assert due_for_a_look(at + timedelta(hours=1)) == []
    check_link(link.key, at + timedelta(days=1))  # nobody listens there any more
    link.refresh_from_db()
    assert link.answered is None
    assert link.check_said
    assert state_of(link, at) == "broken"
    settings.LOCAL_TARGETS = False
    check_link(link.key, at + timedelta(days=2))
    link.refresh_from_db()
    assert "private" in link.check_said
    assert answers(302)
    assert not answers(404)
    assert NotATarget.code == "not_a_target"


def test_who_came_by_a_link_for_all_is_known_by_the_page_behind_it(ruth: Acting, at: datetime) -> None:
    link, ida = made(ruth, at), Person.objects.create(name="Ida", met_at=at)
    for number, (made_by, person) in enumerate((("human", ida), ("human", None), ("machine", None))):
        visitor = Visitor.objects.create(token=uuid4(), first_at=at, last_at=at)
        click, loaded = UUID(int=100 + number), at + timedelta(seconds=1)
        Hit.objects.create(
            hash=click, door="click", what="click", at=at, received_at=at, link=link, made_by=made_by,
            loaded_at=loaded,
        )  # fmt: skip
        for later in (0, 60):  # the address is opened again: that is no other click
            Hit.objects.create(
                hash=UUID(int=200 + number * 100 + later), door="script", what="page", at=loaded,
                made_by=made_by, received_at=loaded + timedelta(seconds=later), came_by=click,
                visitor=visitor, person=person,
            )  # fmt: skip
    Lead.objects.create(person=ida, came_at=at + timedelta(days=1), queue=Queue.objects.get(), at_rest=True)
    came = results_of([link])[link.id]
    assert came == type(came)(clicks=3, human=2, machine=1, visitors=2, people=1, leads=1)
