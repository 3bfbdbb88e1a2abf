"""Each minute: what is due is gathered and mailed. Run twice or cut in half, nothing is mailed twice."""

from procrastinate.contrib.django import app

from songsheet.notices.mail_actions import gather, send_postings
from songsheet.team.queries import now


@app.periodic(cron="* * * * *")
@app.task(queue="mail", name="notices.mail", queueing_lock="notices.mail")
def mail_notices(timestamp: int) -> None:
    """By the time of the house."""
    at = now()
    gather(at)
    send_postings(at)
