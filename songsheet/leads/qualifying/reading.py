"""The preview of one version of a definition, for page and API."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from songsheet.agreements.kinds.qualified_lead import QUALIFIED_LEAD
from songsheet.agreements.models import SIGNED_STATES, Version
from songsheet.agreements.queries import before, version_for, version_in_force
from songsheet.base.refusals import NotFound
from songsheet.leads.qualifying.preview import Preview, preview
from songsheet.team.acting import Acting


class NothingToPreview(NotFound):
    """A version of a kind that leads are not looked at by."""

    code = "nothing_to_preview"


@dataclass(frozen=True, slots=True)
class Previewed:
    """What `version` would have done, beside `other`: the version in force, or the one before it."""

    version: Version
    other: Version | None
    found: Preview


def preview_of(viewer: Acting, key: str, *, at: datetime) -> Previewed:
    """What a version of the definition would have done with the leads of the last three months."""
    version = version_for(viewer, key)
    if version.agreement.kind != QUALIFIED_LEAD.name:
        raise NothingToPreview(_("Only a definition, and tiers and routing, can be tried on past leads."))
    was = version.state in SIGNED_STATES
    other = before(version) if was else version_in_force(QUALIFIED_LEAD.name, at)
    definition, beside = (QUALIFIED_LEAD.read(one.body) if one else None for one in (version, other))
    assert definition is not None
    return Previewed(version, other, preview(definition, beside, at=at))
