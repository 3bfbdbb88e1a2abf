"""What happens with tracked links; where they lead and what they are called stands in the link alone."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import CampaignKey, LinkKey, MemberKey, PersonKey, sample_key

_LINK = {"link": sample_key("link"), "person": None}


class LinkMade(
    Event,
    name="intake.link_made",
    version=1,
    says="{by} made a tracked link",
    side="ours",
    icon="link",
    sample={**_LINK, "member": sample_key("member"), "campaign": sample_key("campaign"), "source": "Fairs"},
):
    """A link of ours leads to a page and counts who comes by it; with a person it was made for them alone."""

    link: LinkKey
    member: MemberKey | None
    person: PersonKey | None = None
    campaign: CampaignKey | None = None
    source: str = ""


class LinkChanged(
    Event,
    name="intake.link_changed",
    version=1,
    says="{by} changed {fields} of a tracked link",
    side="changed",
    icon="link",
    sample={**_LINK, "fields": "target", "version": 2},
):
    """A link is called otherwise, leads elsewhere or ends at another time."""

    link: LinkKey
    fields: str
    version: int
    person: PersonKey | None = None


class LinkWithdrawn(
    Event,
    name="intake.link_withdrawn",
    version=1,
    says="{by} withdrew a tracked link",
    side="changed",
    icon="stop",
    sample=_LINK,
):
    """Whoever opens the link from now on is told that it is over."""

    link: LinkKey
    person: PersonKey | None = None


class LinkBroughtBack(
    Event,
    name="intake.link_brought_back",
    version=1,
    says="{by} brought a tracked link back",
    side="changed",
    icon="undo",
    sample=_LINK,
):
    """A withdrawn link leads on again."""

    link: LinkKey
    person: PersonKey | None = None
