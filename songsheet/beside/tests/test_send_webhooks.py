"""What happens is sent, signed, in order, again until it arrives; a webhook rests, stops, goes on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.beside import actions
from songsheet.beside.events import WebhookStopped
from songsheet.beside.models import Delivery, Webhook
from songsheet.beside.reactions import READER
from songsheet.beside.sending_actions import deliver, forget_old_deliveries, with_due
from songsheet.beside.signing import secret_of
from songsheet.beside.tests.receiver import Receiver, receiving, verified
from songsheet.buyers.adopt_people import PersonRow, adopt_people
from songsheet.journal.readers import catch_up, enrol
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import Acting, as_member


class Clock:
    """Time that a test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, **given: float) -> None:
        self.at += timedelta(**given)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def ruth(cast: dict[str, Any], settings: Any) -> Acting:
    settings.LOCAL_TARGETS = True
    return as_member(cast["ruth"])


@pytest.fixture
def clock(db: None) -> Clock:
    from django.utils import timezone

    return Clock(timezone.now() + timedelta(seconds=5))


@pytest.fixture
def hook(receiver: Receiver, ruth: Acting, at: datetime) -> Webhook:
    """A webhook to the receiver for people who are met."""
    made = actions.add_webhook(url=receiver.url, kinds=["buyers.person_met"], by=ruth, at=at)
    catch_up(READER)
    return made


def met(ruth: Acting, at: datetime, *names: str, lane: Any = "live") -> None:
    adopt_people([PersonRow(name=name) for name in names], by=ruth, at=at, lane=lane)
    catch_up(READER)


