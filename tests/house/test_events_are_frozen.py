"""Every event of every part keeps a frozen sample of each version, readable for ever."""

import orjson
import pytest
from django.conf import settings

from songsheet.journal.events import registry
from songsheet.journal.samples import path_of
from songsheet.journal.testing import assert_samples_frozen


@pytest.mark.parametrize("part", settings.PARTS)
def test_the_samples_of_a_part_are_frozen(part: str) -> None:
    """Write missing ones with `django-admin freeze`; a changed event needs a new version."""
    assert_samples_frozen(part)


def test_no_sample_stands_without_its_event() -> None:
    expected = {
        path_of(event, version).name
        for event in registry.values()
        for version in range(1, event.declared.version + 1)
    }
    folder = settings.PACKAGE
    stray = [path for path in folder.glob("*/samples/*.json") if path.name not in expected]
    assert stray == [], "An event that was recorded once stays declared for ever."


def test_every_event_has_an_icon_that_there_is() -> None:
    """Or the page of whoever it is about could not be drawn."""
    there = set(orjson.loads((settings.PACKAGE / "ui" / "icons.json").read_bytes())) | {""}
    missing = {event.declared.name: event.declared.icon for event in registry.values()}
    missing = {name: icon for name, icon in missing.items() if not name.startswith("tests.")}
    assert {name: icon for name, icon in missing.items() if icon not in there} == {}
