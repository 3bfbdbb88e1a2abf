"""Sites: where their pages stand, how much they may tell, and the line for their pages."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from songsheet.base.refusals import NotAllowed, Stale
from songsheet.buyers.models import Person
from songsheet.intake.sites import actions
from songsheet.intake.sites.errors import NotAnOrigin, NotASite
from songsheet.intake.sites.events import SiteAdded, SiteBroughtBack, SiteChanged, SiteTakenOut
from songsheet.intake.sites.models import Site
from songsheet.intake.sites.queries import own_hosts, seen_on, sites_seen_by, snippet_of
from songsheet.intake.visitors.actions import recognise
from songsheet.intake.visitors.models import Count, Hit, Visitor
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member


def test_a_site_is_added_changed_taken_out_and_brought_back(cast: dict[str, Any], at: datetime) -> None:
    ruth = as_member(cast["ruth"])
    typed = ["WWW.Brightwater.example", "https://brightwater.example:443/", "http://127.0.0.1:8080"]
    with pytest.raises(NotAllowed):
        actions.add_site(name="Website", origins=typed[:2], by=as_member(cast["priya"]), at=at)
    site = actions.add_site(name="Website", origins=typed[:2], by=ruth, at=at)
    assert site.origins == ["https://www.brightwater.example", "https://brightwater.example"]
    assert own_hosts() == {"www.brightwater.example", "brightwater.example"}
    assert_recorded(SiteAdded, site=site.key, mode="anonymous")
    assert "stitched" not in snippet_of(site)
    changed = actions.change_site(site.key, by=ruth, at=at, version=1, mode="stitched")
    assert 'data-mode="stitched"' in snippet_of(changed)
    assert_recorded(SiteChanged, site=site.key, fields="mode", version=2)
    with pytest.raises(Stale):
        actions.change_site(site.key, by=ruth, at=at, version=1, name="Other")
    actions.take_site_out(site.key, by=ruth, at=at)
    assert_recorded(SiteTakenOut, site=site.key)
    assert not sites_seen_by(ruth).exists()
    actions.bring_site_back(site.key, by=ruth, at=at)
    assert_recorded(SiteBroughtBack, site=site.key)


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.com/path", "https://example.com?x", "https://user@example.com", "ftp://example.com",
        "null", "*", "https://*.example.com", "https://example.com:0", "javascript:alert(1)", 
        "https://exa mple.com",
        "https://10.0.0.1", "https://example.com\\@x.example", "//", "https://münchen.example", "",
    ],
)  # fmt: skip
def test_what_is_no_origin_is_refused(cast: dict[str, Any], at: datetime, origin: str) -> None:
    ruth = as_member(cast["ruth"])
    with pytest.raises(NotAnOrigin):
        actions.add_site(name="Website", origins=[origin], by=ruth, at=at)
    with pytest.raises(NotASite):
        actions.add_site(name=" ", origins=["https://example.com"], by=ruth, at=at)


def test_what_sites_told_is_counted(cast: dict[str, Any], at: datetime) -> None:
    site = Site.objects.create(name="Website", origins=["https://example.com"], made_at=at)
    Count.objects.create(site=site, day=at.date(), address="example.com/", human=3, machine=2, unknown=1)
    assert (seen_on([site], at)[site.id].human, seen_on([site], at)[site.id].every) == (3, 6)


@pytest.mark.parametrize("mode", ["stitched", "whole"])
def test_what_is_allowed_on_a_site_covers_the_past_where_the_site_asks_for_that(
    cast: dict[str, Any], at: datetime, mode: str
) -> None:
    ruth = as_member(cast["ruth"])
    site = actions.add_site(name="Website", origins=["https://example.com"], mode=mode, by=ruth, at=at)
    before, person = at - timedelta(hours=1), Person.objects.create(name="Ida", met_at=at)
    visitor = Visitor.objects.create(token=uuid4(), first_at=before, last_at=before)
    hit = Hit.objects.create(
        hash=uuid4(), door="script", what="page", at=before, received_at=before, site=site, visitor=visitor,
        made_by="human", address="example.com/",
    )  # fmt: skip
    recognise(visitor.token, (person.id, person.key), how="form", by=ruth, at=at)
    hit.refresh_from_db()
    assert hit.person_id == (person.id if mode == "whole" else None)
