"""Sales says what a lead or a campaign is worth; marketing answers; what was answered comes back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songsheet.base.refusals import Stale
from songsheet.clocks.alert_actions import tell_what_is_due
from songsheet.clocks.models import Clock
from songsheet.clocks.tests.test_list_clocks import must_use
from songsheet.config.tests.test_api import caller_of
from songsheet.desk.tests.test_handing import client_of
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, undo_change
from songsheet.handoffs.actions import accept, return_lead, take_back_return
from songsheet.handoffs.answer_actions import answer_return, take_back_dispute
from songsheet.handoffs.errors import AnswerNeeds, NotYours
from songsheet.handoffs.tests.test_return_leads import sound
from songsheet.handoffs.verdicts.actions import (
    answer_verdict,
    give_verdict,
    take_back_verdict,
    take_back_verdict_answer,
)
from songsheet.handoffs.verdicts.errors import NotAVerdict, NothingAsked
from songsheet.handoffs.verdicts.events import VerdictAnswered, VerdictGiven
from songsheet.handoffs.verdicts.listing import VERDICTS
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.actions import give_lead, lead_came, put_back
from songsheet.leads.adopt import LeadRow
from songsheet.leads.events import LeadTaken
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person
from songsheet.notices.queries import notices_of
from songsheet.notices.reactions import READER
from songsheet.notices.shown import shown
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.touches.adopt import CampaignRow, adopt_campaigns


@pytest.fixture
def team(cast: dict[str, Any]) -> dict[str, Acting]:
    return {name: as_member(member) for name, member in cast.items()}


@pytest.fixture
def offered(cast: dict[str, Any], team: dict[str, Acting], at: datetime) -> Lead:
    lead = lead_came(LeadRow(person=person(at), wants="A chair"), by=as_system("tests"), at=at)
    return give_lead(lead.key, cast["priya"], by=team["diane"], at=at)


def owed(lead: Lead) -> list[tuple[str, Any]]:
    found = Clock.objects.filter(about=lead.key, kind="verdict", state="running")
    return [(one.member.name, one.minutes) for one in found.select_related("member") if one.member]


def told(member: Any) -> list[tuple[str, str]]:
    catch_up(READER)
    unread = notices_of(member).filter(read_at=None)
    return [(one.says, one.words) for one in shown(list(unread))]


def test_who_accepts_owes_a_verdict_and_an_answer_comes_back(
    team: dict[str, Acting],
    offered: Lead,
    at: datetime,
) -> None:
    catch_up(READER)
    lead = accept(offered.key, by=team["priya"], at=at)
    assert owed(lead) == [("Priya Raman", 5 * 480)]
    assert assert_recorded(LeadTaken, lead=lead.key).event.verdict_due_at
    with pytest.raises(NotYours):
        give_verdict(lead.key, "good", by=team["tom"], at=at)
    with pytest.raises(NotYours) as refused:
        give_verdict(lead.key, "good", by=team["ines"], at=at)
    with pytest.raises(NotAVerdict):
        give_verdict(lead.key, "helps", by=team["priya"], at=at)
    one = give_verdict(lead.key, "good", by=team["priya"], at=at)
    assert (one.state, one.owes, owed(lead)) == ("given", None, [])
    assert assert_recorded(VerdictGiven, lead=lead.key).event.in_time is True
    with pytest.raises(Stale):
        give_verdict(lead.key, "misinformed", by=team["priya"], at=at, version=7)
    words = "They thought that delivery is free."
    one = give_verdict(lead.key, "misinformed", by=team["priya"], at=at, words=words, version=1)
    assert (one.state, one.owes, one.version) == ("owed", team["tom"].member, 2)
    assert told(team["tom"])[0][0].startswith("Priya Raman gave a verdict: you owe the answer")
    with pytest.raises(AnswerNeeds):
        answer_verdict(one.key, " ", by=team["tom"], at=at)
    with pytest.raises(NotYours):
        answer_verdict(one.key, "x", by=team["priya"], at=at)
    answer_verdict(one.key, "The form says what delivery costs.", by=team["tom"], at=at)
    assert_recorded(VerdictAnswered, asked=team["priya"].member.key)  # type: ignore[union-attr]
    assert "The form says what delivery costs." in told(team["priya"])[0][1]
    assert told(team["tom"]) == []
    assert sound() == []
    assert "has this lead" in refused.value.sentence
    with pytest.raises(NothingAsked):
        take_back_verdict(one.key, by=team["priya"], at=at)
    take_back_verdict_answer(one.key, by=team["tom"], at=at)
    assert not any("verdict" in says for says, _ in told(team["priya"]))
    answer_verdict(one.key, "It says so now.", by=team["tom"], at=at)
    give_verdict(lead.key, "good", by=team["priya"], at=at + timedelta(days=9))
    assert [one.state for one in Verdict.objects.order_by("id")] == ["answered", "given"]
    assert sound() == []


def test_a_verdict_taken_back_is_owed_again_and_goes_where_the_lead_goes(
    team: dict[str, Acting],
    offered: Lead,
    cast: dict[str, Any],
    at: datetime,
) -> None:
    lead = accept(offered.key, by=team["priya"], at=at)
    one = give_verdict(lead.key, "too_early", by=team["priya"], at=at)
    take_back_verdict(one.key, by=team["priya"], at=at)
    assert (len(owed(lead)), Clock.objects.filter(kind="verdict_answer", state="running").count()) == (1, 0)
    back = return_lead(lead.key, "no_need", by=team["priya"], at=at)
    assert owed(lead) == []
    take_back_return(back.key, by=team["priya"], at=at)
    assert (len(owed(lead)), sound()) == (1, [])
    wanted = Wanted("end", "released", "No")
    ended = change_many("leads", Chosen((lead.key,)), wanted, by=team["priya"], at=at)
    assert owed(lead) == []
    undo_change(ended.key, by=team["priya"], at=at)
    assert (len(owed(lead)), sound()) == (1, [])
    give_lead(lead.key, cast["diane"], by=team["amara"], at=at)
    assert (owed(lead), sound()) == ([], [])
    put_back(lead.key, by=team["amara"], at=at)
    assert owed(lead) == [("Priya Raman", 5 * 480)]
    later = at + timedelta(days=20)
    tell_what_is_due(by=as_system("clocks"), at=later)
    assert any("was not kept in time" in says for says, _ in told(team["priya"]))
    late = give_verdict(lead.key, "good", by=team["priya"], at=later)
    assert recorded(VerdictGiven, verdict_key=late.key)[-1].event.in_time is False
    told(team["priya"])
    over = notices_of(team["priya"]).filter(read_at=None, cause="clock_over")
    assert [one.about for one in over] == [lead.key]
    assert sound() == []


def test_anybody_of_sales_judges_a_campaign(team: dict[str, Acting], at: datetime) -> None:
    (made,) = adopt_campaigns([CampaignRow(name="Webinar March")], by=as_system("tests"), at=at)
    assert made.ref
    with pytest.raises(NotAVerdict):
        give_verdict(made.ref[1], "good", by=team["priya"], at=at)
    one = give_verdict(made.ref[1], "misleads", by=team["priya"], at=at)
    give_verdict(made.ref[1], "helps", by=team["diane"], at=at)
    assert (one.state, one.about, Verdict.objects.count()) == ("owed", made.ref[1], 2)
    answer_verdict(one.key, "We say whom it is for.", by=team["ruth"], at=at)
    assert sound() == []


def test_verdicts_on_screen_and_over_the_api(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    (made,) = adopt_campaigns([CampaignRow(name="Webinar March")], by=as_system("tests"), at=at)
    assert made.ref
    lead = accept(offered.key, by=team["priya"], at=at)
    guide, marketing = client_of(cast["priya"]), client_of(cast["tom"])
    buyer = f"/buyers/{lead.person.key}"
    page = guide.get(buyer).content.decode()
    assert ("Wrong person" in page, f"/verdicts/on/{lead.key}" in page) == (True, True)
    assert "Wrong person" not in marketing.get(buyer).content.decode()
    done = guide.post(f"/verdicts/on/{lead.key}", {"says": "misinformed", "next": buyer})
    assert (done.status_code, done["Location"]) == (302, buyer)
    assert "In a sentence" in guide.get(f"/verdicts/on/{lead.key}").content.decode()
    words = "They want a table."
    guide.post(f"/verdicts/on/{lead.key}", {"says": "misinformed", "words": words})
    one = Verdict.objects.get()
    for path in ("/", "/verdicts", f"/handoffs/{lead.key}"):
        with CaptureQueriesContext(connection) as asked:
            assert words in marketing.get(path).content.decode(), path
        known = ("set local", "SAVEPOINT", "RELEASE SAVEPOINT")
        plain = [one["sql"] for one in asked if not one["sql"].startswith(known)]
        mine = ("django_session", 'FROM "team_member" WHERE "team_member"."id"')
        ours = [sql for sql in plain if not any(word in sql for word in mine)]
        assert len(ours) <= 10, "\n".join(sql[:20] + sql[-150:] for sql in ours)
    assert marketing.get(f"/verdicts/{one.key}/answer").status_code == 200
    assert guide.post(f"/verdicts/{one.key}/answer", {"words": "x"}).status_code == 403
    assert marketing.post(f"/verdicts/{one.key}/answer", {"words": "The form asks now."}).status_code == 302
    assert "The form asks now." in guide.get("/").content.decode()
    assert "The form asks now." in guide.get(buyer).content.decode()
    assert marketing.post(f"/verdicts/{one.key}/undo").status_code == 302
    campaign = f"/campaigns/{made.ref[1]}"
    assert "Misleads" in guide.get(campaign).content.decode()
    assert guide.post(f"/verdicts/on/{made.ref[1]}", {"says": "helps"})["Location"] == campaign
    assert f"/verdicts?campaign={made.ref[1]}&amp;says=helps" in marketing.get(campaign).content.decode()
    call, told_by = caller_of(cast["priya"], at), caller_of(cast["tom"], at)
    again = call("post", "/verdicts", {"about": lead.key, "says": "too_early", "words": "In May."})
    assert (again.status_code, again.json()["owes"], again.json()["version"]) == (201, cast["tom"].key, 5)
    listed = told_by("get", f"/verdicts?owes={cast['tom'].key}").json()["items"]
    assert [(row["says"], row["words"]) for row in listed] == [("too_early", "In May.")]
    answered = told_by("post", f"/verdicts/{one.key}/answer", {"words": "Not before May.", "version": 5})
    assert answered.json()["state"] == "answered"
    assert told_by("post", f"/verdicts/{one.key}/answer", {"words": "x"}).status_code == 409
    assert told_by("post", f"/verdicts/{one.key}/undo").json()["state"] == "owed"
    assert call("get", f"/verdicts/{one.key}").json()["says"] == "too_early"
    assert call("post", f"/verdicts/{one.key}/undo").status_code == 200
    assert call("get", f"/verdicts/{one.key}").status_code == 404
    assert sound() == []


def test_returns_by_campaign_with_answers_and_a_dispute_taken_back(
    cast: dict[str, Any], team: dict[str, Acting], at: datetime
) -> None:
    marketing = client_of(cast["tom"])
    assert "Nothing came back yet" in marketing.get("/returns/campaigns").content.decode()
    (made,) = adopt_campaigns([CampaignRow(name="Webinar March")], by=as_system("tests"), at=at)
    assert made.ref
    row = LeadRow(person=person(at), campaign=made.ref, wants="A quiet {chair}. ", tier="hot")
    lead = lead_came(row, by=as_system("tests"), at=at)
    give_lead(lead.key, cast["priya"], by=team["diane"], at=at)
    brief = client_of(cast["priya"]).get(f"/handoffs/{lead.key}").content.decode()
    assert "you wrote “A quiet {chair}”. I am Priya Raman. When today" in brief
    accept(lead.key, by=team["priya"], at=at)
    give_verdict(lead.key, "wrong_person", by=team["priya"], at=at)
    back = return_lead(lead.key, "no_need", by=team["priya"], at=at)
    answer_return(back.key, "disputed", "They do need it.", by=team["tom"], at=at)
    with pytest.raises(NotYours):
        take_back_dispute(back.key, by=team["ruth"], at=at)
    assert caller_of(cast["tom"], at)("post", f"/returns/{back.key}/undo").json()["state"] == "owed"
    assert sound() == []
    answer_return(back.key, "agreed", "", changes="We ask first.", by=team["tom"], at=at)
    page = marketing.get("/returns/campaigns").content.decode()
    for shown_ in (
        f"/returns?campaign={made.ref[1]}&amp;reason=no_need",
        "We ask first.",
        "says=wrong_person",
    ):
        assert shown_ in page
    assert "/returns/campaigns" in marketing.get("/returns").content.decode()


@pytest.mark.parametrize("sort", VERDICTS.sorts, ids=lambda sort: sort.name)
def test_each_sort_is_served_by_the_index_it_names(sort: Any, cast: dict[str, Any]) -> None:
    must_use(sort.index, VERDICTS.base(as_member(cast["ruth"])).order_by(*sort.fields)[:50])
