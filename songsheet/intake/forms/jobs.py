"""Mails that ask for a confirmation; by night, answers that nobody confirmed are forgotten."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from songsheet.intake.forms.mail_actions import let_lapse, send_confirmation, to_be_mailed
from songsheet.intake.forms.models import FormAnswer
from songsheet.team.queries import now


def mail_soon(answer: FormAnswer) -> None:
    """Have the mail sent if one is owed; should this be lost, the look of each minute finds it."""
    if answer.state != FormAnswer.State.WAITS or answer.mailed_at is not None:
        return
    with suppress(AlreadyEnqueued), transaction.atomic():
        mail_confirmation.configure(queueing_lock=f"{mail_confirmation.name} {answer.key}").defer(
            key=answer.key
        )


@app.task(queue="mail", name="intake.mail_confirmation")
def mail_confirmation(key: str) -> None:
    """Mail one."""
    send_confirmation(key, at=now())


@app.periodic(cron="* * * * *")
@app.task(queue="mail", name="intake.mail_confirmations", queueing_lock="intake.mail_confirmations")
def mail_confirmations(timestamp: int) -> None:
    """What a server refused, or a killed worker left."""
    for key in to_be_mailed(now()):
        send_confirmation(key, at=now())


@app.periodic(cron="50 2 * * *")
@app.task(queue="bulk", name="intake.let_answers_lapse", queueing_lock="intake.let_answers_lapse")
def let_answers_lapse(timestamp: int) -> None:
    """By the time of the house, in the demo too."""
    let_lapse(at=now())
