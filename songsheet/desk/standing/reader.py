"""The reader that keeps the standing: what is recorded about a buyer refreshes the leads it concerns."""

from songsheet.desk.standing.refresh import refresh
from songsheet.journal.reader import Reader
from songsheet.journal.readers import catch_up
from songsheet.journal.sql import rows

_CONCERNED = """
with named as materialized (
    select distinct key from journal_about where position > %(after)s and position <= %(until)s
       and key ~ '^(lead|deal|person|touch|task)_'),
things as (
    select lead_key, deal_key, person_id from touches_touch
     where key in (select key from named where key like 'touch\\_%%')
     union all
    select lead_key, deal_key, person_id from touches_task
     where key in (select key from named where key like 'task\\_%%')),
roots as (
    select coalesce(root_id, id) as root from buyers_person
     where key in (select key from named where key like 'person\\_%%')
     union
    select coalesce(root_id, id) from buyers_person where id in (select person_id from things)),
people as (
    select root as id from roots
     union select person.id from buyers_person person join roots on person.root_id = root)
select id from leads_lead where key in (select key from named where key like 'lead\\_%%')
 union
select id from leads_lead where key in (select lead_key from things where lead_key <> '')
 union
select lead_id from deals_deal where key in (select key from named where key like 'deal\\_%%')
 union
select lead_id from deals_deal where key in (select deal_key from things where deal_key <> '')
 union
select lead.id from leads_lead lead join people on people.id = lead.person_id"""


def answer(after: int, until: int) -> None:
    """Refresh the leads that the entries after < position <= until are about, history included."""
    refresh(concerned(after, until))


def concerned(after: int, until: int) -> list[int]:
    """The ids of the leads that the entries after < position <= until are about."""
    return [id_ for (id_,) in rows(_CONCERNED, {"after": after, "until": until})]


READER = Reader("desk.standing", ranges=answer, hears_history=True)


def hear() -> int:
    """Catch up with the journal now; returns how many entries were answered."""
    return catch_up(READER)


def position() -> int:
    """The position of the journal at which the standing stands."""
    found = rows("select position from journal_reader where name = %s", [READER.name])
    return int(found[0][0]) if found else 0
