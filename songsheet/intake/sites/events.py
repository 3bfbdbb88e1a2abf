"""What happens with our sites."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import MemberKey, Subject, sample_key

SiteKey = Annotated[str, Subject("site")]
_SITE = {"site": sample_key("site")}


class SiteAdded(
    Event, name="intake.site_added", version=1, says="{by} let the site {called} tell of visits",
    side="changed", icon="visit",
    sample={
        **_SITE, "called": "Website", "mode": "anonymous", "origins": ["https://www.example.com"],
        "member": sample_key("member"),
    },
):  # fmt: skip
    """Pages of these origins may tell of visits: anonymous as counts, stitched as stories after consent."""

    site: SiteKey
    called: str
    mode: str
    origins: list[str]
    member: MemberKey | None


class SiteChanged(
    Event, name="intake.site_changed", version=1, says="{by} changed {fields} of the site {called}",
    side="changed", icon="visit",
    sample={
        **_SITE, "called": "Website", "fields": "mode", "mode": "stitched", "version": 2,
        "origins": ["https://www.example.com"],
    },
):  # fmt: skip
    """A site is called otherwise, stands elsewhere or may tell more or less."""

    site: SiteKey
    called: str
    fields: str
    mode: str
    origins: list[str]
    version: int


class SiteTakenOut(
    Event, name="intake.site_taken_out", version=1, says="{by} took the site {called} out",
    side="changed", icon="stop", sample={**_SITE, "called": "Website"},
):  # fmt: skip
    """What its pages still tell is refused."""

    site: SiteKey
    called: str


class SiteBroughtBack(
    Event, name="intake.site_brought_back", version=1, says="{by} brought the site {called} back",
    side="changed", icon="undo", sample={**_SITE, "called": "Website"},
):  # fmt: skip
    """Its pages may tell of visits again."""

    site: SiteKey
    called: str
