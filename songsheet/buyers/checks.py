"""What people and companies must always keep (I7)."""

from collections.abc import Iterator

from songsheet.buyers.events import CompanyChanged, CompanyMet, PersonChanged, PersonMet
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among, versions_agree
from songsheet.journal.sql import rows


@invariant("I7")
def buyers_agree_with_their_entries(span: Span) -> Iterator[Offence]:
    """Each person and company was met, and has the version of its last change."""
    yield from versions_agree(span, "buyers_person", made=[PersonMet], changed=PersonChanged)
    yield from versions_agree(span, "buyers_company", made=[CompanyMet], changed=CompanyChanged)


@invariant("I7")
def roots_follow_the_merges_that_stand(span: Span) -> Iterator[Offence]:
    """The root of a record is where the merges that were not undone lead; without one it has none."""
    for kind in ("person", "company"):
        for (key,) in rows(
            f"""with recursive up (id, top) as (
                    select merged_id, into_id from buyers_{kind}merge where undone_at is null
                     union select up.id, next.into_id from up
                      join buyers_{kind}merge next on next.merged_id = up.top and next.undone_at is null),
                ends as (select id, top from up where not exists (
                    select from buyers_{kind}merge where merged_id = up.top and undone_at is null))
                select it.key from buyers_{kind} it left join ends on ends.id = it.id
                 where it.root_id is distinct from ends.top
                   and {among(span, "it.key")} order by it.id"""
        ):
            yield Offence("I7", key, f"The root of {key} is not where its merges lead.")


@invariant("I7")
def merges_are_told(span: Span) -> Iterator[Offence]:
    """There are as many entries of merging and taking apart as there were merges and undoings."""
    for kind in ("person", "company"):
        for (key,) in rows(
            f"""select it.key from buyers_{kind} it,
                  lateral (select count(*) as merged, count(undone_at) as undone
                             from buyers_{kind}merge where merged_id = it.id) as done,
                  lateral (select count(*) filter (where kind = 'buyers.{kind}_merged') as merged,
                                  count(*) filter (where kind = 'buyers.{kind}_unmerged') as undone
                             from journal_about about join journal_entry using (position)
                            where about.key = it.key and body->>'{kind}' = it.key) as told
                 where it.id in (select merged_id from buyers_{kind}merge)
                   and (done.merged, done.undone) <> (told.merged, told.undone)
                   and {among(span, "it.key")} order by it.id"""
        ):
            yield Offence("I7", key, f"The entries about {key} do not tell each of its merges.")


@invariant("I7")
def merged_records_point_at_a_root(span: Span) -> Iterator[Offence]:
    """What was merged points at a record that was not, and that is there."""
    for table in ("buyers_person", "buyers_company"):
        for key, root in rows(
            f"""select it.key, root.key from {table} it join {table} root on root.id = it.root_id
                 where it.gone_at is null and (root.root_id is not null or root.gone_at is not null)
                   and {among(span, "it.key")} order by it.id"""
        ):
            yield Offence("I7", key, f"{key} was merged into {root}, which is merged itself or gone.")
