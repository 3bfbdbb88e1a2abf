"""A buyer sees what we hold about them, and changes it, once a code has proven their address."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client

from songsheet.buyers.actions import meet_person, record_consent
from songsheet.buyers.adopt import PersonRow
from songsheet.buyers.events import ConsentChanged, ContactForbidden
from songsheet.buyers.models import Person
from songsheet.flows.events import PersonTakenOut
from songsheet.intake.privacy.actions import ask, prove, send_code
from songsheet.intake.privacy.code import code_of
from songsheet.intake.privacy.errors import AskedOften, AskIsOver, WrongCode
from songsheet.intake.privacy.events import ErasureAsked, HeldDataShown
from songsheet.intake.privacy.models import Ask
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.acting import as_system
from songsheet.team.queries import now

BY = as_system("tests")
MAIL = "suzanne.okafor@wharfside.example"


@pytest.fixture
def suzanne(cast: Any) -> Person:
    return meet_person(PersonRow(name="Suzanne Okafor", mails=(MAIL,)), by=BY, at=now())


def opened(client: Client) -> tuple[str, Ask]:
    """The page of somebody who has typed their code, and the request behind it."""
    answer = client.post("/privacy", {"mail": f" {MAIL.upper()}"})
    one = Ask.objects.latest("id")
    assert answer.status_code == 302
    assert answer["Location"] == f"/privacy/{one.key}"
    assert client.post(answer["Location"], {"code": code_of(one)}).status_code == 302
    return answer["Location"], one


@pytest.mark.django_db
def test_a_buyer_sees_and_changes_what_we_hold(suzanne: Person, client: Client) -> None:
    record_consent(suzanne.key, purpose="call", granted=True, by=BY, at=now())
    page, _one = opened(client)
    assert_recorded(HeldDataShown, person=suzanne.key)
    shown = client.get(page).content.decode()
    assert "Suzanne Okafor" in shown
    assert MAIL in shown

    client.post(f"{page}/answers", {"mail": "yes", "call": "no", "fax": "yes"})
    assert_recorded(ConsentChanged, person=suzanne.key, purpose="mail", answer="agreed")
    assert_recorded(ConsentChanged, person=suzanne.key, purpose="call", answer="said no")
    client.post(f"{page}/name", {"name": "Suzanne A. Okafor", "title": "Head of Office"})
    suzanne.refresh_from_db()
    assert (suzanne.name, suzanne.title) == ("Suzanne A. Okafor", "Head of Office")
    copy = client.post(f"{page}/copy")
    assert copy.json()["person"] == suzanne.key
    assert_recorded(PersonTakenOut, person=suzanne.key)


@pytest.mark.django_db
def test_whoever_asks_to_be_erased_is_left_alone_and_somebody_owes_the_answer(
    suzanne: Person, client: Client
) -> None:
    page, _one = opened(client)
    assert "within a month" in client.post(f"{page}/erase", follow=True).content.decode()
    one = Enquiry.objects.get(person=suzanne)
    assert one.owner is not None
    assert one.clock is not None
    assert_recorded(ErasureAsked, person=suzanne.key, enquiry=one.key)
    assert_recorded(ContactForbidden, person=suzanne.key, channel="any")


@pytest.mark.django_db
def test_nobody_else_sees_it(suzanne: Person, client: Client) -> None:
    page, _one = opened(client)
    stranger = Client()
    assert "Suzanne" not in stranger.get(page).content.decode()
    for what in ("answers", "name", "stop", "erase", "copy"):
        assert stranger.post(f"{page}/{what}", {"name": "Eve", "mail": "yes"}).status_code == 404
    stranger.cookies["privacy"] = "x" * 40
    assert "Suzanne" not in stranger.get(page).content.decode()
    assert client.get(f"{page}x").status_code == 404
    for what in ("answers", "erase", "copy"):
        assert client.get(f"{page}/{what}").status_code == 405
    suzanne.refresh_from_db()
    assert suzanne.name == "Suzanne Okafor"
    assert not recorded(ErasureAsked, person=suzanne.key)


@pytest.mark.django_db
def test_a_code_is_mailed_once_and_to_the_known_alone(suzanne: Person, client: Client) -> None:
    at = now()
    known, unknown = ask(MAIL, network="a", at=at), ask("who@else.example", network="a", at=at)
    for _ in range(2):
        send_code(known.key, at=at)
        send_code(unknown.key, at=at)
    (sent,) = box.outbox
    assert sent.to == [MAIL]
    assert code_of(known) in str(sent.body)
    pages = [client.get(f"/privacy/{one.key}").content.decode() for one in (known, unknown)]
    words = [page[page.index("<h1") : page.index("<form")] for page in pages]
    assert words[0] == words[1]
    with pytest.raises(WrongCode):
        prove(unknown.key, code_of(unknown), at=at)


@pytest.mark.django_db
def test_a_code_cannot_be_guessed_or_kept(suzanne: Person) -> None:
    at = now()
    one = ask(MAIL, network="a", at=at)
    wrong = f"{(int(code_of(one)) + 1) % 10**8:08d}"
    for typed in (wrong, "", "١" * 8, wrong * 3, "\x00"):
        with pytest.raises(WrongCode):
            prove(one.key, typed, at=at)
    with pytest.raises(AskIsOver):
        prove(one.key, code_of(one), at=at)
    late = ask(MAIL, network="a", at=at)
    with pytest.raises(AskIsOver):
        prove(late.key, code_of(late), at=at + timedelta(minutes=16))
    used = ask(MAIL, network="a", at=at)
    prove(used.key, f" {code_of(used)[:4]} {code_of(used)[4:]} ", at=at)
    with pytest.raises(AskIsOver):
        prove(used.key, code_of(used), at=at)


@pytest.mark.django_db
def test_asking_again_and_again_is_refused_alike_for_known_and_unknown(suzanne: Person, at: datetime) -> None:
    for address in (MAIL, "who@else.example"):
        for _ in range(5):
            ask(address, network=address, at=at)
        with pytest.raises(AskedOften):
            ask(address, network="another", at=at)
        ask(address, network="another", at=at + timedelta(hours=2))


@pytest.mark.django_db
def test_behind_a_proxy_one_network_does_not_use_up_the_others(client: Client) -> None:
    def asked(number: int, network: str) -> int:
        mail = {"mail": f"a{number}@else.example"}
        return client.post("/privacy", mail, headers={"X-Forwarded-For": network}).status_code

    assert {asked(number, "203.0.113.7") for number in range(30)} == {302}
    assert (asked(31, "203.0.113.9"), asked(32, "198.51.100.7")) == (429, 302)
