"""Codes are mailed by a job: whether somebody is known cannot be told by how long the page takes."""

from procrastinate.contrib.django import app

from songsheet.intake.privacy.actions import send_code
from songsheet.team.queries import now


@app.task(queue="mail", name="intake.mail_code")
def mail_code(key: str) -> None:
    """By the key of the request; sent once."""
    send_code(key, at=now())
