"""What of deals is changed in their list, in place: the amount and the day it is expected on."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from songsheet.base.adopting import RowRefused
from songsheet.base.money import Money, typed_money
from songsheet.base.refusals import Stale
from songsheet.deals.actions import change_deal, set_next_step
from songsheet.deals.models import Deal
from songsheet.doors.listing import Edit
from songsheet.team.acting import Acting
from songsheet.team.queries import member_choices, member_keyed
from songsheet.team.roles import Right


def _read_amount(deal: Deal) -> str:
    return f"{Money(deal.amount, deal.currency).decimal()} {deal.currency}" if deal.amount is not None else ""


def amount_in(text: str, currency: str) -> dict[str, Any]:
    """An amount as one types it, in minor units with its currency: the one that is typed, else this one."""
    if not text:
        return {"amount": None}
    money = typed_money(text, currency)
    if money is None or money.minor < 0:
        raise RowRefused("Write the amount with its currency, such as 22,700.50 EUR.", field="amount")
    return {"amount": money.minor, "currency": money.currency}


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RowRefused("Write the day like 2026-05-12.", field="expected_on") from None


def _write_amount(deal: Deal, text: str, *, version: int, by: Acting, at: datetime) -> None:
    change_deal(deal.key, by=by, at=at, version=version, **amount_in(text, deal.currency))


def _write_expected(deal: Deal, text: str, *, version: int, by: Acting, at: datetime) -> None:
    change_deal(deal.key, by=by, at=at, version=version, expected_on=_day(text))


def _is_open(deal: Deal) -> bool:
    return deal.state == Deal.State.OPEN


AMOUNT = Edit(_read_amount, _write_amount, Right.WORK, fits=_is_open)
EXPECTED = Edit(
    lambda deal: deal.expected_on.isoformat() if deal.expected_on else "",
    _write_expected,
    Right.WORK,
    "date",
    fits=_is_open,
)


def _must_be_as_read(deal: Deal, version: int) -> None:
    if version != deal.version:
        raise Stale("Somebody changed this deal since you opened it. Look at it again.", version=deal.version)


def _write_owner(deal: Deal, text: str, *, version: int, by: Acting, at: datetime) -> None:
    owner = member_keyed(text).id if text else None
    change_deal(deal.key, by=by, at=at, version=version, owner_id=owner)


def _write_step(deal: Deal, text: str, *, version: int, by: Acting, at: datetime) -> None:
    """A step without a day is dated tomorrow: the day stands beside it and is changed there."""
    _must_be_as_read(deal, version)
    tomorrow = localtime(at).date() + timedelta(days=1)
    set_next_step(deal.key, step=text, on=deal.next_step_on or tomorrow, by=by, at=at)


def _write_step_on(deal: Deal, text: str, *, version: int, by: Acting, at: datetime) -> None:
    _must_be_as_read(deal, version)
    day = _day(text)
    if day is None:
        raise RowRefused("An open deal has a dated next step. Give another day.", field="next_step_on")
    if not deal.next_step:
        raise RowRefused("Say what the next step is first.", field="next_step_on")
    set_next_step(deal.key, step=deal.next_step, on=day, by=by, at=at)


OWNER = Edit(
    lambda deal: deal.owner.key if deal.owner else "",
    _write_owner,
    Right.WORK,
    "choice",
    lambda: [("", "—"), *member_choices()],
)
STEP = Edit(lambda deal: deal.next_step, _write_step, Right.WORK, fits=_is_open)
STEP_ON = Edit(
    lambda deal: deal.next_step_on.isoformat() if deal.next_step_on else "",
    _write_step_on,
    Right.WORK,
    "date",
    fits=_is_open,
)
