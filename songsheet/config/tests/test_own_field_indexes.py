"""The index of a field: made beside the work, used by each condition, mended, dropped."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from songsheet.buyers.actions import change_company
from songsheet.buyers.listing import COMPANIES
from songsheet.buyers.models import Company
from songsheet.config.doctor_work import own_fields
from songsheet.config.tests.test_own_fields import HOSTILE
from songsheet.team.acting import Acting, as_member
from songsheet.team.field_actions import archive_field, declare_field
from songsheet.team.fields.index_actions import keep_indexes, standing, unfinished

#: Type → what one record holds, and the filters that find it by the index; the others hold what it is not.
ASKED: dict[str, tuple[Any, dict[str, str]]] = {
    "text": ("Hot & cold", {"": "hot & cold", ".has": "hot", ".not": "x"}),
    "number": (12, {"": "12", ".from": "12", ".until": "12", ".empty": "no"}),
    "money": ({"EUR": 2_270_050}, {"": "22,700.50 EUR", ".from": "22700", ".until": "22,701 EUR"}),
    "date": ("2026-05-12", {"": "2026-05-12", ".from": "2026-05-12", ".until": "2026-05-12"}),
    "yes_no": (True, {"": "yes"}),
    "choice": ("a", {"": "a", ".not": "b"}),
    "url": ("https://example.com", {"": "https://example.com", ".has": "example"}),
}


@pytest.fixture
def boss(own_database: str, cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def plan_of(rows: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("set enable_seqscan = off")
    return str(rows.explain())


@pytest.mark.parametrize("type", ASKED)
def test_the_index_serves_filters_sorts_and_groups_and_goes(type: str, boss: Acting, at: datetime) -> None:
    value, asked = ASKED[type]
    label = HOSTILE[len(type) % len(HOSTILE)]
    field = declare_field("company", label=label, type=type, options=["A", "B"], by=boss, at=at)
    company = Company.objects.create(name="Brightwater", name_folded="brightwater", met_at=at)
    custom = {field.name: asked[".not"]} if ".not" in asked else {}
    others = [Company(name="Other", name_folded="other", met_at=at, custom=custom) for _ in range(400)]
    Company.objects.bulk_create(others)
    change_company(company.key, custom={field.name: value}, by=boss, at=at)
    name = f"custom_{field.slug}"
    assert name not in {sort.name for sort in COMPANIES.sorts}
    assert unfinished() == {field.key: sorted(f"custom_{field.pk}{end}" for end in ENDS[type])}
    assert not next(own_fields())[0]
    assert keep_indexes(field.key, at=at)
    assert (unfinished(), next(own_fields())[0]) == ({}, True)
    for end, said in asked.items():
        found = COMPANIES.narrowed(boss, {name + end: said}).rows
        assert [one.key for one in found] == [company.key]
        assert f"custom_{field.pk}" in plan_of(found.order_by()), (end, plan_of(found.order_by()))
    for sort in (one for one in COMPANIES.sorts if name in one.name):
        every = COMPANIES.base(boss).annotate(**sort.computed).order_by(*sort.fields)
        assert every.first() == company
        assert f"using {sort.index} on" in plan_of(every[:50]), plan_of(every[:50])
        page = COMPANIES.page(boss, {}, sort=sort.name, size=1)
        assert COMPANIES.page(boss, {}, sort=sort.name, after=page.next_cursor).rows[0].name == "Other"
    with connection.cursor() as cursor:  # as one that broke off leaves it
        cursor.execute(
            f"update pg_index set indisvalid = false where indexrelid = 'custom_{field.pk}'::regclass"
        )
    assert unfinished() == {field.key: [f"custom_{field.pk}"]}
    assert keep_indexes(field.key, at=at)
    assert all(standing(field).values())
    archive_field(field.key, by=boss, at=at)
    assert keep_indexes(field.key, at=at)
    assert standing(field) == {}


#: Type → how the names of its indexes end.
ENDS = {
    "text": ("", "_words"), "number": ("", "_down"), "money": ("", "_down"), "date": ("", "_down"),
    "yes_no": ("",), "choice": ("",), "url": ("", "_words"),
}  # fmt: skip
