"""What is behind a touch of the front doors; and what a link told goes once a machine turns out to be it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from songsheet.base import bulk
from songsheet.intake.arriving.actions import take_in
from songsheet.intake.arriving.tests.sending import browse, click, send
from songsheet.intake.arriving.tests.test_take_in import anna, page
from songsheet.intake.incoming.behind import behind, came_by_a_door, flat
from songsheet.intake.links.actions import change_link
from songsheet.intake.links.events import LinkChanged
from songsheet.intake.links.jobs import judge
from songsheet.intake.models import Hit, Link, Raw, Recognised, Site
from songsheet.intake.visitors.refresh import refresh_made
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import issue_key
from songsheet.team.queries import now
from songsheet.touches.models import Touch

pytestmark = pytest.mark.django_db
US = as_system("tests")


@pytest.fixture
def today(cast: dict[str, Any]) -> datetime:
    return now()


@pytest.fixture
def site(today: datetime) -> Site:
    return Site.objects.create(
        name="Farm", origins=["https://farm.example"], mode="stitched", made_at=today - timedelta(days=9)
    )


def _link(today: datetime, name: str = "Offer") -> Link:
    whose = anna(today) if not Link.objects.exists() else Link.objects.select_related("person")[0].person
    return Link.objects.create(
        token=name, name=name, target="https://farm.example/offer", person=whose, made_at=today
    )


def _came(link: Link, site: Site, visitor: str) -> None:
    click(link.key, "one")
    browse(page("/offer", visitor=visitor, link="one"), feed=site.key)
    take_in(at=now())


def test_a_visit_says_what_came_who_made_it_and_which_link_made_it_theirs(
    today: datetime, site: Site, cast: dict[str, Any], client: Client
) -> None:
    visitor = str(uuid4())
    _came(_link(today), site, visitor)
    touch = Touch.objects.get(kind="visit")
    found = behind(touch)
    (seen,) = [one for one in found.happened if one.what == "page"]
    assert (seen.made_by, seen.by_link.name) == ("human", "Offer")
    assert dict(seen.fields)["event.page.url"] == "https://farm.example/offer?who=…"
    assert found.theirs is not None
    assert (found.theirs.stretch.how, found.theirs.link.name) == ("link", "Offer")
    assert found.theirs.visitor.consented_at is not None
    assert came_by_a_door([touch]) == {touch.key}
    client.force_login(cast["priya"])
    story = client.get(f"/buyers/{touch.person.key if touch.person else ''}").content.decode()
    assert f"/touches/{touch.key}/behind" in story
    assert "/links/new?person=" not in story, "who sells makes no links"
    told = client.get(f"/touches/{touch.key}/behind").content.decode()
    assert "They came by a link of their own" in told
    assert "Taken for a human" in told
    assert "anna@berg.example" not in told
    bulk.execute("delete from intake_raw")
    assert "older, or was erased" in client.get(f"/touches/{touch.key}/behind").content.decode()
    assert client.get("/touches/touch_nothing/behind").status_code == 404


def test_an_event_says_which_key_brought_it_and_shows_no_secret(
    today: datetime, cast: dict[str, Any], client: Client
) -> None:
    key, _secret = issue_key(member=cast["tom"], scopes=["send"], label="Webinars", by=US, at=today)
    send({"id": "w", "type": "webinar", "person": {"mail": "a@b.example"}, "subject": "Hops",
          "page": {"url": "https://x.example/?token=abc&utm_source=fair"}}, by=key.key)  # fmt: skip
    take_in(at=now())
    touch = Touch.objects.get()
    assert came_by_a_door([touch, Touch(key="x", system="crm", external_id="9", kind="call")]) == {touch.key}
    client.force_login(cast["tom"])
    told = client.get(f"/touches/{touch.key}/behind").content.decode()
    assert "the key Webinars of Tom Lindqvist" in told
    assert "token=abc" not in told
    assert "utm_source=fair" in told
    assert "/links/new?person=" in client.get(f"/buyers/{touch.person.key}").content.decode()  # type: ignore[union-attr]
    assert flat({"a": {"api_token": "x", "n": [1, ""]}}) == [("a.api_token", "…"), ("a.n.0", "1")]


def test_what_a_link_told_goes_once_its_click_proves_a_machines(today: datetime, site: Site) -> None:
    visitor = str(uuid4())
    first = _link(today)
    _came(first, site, visitor)
    assert Recognised.objects.get().how == "link"
    assert Touch.objects.filter(kind="visit", gone_at=None).count() == 1
    for n in range(3):  # within the same seconds the same program opens all the others
        click(_link(today, f"other-{n}").key, f"c{n}")
    take_in(at=now())
    assert Hit.objects.get(link=first).made_by == "machine"
    assert not Recognised.objects.exists()
    assert not Touch.objects.filter(kind="visit", gone_at=None).exists()
    assert not Hit.objects.filter(what="page").exclude(person=None).exists()
    assert not Raw.objects.filter(door="script").exclude(person_id=None).exists()


def test_what_was_told_otherwise_stays(today: datetime, site: Site) -> None:
    visitor = str(uuid4())
    early = (today - timedelta(hours=1)).isoformat()
    send({"id": "e", "type": "known", "visitor": visitor, "at": early,
          "person": {"mail": "ben@low.example", "name": "Ben"}})  # fmt: skip
    link = _link(today)
    _came(link, site, visitor)
    Hit.objects.filter(link=link).update(method="HEAD")
    refresh_made()
    assert [one.how for one in Recognised.objects.filter(until=None)] == ["event"]
    assert refresh_made() == 0


def test_a_hidden_link_is_opened_by_machines_alone(
    today: datetime, site: Site, cast: dict[str, Any], client: Client
) -> None:
    link = _link(today)
    _came(link, site, str(uuid4()))
    client.force_login(cast["tom"])
    given = {"name": "Offer", "target": link.target, "version": link.version}
    assert "Stands where nobody looks" in client.get(f"/links/{link.key}/change").content.decode()
    assert client.post(f"/links/{link.key}/change", {**given, "is_hidden": "on"}).status_code == 302
    assert_recorded(LinkChanged, link=link.key, fields="is_hidden")
    judge(link.key)
    judge(link.key)
    assert Hit.objects.get(link=link).made_why == "opened a link that nobody sees"
    assert not Recognised.objects.exists()
    change_link(link.key, is_hidden=False, by=as_member(cast["tom"]), at=now())
    judge(link.key)
    assert Hit.objects.get(link=link).made_by == "human"
    assert Recognised.objects.get().how == "link", "and told again"
