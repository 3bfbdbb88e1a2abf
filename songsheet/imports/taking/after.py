"""What a record holds after a change, beside what it held before: an undo puts back only what still
stands."""

from collections.abc import Sequence
from typing import Any

import orjson

from songsheet.base import bulk

TABLES = {
    "company": "buyers_company",
    "person": "buyers_person",
    "campaign": "touches_campaign",
    "touch": "touches_touch",
    "task": "touches_task",
    "lead": "leads_lead",
    "deal": "deals_deal",
}


def with_after(befores: Sequence[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    """The same changes with [before, after] per column, and of what is kept beside the row."""
    keys: dict[str, set[str]] = {}
    for kind, key, _ in befores:
        keys.setdefault(kind, set()).add(key)
    beside = _beside(keys)
    now = {
        (kind, key): row
        for kind, some in keys.items()
        if kind in TABLES
        for key, row in rows_now(kind, some).items()
    }
    return [
        (
            kind,
            key,
            {name: [old, (now[kind, key] | beside.get(key, {})).get(name)] for name, old in before.items()},
        )
        for kind, key, before in befores
        if (kind, key) in now
    ]


def rows_now(kind: str, keys: set[str]) -> dict[str, dict[str, Any]]:
    """The rows of these keys as they stand, by column, as JSON has them."""
    found = bulk.rows(
        f"select key, to_jsonb(it)::text from {TABLES[kind]} as it where key = any(%s::text[])",
        [sorted(keys)],
    )
    return {key: orjson.loads(row) for key, row in found}


_BESIDE = """
    select it.key, what, coalesce(jsonb_agg(value order by number), '[]')::text from buyers_person it,
   lateral (select 'mails' as what, id as number, to_jsonb(address) as value from buyers_mail
             where person_id = it.id and gone_at is null
            union all select 'phones', id, to_jsonb(number) from buyers_phone
             where person_id = it.id and gone_at is null
            union all select 'externals', id, jsonb_build_array(system, external_id) from buyers_externalid
             where person_id = it.id and gone_at is null
            union all select 'consents', id, to_jsonb(id) from buyers_consent
             where person_id = it.id and gone_at is null
            union all select 'forbidden', id, to_jsonb(id) from buyers_donotcontact
             where person_id = it.id and gone_at is null) as held
     where it.key = any(%(person)s::text[]) group by it.key, what
    union all
    select it.key, 'externals', coalesce(jsonb_agg(jsonb_build_array(system, external_id)), '[]')::text
      from buyers_company it join buyers_externalid e on e.company_id = it.id and e.gone_at is null
     where it.key = any(%(company)s::text[]) group by it.key"""


def _beside(keys: dict[str, set[str]]) -> dict[str, dict[str, Any]]:
    """What people and companies are called and have allowed, in the order in which it came."""
    found: dict[str, dict[str, Any]] = {}
    given = {kind: sorted(keys.get(kind, ())) for kind in ("person", "company")}
    for key, what, values in bulk.rows(_BESIDE, given) if any(given.values()) else ():
        found.setdefault(key, {})[what] = orjson.loads(values)
    return found
