"""Three real sets, whole: imported, imported again, undone; the letters hold against independent counts
over the raw files.

They lie beside the repository in `../shared/data`; where that is not, these tests are reported as not run.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from songsheet.buyers.models import Company, Person
from songsheet.deals.models import Deal
from songsheet.desk import standing
from songsheet.desk.letters.asked import read_asked
from songsheet.desk.letters.letter import letters
from songsheet.imports.choosing import choose
from songsheet.imports.tests.conftest import beside
from songsheet.imports.tests.small import counts, run_files, try_files
from songsheet.imports.undo import undo_import
from songsheet.leads.models import Lead
from songsheet.team.acting import as_system
from songsheet.team.queries import house_and_time

MAPPINGS = Path(__file__).resolve().parents[3] / "examples" / "mappings"
SETS = {
    "zoho": ("data/zoho-crm-demo", None),
    "olist": ("data/olist-marketing-funnel", MAPPINGS / "olist.toml"),
    "maven": ("data/maven-crm-sales-opportunities", MAPPINGS / "maven.toml"),
}


@pytest.mark.parametrize("name", SETS)
def test_a_real_set_is_imported_whole_and_the_letters_equal_an_independent_count(
    name: str, own_database: str, at: datetime
) -> None:
    oracle = pytest.importorskip(f"tests.oracles.{name}", reason="not run: pandas is not installed")
    folder, map_file = beside(SETS[name][0]), SETS[name][1]
    mapping = choose([folder], map_file=map_file).mapping
    tried = try_files([folder], at, mapping)
    run = run_files([folder], at, mapping)
    assert counts(tried) == counts(run)
    assert counts(run)[2:] == (0, run.rejected)
    agree(told(), oracle.count(folder))
    again = run_files([folder], at, mapping)
    assert counts(again) == (0, 0, run.rows - run.rejected, run.rejected)
    undo_import(again.key, by=as_system("tests"), at=at)
    report = undo_import(run.key, by=as_system("tests"), at=at)
    assert report["stayed"] == 0
    for kind in (Lead, Deal, Person, Company):
        assert not kind.objects.filter(gone_at=None).exists()
    assert told()["leads"] == 0


def told() -> dict[str, Any]:
    """What the letters say now."""
    standing.hear()
    house, at = house_and_time()
    answer: dict[str, Any] = letters(as_system("tests"), at=at, asked=read_asked({}), house=house).as_dict()
    return answer


def agree(told: dict[str, Any], counted: dict[str, Any]) -> None:
    """Sources, ends and response of the letters are those of the files."""
    assert told["leads"] == counted["leads"]
    went = {one["outcome"]: one["leads"] for one in told["went"] if one["leads"]}
    assert went == {outcome: leads for outcome, leads in counted["went"].items() if leads}
    assert told["response"] == counted["response"]
    for source, expected in counted["came_from"].items():
        rows = [one for one in told["came_from"] if one["source"] == (source or "Unknown")]
        for name in ("leads", "deals", "won"):
            assert sum(one[name] for one in rows) == expected[name], (source, name)
