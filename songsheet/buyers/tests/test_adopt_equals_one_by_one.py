"""Adopting n people or companies equals n single ones, whatever they are."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.bulk import rows
from songsheet.base.tests.cast import TUESDAY
from songsheet.base.tests.one_by_one import equal_one_by_one
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.team.acting import as_import

BY = as_import("import_00000000000000000000000001")
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = pytest.mark.django_db

TIMES = st.none() | st.sampled_from([TUESDAY - timedelta(days=n) for n in range(3)])
NAMES = st.sampled_from(["", "Ann Old", "ANN  OLD", "Bo", "x" * 301, "nul\x00"])
PEOPLE = st.fixed_dictionaries(
    {
        "name": NAMES,
        "title": st.sampled_from(["", "Boss", "Owner"]),
        "mails": st.lists(
            st.sampled_from(["a@{w}.example", "b@{w}.example", "B@{w}.example", "bad"]), max_size=2
        ),
        "phones": st.lists(st.sampled_from(["+441174960001", "+441174960002", "12"]), max_size=2),
        "external": st.none() | st.tuples(st.sampled_from(["{w}", "{w}2"]), st.sampled_from(["1", "2", ""])),
        "met_at": TIMES,
        "custom": st.none()
        | st.dictionaries(st.sampled_from(["Rating", "Size"]), st.sampled_from(["", "A", "B"])),
        "consents": st.lists(
            st.tuples(st.sampled_from(["mail", "call", "?"]), st.booleans(), TIMES), max_size=2
        ),
        "do_not_contact": st.lists(st.tuples(st.sampled_from(["", "call"]), st.just("asked")), max_size=1),
    }
)
COMPANIES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "Acme {w}", "ACME {w}", "Bolt {w}", "x" * 301]),
        "domain": st.sampled_from(
            ["", "www.acme{w}.example", "acme{w}.example", "bolt{w}.example", "gmail.com"]
        ),
        "external": st.none() | st.tuples(st.just("{w}"), st.sampled_from(["1", "2"])),
        "industry": st.sampled_from(["", "Health", "Law"]),
        "people_count": st.sampled_from([None, 7, -1]),
        "met_at": TIMES,
    }
)


def in_world(value: Any, world: str) -> Any:
    if isinstance(value, str):
        return value.replace("{w}", world)
    if isinstance(value, list | tuple):
        return tuple(in_world(one, world) for one in value)
    return value


@FEW
@given(st.lists(PEOPLE, max_size=8))
def test_people_together_are_people_one_by_one(given: list[dict[str, Any]]) -> None:
    def people(world: str) -> list[PersonRow]:
        phone = {
            "+441174960001": f"+4411{hash(world) % 10**8:08}",
            "+441174960002": f"+4420{hash(world) % 10**8:08}",
        }
        made = [{name: in_world(value, world) for name, value in one.items()} for one in given]
        return [PersonRow(**{**one, "phones": tuple(phone.get(n, n) for n in one["phones"])}) for one in made]

    equal_one_by_one(lambda some: adopt_people(some, by=BY, at=TUESDAY), people, ["buyers_person"])
    assert rows("select address from buyers_mail where gone_at is null group by 1 having count(*) > 1") == []


@FEW
@given(st.lists(COMPANIES, max_size=8))
def test_companies_together_are_companies_one_by_one(given: list[dict[str, Any]]) -> None:
    def companies(world: str) -> list[CompanyRow]:
        return [CompanyRow(**{name: in_world(value, world) for name, value in one.items()}) for one in given]

    equal_one_by_one(lambda some: adopt_companies(some, by=BY, at=TUESDAY), companies, ["buyers_company"])
