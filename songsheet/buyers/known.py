"""Which people are meant by what a row says, and by what the people found are called."""

from collections.abc import Collection, Iterator
from typing import Any

from songsheet.base import bulk


def people_meant(
    externals: Collection[tuple[str, str]], mails: Collection[str], phones: Collection[tuple[str, str]]
) -> list[int]:
    """The people with one of these external ids, mails, or phones with a folded name; through merges."""
    found = []
    if externals:
        found += bulk.rows(
            """select coalesce(p.root_id, p.id) from unnest(%s::text[], %s::text[]) as g(system, external_id)
                 join buyers_externalid e on e.system = g.system and e.external_id = g.external_id
                  and e.kind = 'person' and e.gone_at is null
                 join buyers_person p on p.id = e.person_id""",
            [list(column) for column in zip(*externals, strict=True)],
        )
    if mails:
        found += bulk.rows(
            """select coalesce(p.root_id, p.id) from buyers_mail m join buyers_person p on p.id = m.person_id
                where m.address = any(%s::text[]) and m.gone_at is null""",
            [list(mails)],
        )
    if phones:
        found += bulk.rows(
            """select coalesce(p.root_id, p.id) from unnest(%s::text[], %s::text[]) as g(number, name)
                 join buyers_phone n on n.number = g.number and n.gone_at is null
                 join buyers_person p on p.id = n.person_id and p.name_folded = g.name""",
            [list(column) for column in zip(*phones, strict=True)],
        )
    return [id_ for (id_,) in found]


def names_of(ids: list[int]) -> Iterator[tuple[int, int, str, str, Any]]:
    """(record, its root, folded name, what, value) of these roots and the records merged into them.

    `what` is mails, phones or externals; it is empty once per record. In the order of the records.
    """
    family = {
        id_: (root, name)
        for id_, root, name in bulk.rows(
            """select id, coalesce(root_id, id), name_folded from buyers_person
                where id = any(%(ids)s::bigint[])
               union select id, root_id, name_folded from buyers_person
                where root_id = any(%(ids)s::bigint[])""",
            {"ids": ids},
        )
    }
    called = bulk.rows(
        """select id, '' as what, '' as value, '' as system from unnest(%(ids)s::bigint[]) as id
           union all select person_id, 'mails', address, '' from buyers_mail
            where person_id = any(%(ids)s::bigint[]) and gone_at is null
           union all select person_id, 'phones', number, '' from buyers_phone
            where person_id = any(%(ids)s::bigint[]) and gone_at is null
           union all select person_id, 'externals', external_id, system from buyers_externalid
            where person_id = any(%(ids)s::bigint[]) and gone_at is null
            order by id, what, value""",
        {"ids": list(family)},
    )
    for id_, what, value, system in called:
        yield id_, *family[id_], what, (system, value) if what == "externals" else value
