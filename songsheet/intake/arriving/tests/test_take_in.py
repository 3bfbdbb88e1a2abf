"""What arrives becomes hits, touches, enquiries; what cannot be taken is held back, and nothing else."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from songsheet.buyers.actions import meet_person
from songsheet.buyers.adopt import PersonRow
from songsheet.buyers.events import ConsentChanged, PersonMet
from songsheet.buyers.models import Mail, Person
from songsheet.desk.story import story_for
from songsheet.intake.arriving.actions import take_in
from songsheet.intake.arriving.tests.sending import browse, click, send
from songsheet.intake.models import Count, HeldBack, Hit, Inbox, Link, Raw, Recognised, Seen, Site
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.acting import as_system
from songsheet.team.queries import now
from songsheet.touches.actions import enter_campaign
from songsheet.touches.adopt import CampaignRow
from songsheet.touches.events import TouchMade
from songsheet.touches.models import Touch

pytestmark = pytest.mark.django_db
US = as_system("tests")


@pytest.fixture
def today(cast: dict[str, Any]) -> datetime:
    """What time it is for the database: events come by its clock."""
    return now()


@pytest.fixture
def site(today: datetime) -> Site:
    origins = ["https://farm.example"]
    return Site.objects.create(name="Farm", origins=origins, mode="stitched", made_at=today)


def anna(today: datetime) -> Person:
    return meet_person(PersonRow(name="Anna Berg", mails=("anna@berg.example",)), by=US, at=today)


def page(path: str, **more: Any) -> dict[str, Any]:
    where = {"url": f"https://farm.example{path}?who=anna@berg.example", "title": path.strip("/").title()}
    return {"id": uuid4().hex, "page": where, **more}


def test_events_become_touches_of_people_who_are_known_or_met(today: datetime, cast: dict[str, Any]) -> None:
    known = anna(today)
    campaign = enter_campaign(CampaignRow(name="Spring fair"), by=US, at=today)
    yesterday = today - timedelta(days=1)
    key = "key_00000000000000000000000001"
    send(
        {"id": "1", "type": "webinar", "person": {"mail": "ANNA@berg.example", "name": "Overwritten"},
         "at": yesterday.isoformat(), "subject": "Hops", "seconds": 1800, "campaign": "spring FAIR"},
        {"id": "2", "type": "call", "direction": "out", "member": cast["priya"].email,
         "person": {"phone": "+44 117 496 0142", "name": "Ben Low", "company": "Low Ltd"}},
        {"id": "3", "type": "download", "person": {"mail": "cy@pear.example", "name": "Cy"},
         "page": {"url": "https://farm.example/list.pdf"}, "at": (today + timedelta(minutes=5)).isoformat(),
         "consents": [{"purpose": "mail", "granted": True, "wording": "w1"}]},
        {"id": "4", "type": "mail", "person": {"mail": "cy@pear.example", "name": "Other"}},
        by=key,
    )  # fmt: skip

    assert take_in(at=today) == 4

    first, call, download, mail = Touch.objects.order_by("id")
    assert (first.person, first.at, first.campaign, first.seconds) == (known, yesterday, campaign, 1800)
    known.refresh_from_db()
    assert known.name == "Anna Berg"
    assert (call.member, call.person and call.person.name) == (cast["priya"], "Ben Low")
    assert call.person
    assert call.person.company
    assert call.person.company.name == "Low Ltd"
    assert download.subject == "farm.example/list.pdf"
    assert download.at <= now(), "what is to come has not happened"
    assert download.person == mail.person
    assert download.person
    assert (download.person.name, download.person.company and download.person.company.domain) == (
        "Cy", "pear.example",
    )  # fmt: skip
    assert_recorded(TouchMade, touch=first.key, actor=key)
    assert_recorded(PersonMet, person=download.person.key)
    assert_recorded(ConsentChanged, person=download.person.key, purpose="mail", answer="agreed")
    assert not Inbox.objects.exists()
    assert {(raw.became, raw.person_id) for raw in Raw.objects.all()} == {
        ("touch", known.pk), ("touch", call.person.pk), ("touch", download.person.pk),
    }  # fmt: skip


def test_what_cannot_be_taken_is_held_back_alone_and_may_come_again(today: datetime) -> None:
    anna(today)
    mail = {"mail": "anna@berg.example"}
    bad: list[dict[str, Any]] = [
        {"type": "call", "person": mail, "member": "nobody@x.example"},
        {"type": "form", "person": mail, "campaign": "Unheard of"},
        {"type": "form", "person": {"mail": "not an address"}},
        {"type": "form", "person": {"phone": "+44 117 496 0142"}},
        {"type": "form", "person": {"key": "person_00000000000000000000000001"}},
        {"type": "form"},
        {"type": "known", "person": mail},
        {"type": "enquiry", "person": mail},
        {"type": "enquiry", "person": mail, "text": "Price?", "source": "Unheard of"},
    ]
    events = [{"id": f"bad {nth}", **one} for nth, one in enumerate(bad)]
    send(*events, {"id": "good", "type": "form", "person": mail})

    assert take_in(at=today) == 10

    assert Touch.objects.get().kind == "form"
    held = list(HeldBack.objects.order_by("id"))
    assert sorted(one.field for one in held) == sorted([
        "member", "campaign", "person.mail", "person", "person.key", "person", "visitor", "text", "source",
    ])  # fmt: skip
    assert len(held) == 9
    assert all("Unheard" in one.body for one in held if one.field in ("campaign", "source"))
    assert (Raw.objects.count(), Inbox.objects.count(), Seen.objects.count()) == (1, 0, 10)
    assert all(Seen.objects.filter(hash=one.mark).exists() for one in held)
    assert send(*events, {"id": "good", "type": "form", "person": mail}) == [False] * 10


def test_one_that_breaks_while_it_is_taken_stands_alone(today: datetime) -> None:
    anna(today)
    mail = {"mail": "anna@berg.example"}
    send(*[{"id": str(nth), "type": "form", "person": mail} for nth in range(9)])
    Inbox.objects.filter(body__contains='"id":"5"').update(body='{"event":{"id":"5","type":"form","nope":1}}')
    send({"id": "ask", "type": "enquiry", "person": mail, "text": "Do you deliver hops to Bath?"})
    assert take_in(at=today) == 10
    assert Touch.objects.count() == 8
    assert HeldBack.objects.get().field == "nope"
    assert Enquiry.objects.get().text.startswith("Do you deliver")


def test_an_enquiry_is_sorted_with_its_source_and_makes_a_lead(today: datetime) -> None:
    send({
        "id": "1", "type": "enquiry", "person": {"mail": "dee@oak.example", "name": "Dee"},
        "text": "Please send an offer for 40 tons.", "utm": {"source": "google", "medium": "cpc"},
    })  # fmt: skip
    take_in(at=today)
    one = Enquiry.objects.get()
    assert (one.person.name, one.source and one.source.name) == ("Dee", "Paid search")
    assert one.lead is not None
    assert one.lead.source == one.source


def test_a_visitor_is_nobody_until_a_form_and_never_before_it(today: datetime, site: Site) -> None:
    visitor = str(uuid4())
    hours = [(today - timedelta(hours=n)).isoformat() for n in range(6)]
    browse(page("/hops", visitor=visitor, at=hours[5]), page("/malt", at=hours[5]), feed=site.key)
    take_in(at=today)
    assert not Touch.objects.exists()
    assert Count.objects.get().address == "farm.example/malt"
    assert Hit.objects.get().address == "farm.example/hops", "a query is not kept"

    send(
        {
            "id": "f",
            "type": "form",
            "visitor": visitor,
            "person": {"mail": "anna@berg.example"},
            "at": hours[3],
        }
    )
    browse(
        page("/price", visitor=visitor, at=hours[2]),
        page("/offer", visitor=visitor, at=(today - timedelta(minutes=110)).isoformat()),
        page("/last", visitor=visitor, at=hours[0]),
        feed=site.key,
    )
    take_in(at=today)
    person = Mail.objects.get(address="anna@berg.example").person
    first, second = Touch.objects.filter(kind="visit").order_by("at")
    assert (first.subject, second.subject, first.person) == ("Price", "Last", person)
    assert Hit.objects.filter(touch_key=first.key).count() == 2
    assert Hit.objects.get(address="farm.example/hops").person is None
    assert Raw.objects.filter(person_id=person.pk).count() == 4

    lines = [line.sentence for line in story_for(US, person.key).lines]
    assert f"{person} looked at Price and Offer (10 min)" in lines

    browse(page("/early", visitor=visitor, at=(today - timedelta(minutes=125)).isoformat()), feed=site.key)
    take_in(at=today)
    told = Touch.objects.filter(kind="visit", gone_at=None).order_by("at")
    assert [one.subject for one in told] == ["Early", "Last"], "what comes late moves the beginning"
    assert Hit.objects.filter(touch_key=told[0].key).count() == 3


def test_two_people_on_one_device_stay_two(today: datetime, site: Site) -> None:
    visitor = str(uuid4())
    times = [(today - timedelta(minutes=10 * n)).isoformat() for n in range(6)]
    for nth, who in ((5, "anna"), (3, "ben")):
        form = {"id": who, "type": "form", "visitor": visitor, "at": times[nth]}
        send({**form, "person": {"mail": f"{who}@berg.example", "name": who}})
    browse(*[page(f"/{n}", visitor=visitor, at=times[n]) for n in (4, 2, 1)], feed=site.key)
    take_in(at=today)
    visits = {one.person.name: one for one in Touch.objects.filter(kind="visit") if one.person}
    assert {name: Hit.objects.filter(touch_key=one.key).count() for name, one in visits.items()} == {
        "anna": 1, "ben": 2,
    }  # fmt: skip
    assert Recognised.objects.filter(until=None).get().person.name == "ben"


def test_a_personal_link_tells_who_came_once_and_soon(today: datetime, site: Site) -> None:
    person = anna(today)
    link = Link.objects.create(
        token="anna", name="Offer", target="https://farm.example/offer", person=person, made_at=today
    )
    early, visitor, other = "early", str(uuid4()), str(uuid4())
    browse(page("/offer", visitor=visitor, link=early), feed=site.key)
    take_in(at=today)
    click(link.key, early)
    take_in(at=today)
    assert Touch.objects.get().person == person, "whichever is taken in first"
    browse(page("/offer", visitor=other, link=early), feed=site.key)
    take_in(at=today)
    assert Recognised.objects.get().how == "link", "a link handed on tells nothing"

    send({"id": "f", "type": "form", "visitor": other, "person": {"mail": "ben@low.example"}})
    click(link.key, "second")
    browse(page("/offer", visitor=other, link="second"), feed=site.key)
    take_in(at=today)
    standing = Recognised.objects.get(visitor__token=other, until=None)
    assert standing.how == "form", "a form outranks a link"


def test_no_machine_makes_a_visit(today: datetime, site: Site) -> None:
    person = anna(today)
    visitor = str(uuid4())
    send({"id": "f", "type": "known", "visitor": visitor, "person": {"key": person.key}})
    robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    browse(page("/hops", visitor=visitor), page("/malt"), feed=site.key, agent=robot)
    browse(page("/hops", visitor=visitor), feed=site.key, prefetch=True)
    take_in(at=today)
    assert not recorded(TouchMade)
    assert [one.made_by for one in Hit.objects.all()] == ["machine", "machine"]
    assert (Count.objects.get().machine, Count.objects.get().human) == (1, 0)
