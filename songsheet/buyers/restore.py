"""People and companies put back as they were before an import, as far as nobody changed them since."""

from collections.abc import Mapping
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.restoring import Changes, Restored, restore
from songsheet.buyers.adopt_companies import Companies
from songsheet.buyers.adopt_people import People
from songsheet.buyers.events import CompanyChanged, PersonChanged
from songsheet.journal.act import act
from songsheet.team.acting import Acting

_NAMES = (frozenset({"name", "given_name", "family_name", "name_folded"}),)
#: What is kept beside the row: where, and the column that tells one from another.
_BESIDE = {"mails": ("buyers_mail", "address"), "phones": ("buyers_phone", "number")}


def restore_people(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put people back; ways to reach them and consents that the change added go away."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(People.table, changes, together=_NAMES)
        for one in restored:
            one.fields += _take_off("person_id", one.row["id"], changes[one.key], at)
            if one.fields:
                fields = ", ".join(name.removesuffix("_id") for name in one.fields)
                record(PersonChanged(person=one.key, fields=fields, version=one.version))
    return restored


def restore_companies(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put companies back."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(Companies.table, changes, together=_NAMES)
        for one in restored:
            one.fields += _take_off("company_id", one.row["id"], changes[one.key], at)
            if one.fields:
                fields = ", ".join(name.removesuffix("_id") for name in one.fields)
                record(CompanyChanged(company=one.key, fields=fields, version=one.version))
    return restored


def _take_off(owner: str, id_: int, changes: Changes, at: datetime) -> list[str]:
    """Take away what was added beside the row; returns of which sorts something was."""
    taken = []
    for what, (table, column) in _BESIDE.items():
        before, after = changes.get(what, ((), ()))
        added = [value for value in after or () if value not in before]
        sql = (
            f"update {table} set gone_at = %s"
            f" where person_id = %s and {column} = any(%s::text[]) and gone_at is null"
        )
        if added and bulk.execute(sql, [at, id_, added]):
            taken.append(what)
    before, after = changes.get("externals", ((), ()))
    for system, external_id in [one for one in after or () if one not in before]:
        taken += ["externals"] * bulk.execute(
            f"update buyers_externalid set gone_at = %s where {owner} = %s and system = %s"
            " and external_id = %s and gone_at is null",
            [at, id_, system, external_id],
        )
    for what, table in (("consents", "buyers_consent"), ("forbidden", "buyers_donotcontact")):
        before, after = changes.get(what, ((), ()))
        known = before if isinstance(before, int) else len(before)
        added = list(after or ())[known:]
        sql = f"update {table} set gone_at = %s where id = any(%s::bigint[]) and gone_at is null"
        if added and bulk.execute(sql, [at, added]):
            taken.append(what)
    return list(dict.fromkeys(taken))
