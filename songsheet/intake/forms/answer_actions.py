"""Somebody fills a form in, confirms it, and a member looks at what seems strange."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from songsheet.base import bulk
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.errors import LinkOver, NoSuchAnswer, NotHeld, TooManyAnswers
from songsheet.intake.forms.events import AnswerDropped, AnswerLetIn
from songsheet.intake.forms.models import FormAnswer, FormVersion
from songsheet.intake.forms.queries import definition_of, how_many
from songsheet.intake.forms.reading import Value
from songsheet.intake.forms.spam import FAR_TOO_MANY, OLDEST, WINDOW, Signs, suspicions
from songsheet.intake.forms.stamps import Stamp, confirmed_by
from songsheet.intake.forms.taking_acts import BY, take_in
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

_REALM = 42
#: So long a mail's link holds, and an answer waits for it.
TO_CONFIRM = timedelta(days=3)
State = FormAnswer.State


@dataclass(frozen=True, slots=True)
class Came:
    """How an answer came: all that is not its words."""

    submission: str
    stamp: Stamp | None = None
    trapped: bool = False
    worked: bool = False
    network: str = ""
    referrer: str = ""
    page: str = ""
    visitor: UUID | None = None
    utm: Mapping[str, str] = field(default_factory=dict)
    click_ids: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)


def fill_in(shown: FormVersion, said: Mapping[str, Value], came: Came, *, at: datetime) -> FormAnswer:
    """Keep an answer and do what it brings; the same submission with the same words is the same answer."""
    form = definition_of(shown)
    words = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    mark = hash_of(shown.form.key, f"{came.submission}\x00{words}")
    mail = next((str(said.get(one.name, "")) for one in form.fields if one.kind == "mail"), "")
    with act(by=BY.actor, at=at):
        bulk.hold(_REALM, [str(mark)])
        known = FormAnswer.objects.filter(mark=mark).first()
        if known is not None:
            return known
        reasons = _strange(came, mail, at=at)
        answer = FormAnswer(
            form=shown.form, shown=shown, mark=mark, submission=came.submission[:64], came_at=at,
            said=dict(said), mail=mail, reasons=reasons, utm=dict(came.utm), click_ids=dict(came.click_ids),
            referrer=came.referrer[:253], page=came.page[:500], visitor=came.visitor, network=came.network,
            wordings=dict(came.wordings), state=State.HELD if reasons else State.WAITS,
        )  # fmt: skip
        if not reasons and not form.confirm:
            take_in(answer, form, at=at)
        answer.save()
    return answer


def _strange(came: Came, mail: str, *, at: datetime) -> list[str]:
    lately, again, mailed = how_many(came.network, came.submission, mail, at=at, within=WINDOW)
    if lately >= FAR_TOO_MANY:
        raise TooManyAnswers(
            "Too many answers came from your network just now. Wait some minutes, then send it again."
        )
    signs = Signs(came.stamp, came.trapped, came.worked, lately, again, mailed)
    return suspicions(signs, at=at)


def is_too_old(stamp: Stamp, *, at: datetime) -> bool:
    """Whether the page lay open for longer than a day, or was shown in the future."""
    return not stamp.shown_at - timedelta(minutes=1) <= at <= stamp.shown_at + OLDEST


def to_confirm(token: str, *, at: datetime) -> FormAnswer:
    """The answer behind a mail's link that holds, or that was confirmed by it already."""
    key = confirmed_by(token)
    found = FormAnswer.objects.select_related("form", "shown").filter(key=key).first() if key else None
    return _must_hold(found, at=at)


def confirm(token: str, *, at: datetime) -> FormAnswer:
    """Whoever has the mail says that the answer is theirs: now it is taken in. Again changes nothing."""
    key = confirmed_by(token)
    with act(by=BY.actor, at=at):
        answer = _must_hold(_held(key) if key else None, at=at)
        if answer.state == State.WAITS:
            answer.confirmed_at = at
            take_in(answer, definition_of(answer.shown), at=at)
            answer.save()
    return answer


def let_in(key: str, *, by: Acting, at: datetime) -> FormAnswer:
    """A member saw that it is no spam: it goes on as any other, to be confirmed where its form says so."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        answer = _must_be_held(key)
        form: Definition = definition_of(answer.shown)
        record(AnswerLetIn(answer=answer.key, form=answer.form.key))
        answer.ended_by = by.member
        if form.confirm:
            answer.state = State.WAITS
        else:
            take_in(answer, form, at=at)
        answer.save()
    return answer


def drop(key: str, *, by: Acting, at: datetime) -> FormAnswer:
    """A member saw that it is spam; what was typed stays readable here for a while, and goes nowhere."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        answer = _must_be_held(key)
        answer.state, answer.ended_at, answer.ended_by = State.DROPPED, at, by.member
        answer.save()
        record(AnswerDropped(answer=answer.key, form=answer.form.key))
    return answer


def take_drop_back(key: str, *, by: Acting, at: datetime) -> FormAnswer:
    """It waits for a member again."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at):
        answer = _held(key)
        if answer is None or answer.state != State.DROPPED or not answer.said:
            raise NotHeld("This answer was not dropped, or too long ago.")
        answer.state, answer.ended_at, answer.ended_by = State.HELD, None, None
        answer.save()
    return answer


def _must_be_held(key: str) -> FormAnswer:
    answer = _held(key)
    if answer is None:
        raise NoSuchAnswer
    if answer.state != State.HELD:
        raise NotHeld("This answer waits for nobody any more. Look at it again.")
    return answer


def _must_hold(answer: FormAnswer | None, *, at: datetime) -> FormAnswer:
    if answer is None or not answer.said or answer.state not in (State.WAITS, State.TAKEN):
        raise LinkOver
    if answer.state == State.WAITS and at > (answer.mailed_at or answer.came_at) + TO_CONFIRM:
        raise LinkOver
    return answer


def _held(key: str) -> FormAnswer | None:
    rows = FormAnswer.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("form", "shown").filter(key=key).first()
