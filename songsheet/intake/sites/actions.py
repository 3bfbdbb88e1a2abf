"""What changes our sites: adding, changing, taking out, bringing back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.intake.sites.errors import NoSuchSite, NotASite
from songsheet.intake.sites.events import SiteAdded, SiteBroughtBack, SiteChanged, SiteTakenOut
from songsheet.intake.sites.models import Site
from songsheet.intake.sites.origins import origins_of
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def add_site(
    *, name: str, origins: Sequence[str], by: Acting, at: datetime, mode: str = Site.Mode.ANONYMOUS
) -> Site:
    """Pages of these origins may tell of visits, as much as the mode says."""
    by.must(Right.FRONT)
    values = _read({"name": name, "origins": origins, "mode": mode})
    with act(by=by.actor, at=at) as record:
        site = Site.objects.create(**values, made_at=at)
        member = by.member.key if by.member else None
        record(
            SiteAdded(site=site.key, called=site.name, mode=site.mode, origins=site.origins, member=member)
        )
    return site


def change_site(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Site:
    """Change what is named of name, origins and mode."""
    by.must(Right.FRONT)
    read = _read(values)
    with act(by=by.actor, at=at) as record:
        site = _held(key)
        if version not in (None, site.version):
            raise Stale(
                "Somebody changed this site since you opened it. Look at it again.", version=site.version
            )
        changed = [name for name, value in read.items() if value != getattr(site, name)]
        if not changed:
            return site
        for name in changed:
            setattr(site, name, read[name])
        site.version += 1
        site.save()
        record(
            SiteChanged(
                site=key, called=site.name, fields=", ".join(changed), mode=site.mode, origins=site.origins,
                version=site.version,
            )
        )  # fmt: skip
    return site


def take_site_out(key: str, *, by: Acting, at: datetime) -> Site:
    """What its pages still tell is refused; what they told stays."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        site = _held(key)
        if site.gone_at is None:
            _stands(site, at)
            record(SiteTakenOut(site=key, called=site.name))
    return site


def bring_site_back(key: str, *, by: Acting, at: datetime) -> Site:
    """Its pages may tell of visits again."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        site = _held(key)
        if site.gone_at is not None:
            _stands(site, None)
            record(SiteBroughtBack(site=key, called=site.name))
    return site


def _stands(site: Site, gone_at: datetime | None) -> None:
    site.gone_at = gone_at
    site.version += 1
    site.save(update_fields=["gone_at", "version"])


def _held(key: str) -> Site:
    site = Site.objects.select_for_update(no_key=True).filter(key=key).first()
    if site is None:
        raise NoSuchSite(key)
    return site


def _read(values: dict[str, Any]) -> dict[str, Any]:
    read = dict(values)
    if "name" in read:
        read["name"] = clean(read["name"], 120, field="name")
        if not read["name"]:
            raise NotASite("A site needs a name. Give it one.", field="name")
    if "origins" in read:
        read["origins"] = origins_of(read["origins"])
    if "mode" in read and read["mode"] not in Site.Mode.values:
        raise NotASite(
            "A site tells counts (anonymous), or visits after consent (stitched, whole).", field="mode"
        )
    return read
