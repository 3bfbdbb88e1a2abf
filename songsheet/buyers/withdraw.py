"""Taking people and companies out of everything that is shown; how they were called is free again."""

from collections.abc import Sequence
from datetime import datetime

from songsheet.base import bulk
from songsheet.buyers.events import CompanyGone, PersonGone
from songsheet.journal.act import act
from songsheet.journal.entries import Lane
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

_OF_PEOPLE = ("buyers_mail", "buyers_phone", "buyers_externalid", "buyers_consent", "buyers_donotcontact")


def withdraw_people(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take people out, with their ways to be reached and what was merged into them; who is out stays so."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at, lane=lane) as record:
        ids = bulk.take_out("buyers_person", _whole("buyers_person", keys), at)
        for table in _OF_PEOPLE:
            bulk.execute(
                f"update {table} set gone_at = %s where person_id = any(%s::bigint[]) and gone_at is null",
                [at, ids],
            )
        gone = bulk.rows("select key from buyers_person where id = any(%s::bigint[]) order by id", [ids])
        record.bulk(PersonGone, [{"person": key, "why": why} for (key,) in gone], [at] * len(gone))


def withdraw_companies(
    keys: Sequence[str], *, by: Acting, at: datetime, why: str, lane: Lane = "history"
) -> None:
    """Take companies out, with what was merged into them; those that are out already stay so."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at, lane=lane) as record:
        ids = bulk.take_out("buyers_company", _whole("buyers_company", keys), at)
        bulk.execute(
            "update buyers_externalid set gone_at = %s"
            " where company_id = any(%s::bigint[]) and gone_at is null",
            [at, ids],
        )
        gone = bulk.rows("select key from buyers_company where id = any(%s::bigint[]) order by id", [ids])
        record.bulk(CompanyGone, [{"company": key, "why": why} for (key,) in gone], [at] * len(gone))


def _whole(table: str, keys: Sequence[str]) -> list[str]:
    """These keys, and those of the records that were merged into theirs."""
    found = bulk.rows(
        f"""select key from {table} where root_id in (select id from {table} where key = any(%s::text[]))
             union select unnest(%s::text[])""",
        [list(keys), list(keys)],
    )
    return [key for (key,) in found]
