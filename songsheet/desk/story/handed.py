"""Sentences of handoffs: what came back and why, what was said of a lead, and what was answered."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from songsheet.desk.story.known import Known
from songsheet.handoffs.events import LeadReturned, ReturnAnswered, ReturnDisputed
from songsheet.handoffs.owing import STARTERS, label_of
from songsheet.handoffs.verdicts.events import VerdictAnswered, VerdictGiven
from songsheet.journal.events import Event


def _returned(event: Any, known: Known) -> str:
    one = known.returns.get(event.return_key)
    who = known.names.get(one.returned_by.key, "") if one else ""
    if one is None or not who:
        return ""
    reason = label_of(event.reason, STARTERS)
    said = _("%(who)s returned the lead: %(reason)s") % {"who": who, "reason": reason.lower()}
    if one.look_again_on:
        said += _(", look again on %(day)s") % {"day": f"{one.look_again_on:%-d %B}"}
    return f"{said}. “{one.words}”" if one.words else said


def _answered(event: Any, known: Known) -> str:
    one = known.returns.get(event.return_key)
    if one is None or one.state != event.how or one.answered_by is None:
        return ""
    words = {"who": known.name(one.answered_by.key, one.answered_by.name)}
    said = (
        _("%(who)s agreed with the return") if event.how == "agreed"
        else _("%(who)s put it right and offered the lead again")
    ) % words  # fmt: skip
    more = " ".join(part for part in (one.answer, one.changes) if part)
    return f"{said}: {more}" if more else said


def _disputed(event: Any, known: Known) -> str:
    one = known.returns.get(event.return_key)
    if one is None or not one.disputed:
        return ""
    head = known.name(event.owes, _("The heads"))
    return _("The return was disputed, %(head)s decides: %(words)s") % {"head": head, "words": one.disputed}


def _judged(event: Any, known: Known) -> str:
    one = known.verdicts.get(event.verdict_key)
    if one is None or one.says != event.verdict:
        return ""
    words = {"who": known.name(one.given_by.key, one.given_by.name), "says": one.get_says_display().lower()}
    said = _("%(who)s gave a verdict on the lead: %(says)s") % words
    return f"{said}. “{one.words}”" if one.words else said


def _verdict_answered(event: Any, known: Known) -> str:
    one = known.verdicts.get(event.verdict_key)
    if one is None or one.answered_by is None:
        return ""
    words = {"who": known.name(one.answered_by.key, one.answered_by.name), "answer": one.answer}
    return _("%(who)s answered the verdict: %(answer)s") % words


OF_HANDOFFS: dict[type[Event], Callable[[Any, Known], str]] = {
    LeadReturned: _returned,
    ReturnAnswered: _answered,
    ReturnDisputed: _disputed,
    VerdictGiven: _judged,
    VerdictAnswered: _verdict_answered,
}
