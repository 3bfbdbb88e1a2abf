"""A buyer says how they heard of us; it stands beside what was recorded, and words get a meaning."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from songsheet.base.refusals import NotAllowed
from songsheet.buyers.merge_actions import PEOPLE, merge
from songsheet.buyers.models import Person
from songsheet.flows.erase_person import erase_person
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.heard.actions import HeardRow, heard_of_us, say_what_means, take_meaning_back
from songsheet.leads.heard.errors import NoSuchMeaning, NoSuchSourceOfWords, NothingSaid
from songsheet.leads.heard.events import HeardOfUs, WordsMean, WordsMeanNoMore
from songsheet.leads.heard.meaning import meant_by
from songsheet.leads.heard.models import Heard, Meaning
from songsheet.leads.heard.queries import in_other_words, leads_that_said, said_beside_recorded
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person
from songsheet.team.acting import as_member, as_system
from songsheet.touches.adopt import sources_named

SYSTEM = as_system("tests")
WORDS = {"referral": "Referral", "trade show": "Trade show", "organic search": "Organic search",
         "advertising": "Advertising"}  # fmt: skip


def _lead(someone: Any, source: str, at: datetime) -> Lead:
    named = (sources_named([source])[source], source) if source else None
    return lead_came(LeadRow(person=someone, source=named, came_at=at), by=SYSTEM, at=at)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Referral", "Referral"), ("a colleague", "Referral"), ("Empfehlung einer Kundin", "Referral"),
        ("Par bouche à oreille", "Referral"), ("I googled you. Google!", "Organic search"),
        ("trade shows", "Trade show"), ("Trade shwo", "Trade show"), ("Auf der Messe in Köln", "Trade show"),
        ("saw an ad", "Advertising"), ("I read it", ""), ("", ""), ("adorable desks", ""),
    ],
)  # fmt: skip
def test_words_mean_an_agreed_source_or_nothing(said: str, means: str) -> None:
    assert meant_by(said, WORDS, {}) == means


def test_what_a_member_said_goes_before_the_usual_words_and_the_longest_words_win() -> None:
    told = {"colleague": "Advertising", "colleague at the fair": "Trade show"}
    assert meant_by("a colleague", WORDS, told) == "Advertising"
    assert meant_by("my colleague at the fair", WORDS, told) == "Trade show"
    assert meant_by("Referral", WORDS, {"referral": "Advertising"}) == "Referral"


def test_an_answer_is_kept_as_it_was_said_with_what_it_means(cast: dict[str, Any], at: datetime) -> None:
    nora = person(at, "Nora")
    lead = _lead(nora, "Advertising", at)
    sources_named(["Referral"])
    one = heard_of_us(HeardRow(nora, "  a colleague,\n told me ", lead), by=SYSTEM, at=at)
    assert (one.said, one.source.name if one.source else "") == ("a colleague, told me", "Referral")
    recorded = assert_recorded(HeardOfUs, heard=one.key, person=nora[1], lead=lead.key, source="Referral")
    assert "colleague" not in str(recorded)
    with pytest.raises(NothingSaid):
        heard_of_us(HeardRow(nora, " \n "), by=SYSTEM, at=at)


def test_words_get_a_meaning_for_what_was_said_and_what_will_be(cast: dict[str, Any], at: datetime) -> None:
    nora, pia = person(at, "Nora"), person(at, "Pia")
    sources_named(["Referral", "Advertising"])
    heard_of_us(HeardRow(nora, "The van on the motorway"), by=SYSTEM, at=at)
    marketer = as_member(cast["tom"])
    assert [line[1:] for line in in_other_words(marketer)] == [("the van on the motorway", 1)]
    one = say_what_means("the van", "advertising", by=marketer, at=at)
    assert_recorded(WordsMean, meaning=one.key, source="Advertising", answers=1)
    assert heard_of_us(HeardRow(pia, "Your van!"), by=SYSTEM, at=at).source is None
    later = heard_of_us(HeardRow(pia, "saw the van"), by=SYSTEM, at=at)
    assert later.source is not None
    assert later.source.name == "Advertising"
    assert say_what_means("The van", "Advertising", by=marketer, at=at).pk == one.pk
    assert say_what_means("The van", "Referral", by=marketer, at=at).pk == one.pk
    assert set(Heard.objects.exclude(said="Your van!").values_list("source__name", flat=True)) == {"Referral"}
    take_meaning_back(one.key, by=marketer, at=at)
    assert_recorded(WordsMeanNoMore, meaning=one.key, answers=2)
    assert not Heard.objects.exclude(source=None).exists()
    with pytest.raises(NoSuchMeaning):
        take_meaning_back(one.key, by=marketer, at=at)
    with pytest.raises(NoSuchSourceOfWords):
        say_what_means("the van", "Nowhere", by=marketer, at=at)
    with pytest.raises(NotAllowed):
        say_what_means("the van", "Referral", by=as_member(cast["priya"]), at=at)


def _by_hand(since: datetime | None) -> Counter[tuple[str, str]]:
    """The same figures over plain rows, one lead after the other."""
    counted: Counter[tuple[str, str]] = Counter()
    roots = dict(Person.objects.values_list("id", "root_id"))
    whole = {one: root or one for one, root in roots.items()}
    answers = list(Heard.objects.select_related("source").order_by("person_id"))
    said: dict[int, list[Heard]] = {}
    for one in answers:
        said.setdefault(whole[one.person_id], []).append(one)
    for lead in Lead.objects.filter(gone_at=None).select_related("source"):
        if since and lead.came_at < since:
            continue
        theirs = said.get(whole[lead.person_id], [])
        own = [one for one in theirs if one.lead_id == lead.pk]
        loose = [one for one in theirs if one.lead_id is None]
        best = min(own or loose, key=lambda one: (abs(one.at - lead.came_at), -one.pk), default=None)
        recorded = lead.source.name if lead.source else "none"
        means = (best.source.name if best.source else "other") if best else "nothing"
        counted[recorded, means] += 1
    return counted


def test_said_beside_recorded_is_what_a_second_count_over_the_rows_finds(
    cast: dict[str, Any], at: datetime
) -> None:
    sources_named(["Referral", "Advertising", "Trade show", "Organic search"])
    people = [person(at, f"Buyer {n}") for n in range(12)]
    recorded, words = ["Advertising", "Organic search", "", "Trade show"], ["a friend", "the fair", "??", ""]
    for n, one in enumerate(people):
        lead = _lead(one, recorded[n % 4], at - timedelta(days=n * 9))
        if said := words[n % 3]:
            heard_of_us(HeardRow(one, said, lead if n % 2 else None), by=SYSTEM, at=at - timedelta(days=n))
        if n % 5 == 0:
            _lead(one, "Referral", at - timedelta(days=n * 9 + 2))
    heard_of_us(HeardRow(people[0], "Google"), by=SYSTEM, at=at)
    merge(PEOPLE, people[0][1], people[7][1], by=as_member(cast["priya"]), at=at)
    viewer = as_member(cast["tom"])
    for since in (None, at - timedelta(days=50)):
        found = said_beside_recorded(viewer, since)
        cells = {(row.recorded, meant): count for row in found.rows for meant, count in row.said.items()}
        cells |= {(row.recorded, "nothing"): row.nothing for row in found.rows if row.nothing}
        assert cells == dict(_by_hand(since))
    for name in ("Referral", "Organic search", "other", "none"):
        listed = leads_that_said(Lead.objects.filter(gone_at=None), name).count()
        mine = sum(count for (_, means), count in _by_hand(None).items()
                   if means == ("nothing" if name == "none" else name))  # fmt: skip
        assert listed == mine


def test_the_page_tells_both_and_each_number_opens_its_leads(client: Client, cast: dict[str, Any]) -> None:
    client.force_login(cast["tom"])
    empty = client.get("/sources/said").content.decode()
    assert "Nobody said yet" in empty
    at = datetime.fromisoformat("2026-05-04T09:00:00+00:00")
    nora = person(at, "Nora Lund")
    lead = _lead(nora, "Advertising", at)
    heard_of_us(HeardRow(nora, "my <b>aunt</b>", lead), by=SYSTEM, at=at)
    page = client.get("/sources/said").content.decode()
    assert "my &lt;b&gt;aunt" in page
    assert "/leads?source=Advertising&amp;said=other" in page
    assert "Nora Lund" in client.get("/leads?source=Advertising&said=other").content.decode()
    assert "Nora Lund" not in client.get("/leads?said=none").content.decode()
    assert client.post("/sources/said/means", {"words": "my aunt", "source": "?"}).status_code == 422
    said = client.post("/sources/said/means", {"words": "aunt", "source": "Advertising"}, follow=True)
    assert "mean Advertising" in said.content.decode()
    buyer = client.get(f"/buyers/{nora[1]}").content.decode()
    assert "They say" in buyer
    assert "my &lt;b&gt;aunt" in buyer
    one = Meaning.objects.get()
    client.post(f"/sources/said/means/{one.key}/back")
    assert Heard.objects.get().source is None


def test_erasing_takes_the_words_and_leaves_what_they_meant(cast: dict[str, Any], at: datetime) -> None:
    nora = person(at, "Nora Lund")
    sources_named(["Referral"])
    one = heard_of_us(HeardRow(nora, "a friend of Nora Lund"), by=SYSTEM, at=at)
    erase_person(nora[1], by=as_member(cast["ruth"]), at=at)
    one.refresh_from_db()
    assert (one.said, one.folded) == ("", "")
    assert one.source is not None
