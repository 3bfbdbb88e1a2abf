"""What of an import has to stay when it is undone: what somebody else wrote about, and what visible things
refer to."""

from collections.abc import Sequence

from songsheet.base import bulk
from songsheet.imports.taking.after import TABLES

#: Kind → who may refer to it: by id, and by key where the reference points upwards.
_BY_ID: dict[str, tuple[tuple[str, str], ...]] = {
    "deal": (),
    "lead": (("deals_deal", "lead_id"),),
    "person": (
        ("touches_touch", "person_id"), ("touches_task", "person_id"), ("leads_lead", "person_id"),
        ("deals_deal", "person_id"), ("buyers_person", "root_id"),
    ),
    "company": (
        ("buyers_person", "company_id"), ("touches_touch", "company_id"), ("leads_lead", "company_id"),
        ("deals_deal", "company_id"), ("buyers_company", "root_id"),
    ),
    "campaign": (
        ("touches_touch", "campaign_id"), ("leads_lead", "campaign_id"), ("deals_deal", "campaign_id"),
    ),
}  # fmt: skip
_BY_KEY: dict[str, tuple[tuple[str, str], ...]] = {
    "deal": (("touches_touch", "deal_key"), ("touches_task", "deal_key")),
    "lead": (("touches_touch", "lead_key"), ("touches_task", "lead_key")),
}
_WRITTEN_ABOUT = """
    select distinct on (about.key) about.key, entry.actor, member.name
      from journal_about about
      join journal_entry entry on entry.position = about.position
      left join team_member member on member.key = entry.actor
     where about.key = any(%(keys)s::text[]) and entry.actor <> %(run)s
       and not exists (select from imports_import other
                        where other.key = entry.actor and other.state in ('undoing', 'undone'))
     order by about.key, about.position desc"""


def reasons_to_stay(kind: str, keys: Sequence[str], run: str) -> dict[str, str]:
    """The keys that stay, each with the reason in words."""
    stays = {}
    for key, actor, name in bulk.rows(_WRITTEN_ABOUT, {"keys": list(keys), "run": run}):
        who = name or ("another import" if actor.startswith("import_") else "an integration")
        stays[key] = f"{who} changed it or referred to it since"
    for key in _referred_to(kind, keys):
        stays.setdefault(key, "something that stays refers to it")
    return stays


def _referred_to(kind: str, keys: Sequence[str]) -> list[str]:
    ways = [
        f"exists (select from {table} r where r.{column} = it.id and r.gone_at is null)"
        for table, column in _BY_ID.get(kind, ())
    ] + [
        f"exists (select from {table} r where r.{column} = it.key and r.gone_at is null)"
        for table, column in _BY_KEY.get(kind, ())
    ]
    if not ways:
        return []
    sql = f"""select it.key from {TABLES[kind]} it
               where it.key = any(%s::text[]) and it.gone_at is null and ({" or ".join(ways)})"""
    return [key for (key,) in bulk.rows(sql, [list(keys)])]
