"""What was held back is read, mended and sent in again once, or dropped and kept again."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import Client

from songsheet.intake.event import Arrived
from songsheet.intake.held import actions
from songsheet.intake.held.errors import IsDoneWith, NothingHeld, NotMended
from songsheet.intake.held.events import HeldBackDropped, HeldBackKept, RoundBegan, SentInAgain
from songsheet.intake.held.jobs import send_round, take_rounds_over
from songsheet.intake.held.models import Round
from songsheet.intake.held.queries import held_back_seen_by
from songsheet.intake.held.round_actions import go_on, send_all_in_again
from songsheet.intake.hooks.actions import change_hook, make_hook
from songsheet.intake.inbox.models import HeldBack, Inbox, Seen
from songsheet.intake.inbox.put_actions import Held, Item, hash_of, hold_back, mark_of, put
from songsheet.journal.check import run
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import Acting, as_member
from songsheet.team.errors import RightMissing

CALL = {"id": "c-1", "type": "call", "person": {"mail": "ida@northfield.example"}, "system": "pbx"}


@pytest.fixture
def ruth(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def held(body: Any, *, door: str = "event", feed: str = "pbx", mark: UUID | None = None) -> str:
    text = body if isinstance(body, str) else orjson.dumps(body).decode()
    (key,) = hold_back([Held(door, feed, text, "type: this is wrong", "type", mark)])
    return key


def arrived() -> list[Arrived]:
    return [Arrived.model_validate_json(one.body) for one in Inbox.objects.order_by("id")]


def test_it_is_mended_and_sent_in_once(ruth: Acting, at: datetime) -> None:
    key = held({**CALL, "type": "talk"})
    assert held({**CALL, "type": "talk"}) == key, "the same again is held back once"
    with pytest.raises(NotMended) as refused:
        actions.send_in_again(key, by=ruth, at=at)
    assert "type" in refused.value.extra["errors"]
    for still_wrong in (
        "",
        "{",
        "[]",
        '{"a": ' * 20 + "1" + "}" * 20,
        '{"id": "x", "type": "call", "no": 1}',
    ):
        with pytest.raises(NotMended):
            actions.send_in_again(key, body=still_wrong, by=ruth, at=at)
    assert not Seen.objects.exists()

    sent = actions.send_in_again(key, body=orjson.dumps(CALL).decode(), by=ruth, at=at)
    assert (sent.accepted, sent.duplicates, sent.held.state) == (1, 0, "replayed")
    assert_recorded(SentInAgain, held=key, accepted=1, duplicates=0, mended=True)
    assert [one.event.id for one in arrived()] == ["c-1"]
    for again in (actions.send_in_again, actions.drop, actions.keep):
        with pytest.raises(IsDoneWith):
            again(key, by=ruth, at=at)
    assert run(full=True, only=["I7"]) == []


def test_what_arrived_meanwhile_is_not_taken_twice(ruth: Acting, at: datetime) -> None:
    put([Item(mark_of("pbx", "c-1"), "event", "pbx", "{}")])
    sent = actions.send_in_again(held(CALL), by=ruth, at=at)
    assert (sent.accepted, sent.duplicates, Inbox.objects.count()) == (0, 1, 1)


def test_what_was_taken_before_it_was_held_back_goes_in_under_its_own_hash(
    ruth: Acting, at: datetime
) -> None:
    """A worker took it out of the inbox, could not make a touch of it, and held it back."""
    mark = hash_of("pbx", "c-1")
    Seen.objects.create(hash=mark)
    key = held({"event": {**CALL, "at": "2026-05-12T09:00:00Z"}, "by": "key_x"}, mark=mark)
    sent = actions.send_in_again(key, by=ruth, at=at)
    assert sent.accepted == 1
    assert [(one.event.id, one.by) for one in arrived()] == [("c-1", "key_x")]
    assert Inbox.objects.get().hash == mark
    with pytest.raises(IsDoneWith):
        actions.send_in_again(key, by=ruth, at=at)


def test_a_hooks_body_is_read_by_its_shape_as_it_is_now(ruth: Acting, at: datetime) -> None:
    hook, _ = make_hook(name="x", shape="mapped", by=ruth, at=at)
    body = {"nr": 7, "mail": "ida@northfield.example"}
    key = held(body, door="hook", feed=hook.key)
    with pytest.raises(NotMended):
        actions.send_in_again(key, by=ruth, at=at)
    mapping = {"id": "nr", "type": "=form", "person.mail": "mail"}
    change_hook(hook.key, mapping=mapping, sample=body, by=ruth, at=at)
    assert actions.send_in_again(key, by=ruth, at=at).accepted == 1
    (one,) = arrived()
    assert (one.event.id, one.event.system) == ("7", hook.key)


def test_what_a_page_says_stays_its_sites_and_names_nobody(ruth: Acting, at: datetime) -> None:
    key = held({**CALL, "type": "page_view"}, door="script", feed="site_x")
    actions.send_in_again(key, by=ruth, at=at)
    (one,) = arrived()
    assert (one.event.system, one.event.person) == ("site_x", None)


def test_what_is_dropped_can_be_kept_again(ruth: Acting, cast: dict[str, Any], at: datetime) -> None:
    key = held({**CALL, "type": "talk"})
    actions.drop(key, by=ruth, at=at)
    assert_recorded(HeldBackDropped, held=key)
    other = held({**CALL, "type": "talk"})
    with pytest.raises(IsDoneWith):
        actions.keep(key, by=ruth, at=at)
    actions.drop(other, by=ruth, at=at)
    actions.keep(key, by=ruth, at=at)
    assert_recorded(HeldBackKept, held=key)
    assert [one.key for one in held_back_seen_by(ruth).items] == [key]
    with pytest.raises(RightMissing):
        actions.drop(key, by=as_member(cast["priya"]), at=at)
    with pytest.raises(RightMissing):
        held_back_seen_by(as_member(cast["priya"]))


def test_the_pages_show_what_is_wrong_keep_what_was_typed_and_undo(
    cast: dict[str, Any], at: datetime
) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    key = held({**CALL, "type": "talk", "subject": "<script>alert(1)</script>"})
    assert key in client.get("/incoming/held").content.decode()
    page = client.get(f"/incoming/held/{key}").content.decode()
    assert "this is wrong" in page
    assert "<script>alert" not in page
    typed = '{"type": "call", "system": "pbx", "mine": "</textarea><b>"}'
    refused = client.post(f"/incoming/held/{key}/again", {"body": typed, "version": "1"})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "<b>mine</b>" in shown
    assert "<b>id</b>" in shown
    assert "&lt;/textarea&gt;&lt;b&gt;" in shown
    assert client.post(f"/incoming/held/{key}/drop").status_code == 302
    assert client.post(f"/incoming/held/{key}/keep").status_code == 302
    stale = client.post(f"/incoming/held/{key}/again", {"body": orjson.dumps(CALL).decode(), "version": "1"})
    assert stale.status_code == 409
    version = HeldBack.objects.get(key=key).version
    done = client.post(
        f"/incoming/held/{key}/again", {"body": orjson.dumps(CALL).decode(), "version": version}
    )
    assert done.status_code == 302
    assert len(arrived()) == 1


def test_all_of_one_source_goes_in_again_after_its_mapping_changed(
    ruth: Acting, at: datetime, client: Client, cast: dict[str, Any]
) -> None:
    hook, _ = make_hook(name="Fair app", shape="mapped", by=ruth, at=at)
    for number in range(5):
        held({"no": f"n{number}", "who": f"v{number}@x.example"}, door="hook", feed=hook.key)
    held("{", door="hook", feed=hook.key)
    other = held({**CALL, "type": "talk"})
    client.force_login(cast["ruth"])
    listed = client.get("/incoming/held").content.decode()
    assert "Fair app" in listed, "its name, and not its key"
    assert "Send all" not in listed, "all of everybody is nobody's"
    mapping = {"id": "no", "type": "=webinar", "person.mail": "who"}
    change_hook(hook.key, mapping=mapping, sample={"no": "1", "who": "a@x.example"}, by=ruth, at=at)
    assert "Send all 6 in again" in client.get(f"/hooks/{hook.key}").content.decode()
    told = client.post("/incoming/held/again", {"feed": hook.key}, follow=True).content.decode()
    one = Round.objects.get()
    assert_recorded(RoundBegan, round=one.key, events=6)
    assert "0 of 6 went in again" in told
    assert send_all_in_again(hook.key, by=ruth, at=at).pk == one.pk, "it runs already"
    take_rounds_over(0)
    late = held({"no": "late", "who": "late@x.example"}, door="hook", feed=hook.key)
    assert go_on(one.key, at=at)
    send_round(one.key)
    send_round(one.key)
    one.refresh_from_db()
    assert (one.whole, one.sent, one.stayed, one.ended_at is not None) == (6, 5, 1, True)
    assert [each.event.type for each in arrived()] == ["webinar"] * 5
    assert HeldBack.objects.get(key=late).state == "waiting", "what came meanwhile waits for the next round"
    part = client.get(f"/incoming/held?feed={hook.key}", headers={"HX-Target": "round"}).content.decode()
    assert "The last time 5 went in, 1 did not fit" in part
    assert "<html" not in part
    assert HeldBack.objects.get(key=other).state == "waiting"
    with pytest.raises(NothingHeld):
        send_all_in_again("nobody", by=ruth, at=at)
    with pytest.raises(RightMissing):
        send_all_in_again(hook.key, by=as_member(cast["priya"]), at=at)
