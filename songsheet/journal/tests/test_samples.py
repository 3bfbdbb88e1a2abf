"""Event types are declared once; a frozen sample of each version stays readable for ever."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from songsheet.base.ids import new_key
from songsheet.journal import samples
from songsheet.journal.errors import UnknownKind
from songsheet.journal.events import Event, kind_of, registry
from songsheet.journal.subjects import LeadKey, sample_key
from songsheet.journal.testing import assert_samples_frozen
from songsheet.journal.tests.kinds import Gathered, Tried

LEAD = sample_key("lead")


def declare(**changes: Any) -> type[Event]:
    """Declares an event that is forgotten again by `forgotten`."""
    given = {"version": 1, "says": "{by}", "side": "ours", "icon": "x", "sample": {"lead": LEAD}, **changes}

    class Passing(Event, name="tests.passing", **given):
        """Here for one test."""

        lead: LeadKey

    return Passing


@pytest.fixture(autouse=True)
def _forgotten() -> Any:
    yield
    registry.pop("tests.passing", None)


@pytest.fixture
def frozen_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(samples, "path_of", lambda cls, v: tmp_path / f"{cls.declared.name}.v{v}.json")
    return tmp_path


def test_every_event_of_the_journal_has_its_frozen_sample() -> None:
    assert_samples_frozen("journal")


def test_an_older_version_is_read_through_its_upcasters() -> None:
    assert Tried.read(1, {"lead": LEAD}) == Tried(lead=LEAD, how="nothing")
    assert list(samples.faults(Tried)) == []


def test_a_future_version_is_refused() -> None:
    with pytest.raises(UnknownKind, match="version 3"):
        Tried.read(3, {"lead": LEAD})
    with pytest.raises(UnknownKind, match="nobody"):
        kind_of("nobody.knows")


def test_unknown_fields_and_malformed_keys_are_refused() -> None:
    for body in (
        {"lead": LEAD, "mail": "a@b.example"},
        {"lead": "a@b.example"},
        {"lead": sample_key("person")},
    ):
        with pytest.raises(ValidationError):
            Tried.model_validate(body)


def test_subjects_are_found_in_lists_and_options() -> None:
    one, two = new_key("lead"), new_key("lead")
    assert Gathered(leads=[one, two, one]).subjects() == [one, two]
    assert Tried(lead=one).subjects() == [one]
    person = new_key("person")
    assert Tried(lead=one, person=person).subjects() == [one, person]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"says": "{by} did {what}"}, "no such field"),
        ({"version": 2}, "no from_v1"),
        ({"sample": {"lead": "lead_1"}}, "should match pattern"),
    ],
)
def test_a_wrong_declaration_fails_when_it_is_made(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises((TypeError, ValidationError), match=complaint):
        declare(**changes)


def test_a_name_belongs_to_one_class() -> None:
    declare()
    with pytest.raises(TypeError, match="declared twice"):

        class Other(Event, name="tests.passing", version=1, says="", side="ours", icon="", sample={}):
            """Takes a name that is taken."""


def test_freezing_writes_what_is_missing_and_nothing_else(frozen_here: Path) -> None:
    event = declare()
    assert [fault.split(";")[0] for fault in samples.faults(event)] == [
        "tests.passing has no frozen sample of version 1"
    ]
    (path,) = samples.freeze([event])
    assert orjson.loads(path.read_bytes())["body"] == {"lead": LEAD}
    assert samples.freeze([event]) == []
    assert list(samples.faults(event)) == []


def test_a_silent_change_is_told(frozen_here: Path) -> None:
    (path,) = samples.freeze([declare()])
    content = orjson.loads(path.read_bytes())
    content["schema"]["properties"]["more"] = {"type": "string"}
    path.write_bytes(orjson.dumps(content))
    (fault,) = samples.faults(registry["tests.passing"])
    assert "was changed after it was frozen; declare version 2" in fault


def test_a_sample_that_no_longer_reads_is_told(frozen_here: Path) -> None:
    (path,) = samples.freeze([declare()])
    path.write_bytes(orjson.dumps({"body": {"lead": LEAD, "gone": 1}}))
    (fault,) = samples.faults(registry["tests.passing"])
    assert "is no longer readable: ValidationError" in fault
