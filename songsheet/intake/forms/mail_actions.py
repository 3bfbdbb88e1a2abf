"""The one mail that asks whether an answer is theirs, and what becomes of answers that nobody confirms."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string

from songsheet.intake.forms.answer_actions import TO_CONFIRM
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.forms.queries import definition_of
from songsheet.intake.forms.stamps import confirm_token
from songsheet.intake.spoken.saying import say, spoken_for
from songsheet.team.queries import house

log = logging.getLogger(__name__)
MOST_TRIES, MOST_AT_ONCE = 5, 200
#: What was dropped or never confirmed is readable for so long.
KEPT = timedelta(days=30)
State = FormAnswer.State


def send_confirmation(key: str, *, at: datetime) -> bool:
    """Mail the link, once; what the server refuses is tried again. Nothing that was typed stands in it."""
    claimed = FormAnswer.objects.filter(
        key=key, state=State.WAITS, mailed_at=None, tries__lt=MOST_TRIES
    ).update(mailed_at=at, tries=F("tries") + 1)
    if not claimed:
        return False
    answer = FormAnswer.objects.select_related("form", "shown").get(key=key)
    try:
        message_to(answer).send()
    except (SMTPException, OSError) as error:
        log.warning("a confirmation could not be mailed: %s", type(error).__name__)
        FormAnswer.objects.filter(key=key).update(mailed_at=None)
        return False
    return True


def to_be_mailed(at: datetime) -> list[str]:
    """What waits for its mail."""
    waiting = FormAnswer.objects.filter(state=State.WAITS, mailed_at=None, tries__lt=MOST_TRIES)
    keys = waiting.filter(came_at__gt=at - TO_CONFIRM).order_by("id").values_list("key", flat=True)
    return list(keys[:MOST_AT_ONCE])


def let_lapse(*, at: datetime) -> int:
    """Forget what was typed where nobody confirmed it in time, or a member dropped it a month ago."""
    nothing: dict[str, Any] = {"said": {}, "mail": "", "click_ids": {}, "page": "", "visitor": None}
    waits = FormAnswer.objects.filter(state=State.WAITS)
    never = waits.filter(mailed_at__lt=at - TO_CONFIRM) | waits.filter(
        mailed_at=None, came_at__lt=at - 2 * TO_CONFIRM
    )
    lapsed = never.update(state=State.LAPSED, ended_at=at, **nothing)
    old = FormAnswer.objects.filter(state=State.DROPPED, ended_at__lt=at - KEPT).exclude(said={})
    return lapsed + old.update(**nothing)


def message_to(answer: FormAnswer) -> EmailMessage:
    """Plain text: which form of whom, when, and the address of the page with the button."""
    form, there = definition_of(answer.shown), house()
    url = settings.ENVIRONMENT.url
    words = {
        "form": form, "house": there, "answer": answer, "days": TO_CONFIRM.days,
        "spoken": spoken_for(form.language),
        "link": f"{url}/f/{answer.form.key}/confirm/{confirm_token(answer.key)}",
    }  # fmt: skip
    host = urlsplit(url).hostname or "localhost"
    headers = {"Message-ID": f"<{answer.key}@{host}>", "Auto-Submitted": "auto-generated"}
    spoken = spoken_for(form.language)
    subject = say(spoken, "Please confirm: %(form)s", form=form.title)
    return EmailMessage(
        subject, render_to_string("intake/forms/confirm.txt", words), None, [answer.mail], headers=headers
    )
