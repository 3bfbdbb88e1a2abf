"""The board of duties and the load: what is wrong is said, who drowns comes first, what moves comes back."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.agreements.actions import propose
from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES
from songsheet.agreements.models import Version
from songsheet.agreements.tests.signers import signed, with_owen
from songsheet.buyers.models import Person
from songsheet.clocks.models import Clock
from songsheet.deals.actions import open_deal
from songsheet.deals.adopt import DealRow
from songsheet.deals.models import Deal
from songsheet.desk.duties.propose import propose_owner
from songsheet.desk.duties.read import board, words_of
from songsheet.desk.load.moving import could_move
from songsheet.desk.load.read import loads
from songsheet.journal.check import run
from songsheet.leads.actions import give_lead, lead_came, take_lead
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import join_team
from songsheet.team.hours.actions import enter_leave
from songsheet.team.models import Member
from songsheet.team.queries import house, now


def agreed(cast: dict[str, Any], duties: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    """These duties are signed by both sides; everybody acting."""
    team = with_owen(cast, at)
    cost = {"open_lead": 20, "open_deal": 45, "clock": 5}
    body = {"duties": duties, "cost": cost}
    signed(propose("responsibilities", by=team["tom"], at=at, body=body), team, at)
    return team


def duty(name: str, side: str = "sales", owner: Any = None, deputy: Any = None, minutes: int = 0) -> Any:
    """One duty as a body has it."""
    keys = {"owner": owner.key if owner else "", "deputy": deputy.key if deputy else ""}
    return {"name": name, "side": side, **keys, "minutes_a_week": minutes}


def test_the_board_says_what_nobody_does_and_what_is_there_twice(
    client: Any, cast: dict[str, Any], at: datetime, django_assert_max_num_queries: Any
) -> None:
    at = now()
    starter = board(house(), at)
    assert (starter.is_in_force, starter.orphaned, starter.double) == (False, 26, 0)
    gone = Member.objects.create(name="Gone", role="guide", state="left")
    team = agreed(
        cast,
        [
            duty("Solving customers' issues", owner=cast["priya"], deputy=cast["diane"]),
            duty("Solving the issues of customers", "marketing", owner=cast["tom"]),
            duty("Cold calling", owner=gone),
            duty("Website", "marketing"),
            duty("Networking", owner=cast["amara"]),
            duty("Awareness", "marketing", owner=cast["ines"]),
        ],
        at,
    )
    for name in ("priya", "amara"):
        today = at.date()
        enter_leave(cast[name].key, from_on=today, until_on=today + timedelta(days=3), by=team["ruth"], at=at)
    propose_owner("awareness", owner=cast["tom"].key, deputy="", by=team["tom"], at=at)
    found = {row.duty.name: row for row in board(house(), at).rows}
    assert "stands in" in found["Solving customers' issues"].note
    assert "of marketing" in found["Solving customers' issues"].double[0]
    assert "works here no more" in found["Cold calling"].orphaned
    assert found["Website"].orphaned == "Nobody owns it"
    assert "nobody stands in" in found["Networking"].orphaned
    assert "gives it to Tom" in found["Awareness"].double[0]
    assert words_of("Forecasting, of the leads") == {"forecasting", "lead"}

    client.force_login(cast["tom"])
    client.get("/duties")
    with django_assert_max_num_queries(10):
        page = client.get("/duties?only=orphaned").content.decode()
    assert ("Website" in page, "Solving the issues" in page) == (True, False)
    assert "Cold calling" in client.get("/duties/change?duty=cold+calling").content.decode()
    asked = {"duty": "Cold calling", "owner": cast["diane"].key, "deputy": cast["priya"].key, "minutes": "60"}
    answer = client.post("/duties/change", asked)
    draft = Version.objects.filter(
        state="draft", agreement__kind="responsibilities", written_by=cast["tom"]
    ).get()
    assert answer.headers["Location"] == f"/agreements/versions/{draft.key}/table"
    duties = {one["name"]: one for one in draft.body["duties"]}
    assert duties["Cold calling"]["owner"] == cast["diane"].key  # beside what was proposed before
    assert duties["Awareness"]["owner"] == cast["tom"].key
    refused = client.post("/duties/change", {**asked, "deputy": cast["diane"].key})
    assert (refused.status_code, "two people" in refused.content.decode()) == (422, True)
    assert client.post("/duties/change", {**asked, "duty": "Rain"}).status_code == 404


def counted(at: datetime) -> dict[str, int]:
    """The minutes of everybody, one by one."""
    agreed_now = RESPONSIBILITIES.body.model_validate(Version.objects.get(state="in_force").body)
    found = {}
    for member in Member.objects.filter(state="active"):
        leads = [
            one
            for one in Lead.objects.filter(owner=member, gone_at=None)
            if one.state in OPEN_STATES and not one.at_rest
        ]
        deals = [one for one in Deal.objects.filter(owner=member, gone_at=None) if one.state == "open"]
        clocks = [one for one in Clock.objects.filter(member=member) if one.state == "running"]
        theirs = sum(one.minutes_a_week for one in agreed_now.duties if one.owner == member.key)
        found[member.key] = theirs + 20 * len(leads) + 45 * len(deals) + 5 * len(clocks)
    return found


def test_who_drowns_comes_first_and_what_moves_comes_back(
    client: Any, cast: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    at = now()
    system = as_system("tests")
    eleanor = join_team(
        name="Eleanor Fitch", email="e@aldermoor.example", role="guide", languages="en, de", by=system, at=at
    )
    klaus = join_team(
        name="Klaus Brand", email="k@aldermoor.example", role="guide", languages="de", by=system, at=at
    )
    priya, diane = as_member(cast["priya"]), as_member(cast["diane"])
    Member.objects.filter(id=cast["priya"].id).update(minutes_a_week=400)
    duties = [
        duty("Cold calling", owner=cast["priya"], deputy=cast["diane"], minutes=100),
        duty("Networking", owner=cast["priya"], deputy=cast["amara"], minutes=0),
    ]
    team = agreed(cast, duties, at)
    for n in range(18):
        person = Person.objects.create(name=f"Buyer {n}", language="en", met_at=at)
        lead = lead_came(LeadRow(person=(person.id, person.key)), by=system, at=at)
        give_lead(lead.key, cast["priya"], by=diane, at=at)
        if n < 2:
            take_lead(lead.key, by=priya, at=at)
        if n == 0:
            row = DealRow(
                lead=(lead.id, lead.key),
                person=(person.id, person.key),
                name="Chairs",
                next_step="Call",
                next_step_on=at.date(),
            )
            open_deal(lead.key, row, by=priya, at=at)
    found = loads(house(), at)
    assert {one.member.key: one.minutes for one in found.every} == counted(at)
    assert found.every[0].member == cast["priya"]
    assert [one.member.name for one in found.drowning] == ["Priya Raman"]
    moves = could_move(found, at)
    assert [(one.duty.name, one.taker.member) for one in moves.duties] == [("Cold calling", cast["diane"])]
    (move,) = moves.leads
    assert move.taker.member == eleanor  # Klaus speaks no English
    assert all(lead.state == "offered" for lead in move.leads)
    over = found.every[0].over - 100
    assert over <= move.minutes < over + 25

    answer = client.get("/api/v1/load", headers={"Authorization": "nobody"})
    assert answer.status_code == 401
    client.force_login(cast["priya"])
    assert (
        "Move" not in client.get("/load").content.decode().split("What could move", 1)[1].split("</aside>")[0]
    )
    client.force_login(cast["diane"])
    told = client.get("/api/v1/load").json()
    assert told["members"][0]["minutes"] == counted(at)[cast["priya"].key]
    assert told["could_move"][0]["leads"] == [lead.key for lead in move.leads]
    client.get("/load")
    with django_assert_max_num_queries(12):
        page = client.get("/load").content.decode()
    assert f"Move {len(move.leads)} leads" in page
    assert "Buyer 3" in client.get(f"/load/{cast['priya'].key}").content.decode()
    assert client.get(f"/load/{klaus.key}").status_code == 200
    assert client.get("/load/member_rain").status_code == 404

    client.post("/load/move", {"keys": move.keys, "to": eleanor.key})
    assert Lead.objects.filter(owner=eleanor).count() == len(move.leads)
    assert could_move(loads(house(), now()), now()).leads == []
    undo = client.get("/load").content.decode().split("/undo")[0].rsplit('"', 1)[1] + "/undo"
    client.post(undo)
    assert Lead.objects.filter(owner=eleanor).count() == 0
    assert {one.member.key: one.minutes for one in loads(house(), now()).every} == counted(now())
    assert [one.sentence for one in run(full=True, only=["I1", "I2"])] == []
    assert team["owen"].member
