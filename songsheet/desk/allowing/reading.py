"""Reads of do-not-contact marks and of answers, with who kept them, through merges."""

from dataclasses import dataclass
from datetime import datetime

from songsheet.buyers.models import DoNotContact, Person
from songsheet.desk.story.read import names_of
from songsheet.journal.sql import rows
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

PAGE = 50
CHANNELS = ("", "mail", "call", "post")


@dataclass(frozen=True)
class Mark:
    """One mark that holds: whose, by what, since when, who set it and why."""

    id: int
    person: Person
    channel: str
    since: datetime
    by: str
    reason: str


def marks(viewer: Acting, *, channel: str | None = None, before: int | None = None) -> list[Mark]:
    """The marks that hold, the newest first; of one channel, or older than the one with this number."""
    viewer.must(Right.LOOK)
    found = DoNotContact.objects.filter(gone_at=None, person__gone_at=None)
    found = found.filter(channel=channel) if channel is not None else found
    found = found.filter(id__lt=before) if before is not None else found
    page = list(found.select_related("person__root", "person__company__root").order_by("-id")[:PAGE])
    names = names_of({one.by for one in page if one.by})
    return [
        Mark(one.pk, one.person.whole, one.channel, one.since, names.get(one.by, ""), one.reason)
        for one in page
    ]


@dataclass(frozen=True)
class Said:
    """One answer or mark of a buyer's history; `merged` where another of their records has it."""

    at: datetime
    purpose: str
    what: str
    how: str
    by: str
    merged: str


_SAID = """
with family as (select id, name from buyers_person where id = %(person)s or root_id = %(person)s)
select it.since, it.purpose, case when granted then 'yes' else 'no' end,
       concat_ws('. ', nullif(evidence, ''), 'They read: ' || wording.text), it.by, family.name, family.id
  from buyers_consent it join family on family.id = person_id
  left join buyers_consenttext wording on wording.id = it.wording_id where gone_at is null
 union all
select since, channel, 'forbidden', reason, by, family.name, family.id
  from buyers_donotcontact it join family on family.id = person_id where gone_at is null or lifted_by <> ''
 union all
select gone_at, channel, 'lifted', lifted_why, lifted_by, family.name, family.id
  from buyers_donotcontact it join family on family.id = person_id where lifted_by <> ''
 order by 1 desc limit 200"""


def history(viewer: Acting, person: Person) -> list[Said]:
    """Everything they allowed, refused or forbade, and what was lifted, the latest first."""
    viewer.must(Right.LOOK)
    found = rows(_SAID, {"person": person.id})
    names = names_of({by for _, _, _, _, by, _, _ in found if by})
    return [
        Said(at, purpose, what, how, names.get(by, ""), name if id_ != person.id else "")
        for at, purpose, what, how, by, name, id_ in found
    ]