def test_an_event_is_sent_signed_as_the_specification_says(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    met(ruth, at, "Ida")
    assert with_due(clock()) == [hook.key]
    assert deliver(hook.key, clock) == 1
    (headers, body) = receiver.got[0]
    assert verified(secret_of(hook), headers, body)
    assert not verified(secret_of(hook, 2), headers, body)
    event = receiver.events()[0]
    assert event["type"] == "buyers.person_met"
    assert event["data"]["person"].startswith("person_")
    assert "Ida" not in body.decode()
    sent = Delivery.objects.get()
    assert (sent.state, sent.code, sent.attempts, sent.key) == ("delivered", 200, 1, headers["webhook-id"])
    assert deliver(hook.key, clock) == 0


def test_history_and_other_types_are_not_sent(
    hook: Webhook, ruth: Acting, at: datetime, clock: Clock
) -> None:
    met(ruth, at, "Ida", lane="history")
    actions.change_webhook(hook.key, label="CRM", by=ruth, at=at)
    catch_up(READER)
    assert not Delivery.objects.exists()


def test_it_hears_all_that_happened_since_it_was_added_and_nothing_before(
    receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    enrol([READER])
    adopt_people([PersonRow(name="Before")], by=ruth, at=at, lane="live")
    made = actions.add_webhook(url=receiver.url, kinds=["buyers.person_met"], by=ruth, at=at)
    met(ruth, at, "Ida")
    assert deliver(made.key, clock) == 1


def test_many_that_wait_behind_one_do_not_hold_others(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    given: dict[str, Any] = {"webhook": hook, "kind": "buyers.person_met", "body": "{}", "made_at": at}
    one = {**given, "subjects": ["person_one"]}
    first = Delivery(**one, due_at=clock() + timedelta(hours=1))
    behind = [Delivery(**one, due_at=at) for _ in range(600)]
    other = Delivery(**given, subjects=["person_two"], due_at=at)
    Delivery.objects.bulk_create([first, *behind, other])
    assert deliver(hook.key, clock) == 1
    assert receiver.ids() == [other.key]


def test_a_failed_delivery_comes_again_under_the_same_id(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    receiver.answers = [500, 302, 200]
    met(ruth, at, "Ida")
    for _ in range(3):
        deliver(hook.key, clock)
        assert deliver(hook.key, clock) == 0
        clock.later(minutes=10)
    assert len(set(receiver.ids())) == 1
    sent = Delivery.objects.get()
    assert (sent.state, [one["code"] for one in sent.tries]) == ("delivered", [500, 302, 200])
    assert Webhook.objects.get().failures == 0


def test_nothing_passes_an_earlier_event_about_the_same_subject(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    actions.change_webhook(hook.key, kinds=["buyers.person_met", "buyers.person_changed"], by=ruth, at=at)
    rows = [PersonRow(name="Ida", external=("x", "1")), PersonRow(name="Bo", external=("x", "2"))]
    adopt_people(rows, by=ruth, at=at, lane="live")
    adopt_people([PersonRow(title="CEO", external=("x", "1"))], by=ruth, at=at, lane="live")
    catch_up(READER)
    receiver.answers = [500, 200]
    assert deliver(hook.key, clock) == 2  # Ida's coming fails, Bo's arrives, Ida's change waits
    clock.later(minutes=1)
    assert deliver(hook.key, clock) == 2
    kinds = [(one["type"].split(".")[1], one["data"]["person"]) for one in receiver.events()]
    ida = kinds[0][1]
    assert [kind for kind, person in kinds if person == ida] == ["person_met", "person_met", "person_changed"]


def test_it_rests_after_four_failures_and_stops_after_forty_with_a_notice(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    receiver.answers = [503]
    met(ruth, at, *[f"Person {number}" for number in range(10)])
    assert deliver(hook.key, clock) == 4
    assert Webhook.objects.get().resume_at is not None
    clock.later(seconds=20)
    assert deliver(hook.key, clock) == 0
    for _ in range(60):
        clock.later(minutes=110)
        Delivery.objects.filter(state="waiting").update(due_at=clock())
        deliver(hook.key, clock)
    stopped = Webhook.objects.get()
    assert (stopped.state, stopped.failures) == ("stopped", 40)
    assert_recorded(WebhookStopped, webhook=hook.key)
    actions.change_webhook(hook.key, state="on", by=ruth, at=clock())
    receiver.answers = [200]
    met(ruth, at, "Cy")
    clock.later(days=1)
    assert deliver(hook.key, clock) > 0
    assert Webhook.objects.get().failures == 0


def test_a_delivery_is_given_up_after_three_days(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    receiver.answers = [400]
    met(ruth, at, "Ida")
    for _ in range(60):
        Webhook.objects.update(failures=0, resume_at=None)
        deliver(hook.key, clock)
        clock.later(hours=6)
    given_up = Delivery.objects.get()
    assert given_up.state == "given_up"
    assert given_up.ended_at is not None
    assert timedelta(days=3) <= given_up.ended_at - given_up.made_at <= timedelta(days=3, hours=6)
    clock.later(days=2)
    for state in ("off", "on"):
        actions.change_webhook(hook.key, state=state, by=ruth, at=clock())
    actions.resend(hook.key, given_up.key, by=ruth, at=clock())
    deliver(hook.key, clock)
    assert Delivery.objects.get().state == "waiting"  # three more days
    Delivery.objects.update(state="given_up", ended_at=clock())
    assert forget_old_deliveries(clock() + timedelta(days=40)) == 1


def test_a_receiver_that_is_gone_stops_it_at_once(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    receiver.answers = [410]
    met(ruth, at, "Ida", "Bo")
    assert deliver(hook.key, clock) == 1
    assert Webhook.objects.get().state == "stopped"


def test_who_asks_for_patience_gets_it(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    receiver.answers, receiver.headers = [429], {"Retry-After": "900"}
    met(ruth, at, "Ida", "Bo")
    assert deliver(hook.key, clock) == 1
    clock.later(seconds=800)
    assert deliver(hook.key, clock) == 0


def test_a_receiver_that_hangs_or_says_too_much_does_not_hold_us(
    hook: Webhook, receiver: Receiver, ruth: Acting, clock: Clock, monkeypatch: Any
) -> None:
    from songsheet.beside import sending_actions
    from songsheet.doors.http import post

    monkeypatch.setattr(sending_actions, "post", lambda *given: post(*given, patience=0.5))
    receiver.hang, receiver.answers = 3, [200]
    met(ruth, clock(), "Ida")
    deliver(hook.key, clock)
    assert Delivery.objects.get().tries[0]["why"] == "no answer in time"
    receiver.hang, receiver.answers = 0, [202]
    clock.later(minutes=1)
    deliver(hook.key, clock)
    assert len(Delivery.objects.get().tries[1]["said"]) == 200


def test_a_worker_that_was_killed_sends_again_under_the_same_id(
    hook: Webhook, receiver: Receiver, ruth: Acting, clock: Clock, monkeypatch: Any
) -> None:
    met(ruth, clock(), "Ida")

    def killed(*given: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Delivery, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver(hook.key, clock)
    deliver(hook.key, clock)
    assert len(receiver.got) == 2
    assert len(set(receiver.ids())) == 1


def test_a_renewed_secret_and_the_one_before_hold_for_a_day(
    hook: Webhook, receiver: Receiver, ruth: Acting, clock: Clock
) -> None:
    before = secret_of(hook)
    renewed = actions.renew_secret(hook.key, by=ruth, at=clock())
    actions.ping(hook.key, by=ruth, at=clock())
    deliver(hook.key, clock)
    assert all(verified(secret, *receiver.got[0]) for secret in (before, secret_of(renewed)))
    clock.later(hours=25)
    actions.ping(hook.key, by=ruth, at=clock())
    deliver(hook.key, clock)
    assert not verified(before, *receiver.got[1])
    assert verified(secret_of(renewed), *receiver.got[1])


def test_what_was_sent_is_sent_again_when_asked(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    met(ruth, at, "Ida")
    deliver(hook.key, clock)
    actions.resend(hook.key, Delivery.objects.get().key, by=ruth, at=clock())
    deliver(hook.key, clock)
    assert receiver.got[0][1] == receiver.got[1][1]
    assert len(set(receiver.ids())) == 1


def test_while_it_is_paused_what_happens_is_kept(
    hook: Webhook, receiver: Receiver, ruth: Acting, at: datetime, clock: Clock
) -> None:
    actions.change_webhook(hook.key, state="off", by=ruth, at=at)
    met(ruth, at, "Ida")
    assert deliver(hook.key, clock) == 0
    actions.change_webhook(hook.key, state="on", by=ruth, at=clock())
    assert deliver(hook.key, clock) == 1
