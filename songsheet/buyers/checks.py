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
def merged_records_point_at_a_root(span: Span) -> Iterator[Offence]:
    """What was merged points at a record that was not, and that is there."""
    for table in ("buyers_person", "buyers_company"):
        for key, root in rows(
            f"""select it.key, root.key from {table} it join {table} root on root.id = it.root_id
                 where it.gone_at is null and (root.root_id is not null or root.gone_at is not null)
                   and {among(span, "it.key")} order by it.id"""
        ):
            yield Offence("I7", key, f"{key} was merged into {root}, which is merged itself or gone.")
