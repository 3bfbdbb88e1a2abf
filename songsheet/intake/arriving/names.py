"""What the names in events mean: members, campaigns, sources, links, sites; each table asked once a batch."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from songsheet.base import bulk
from songsheet.base.adopting import Fault, Ref
from songsheet.base.text import fold
from songsheet.intake.arriving.one import One
from songsheet.intake.inbox.models import Door
from songsheet.intake.links.whence import whence
from songsheet.intake.sites.models import Site
from songsheet.touches.adopt_campaigns import sources_named
from songsheet.touches.models import Source


class LinkMeant(NamedTuple):
    """What a hit needs to know of a link."""

    id: int
    source: int | None
    campaign: int | None
    person: Ref | None


class Names:
    """The names of one batch. What is not known by the name that an event gives is a fault of that event."""

    def __init__(self, ones: Sequence[One]) -> None:
        self._ones = ones

    @cached_property
    def members(self) -> dict[str, Ref]:
        """By key, mail address and folded name; a name that two have means nobody."""
        asked = {one.event.member.strip() for one in self._ones if one.event.member.strip()}
        if not asked:
            return {}
        found = bulk.rows(
            """select id, key, lower(coalesce(email, '')), lower(name) from team_member
                where key = any(%(asked)s::text[]) or lower(email) = any(%(low)s::text[])
                   or lower(name) = any(%(low)s::text[])""",
            {"asked": list(asked), "low": [one.lower() for one in asked]},
        )
        names: dict[str, Ref] = {}
        twice = set()
        for id_, key, mail, name in found:
            twice |= {name} & names.keys()
            names[name] = names[key] = (id_, key)
            if mail:
                names[mail] = (id_, key)
        return {name: ref for name, ref in names.items() if name not in twice}

    @cached_property
    def campaigns(self) -> dict[str, Ref]:
        """By key and by name in small letters; of several with one name, the oldest."""
        given = [one.event.campaign for one in self._ones]
        marks = [one.event.utm.campaign for one in self._ones if one.event.utm]
        asked = {name for name in (*given, *marks) if name}
        if not asked:
            return {}
        found = bulk.rows(
            """select id, key, lower(name) from touches_campaign
                where gone_at is null and (key = any(%s::text[]) or lower(name) = any(%s::text[]))
                order by id desc""",
            [list(asked), [name.lower() for name in asked]],
        )
        return {name: (id_, key) for id_, key, low in found for name in (low, key)}

    @cached_property
    def words(self) -> dict[str, str]:
        """The vocabulary of sources, folded name to name."""
        return dict(Source.objects.values_list("name_folded", "name"))

    @cached_property
    def sources(self) -> dict[str, tuple[int, str]]:
        """By folded name."""
        return {folded: (id_, name) for id_, name, folded in Source.objects.values_list(
            "id", "name", "name_folded")}  # fmt: skip

    @cached_property
    def links(self) -> dict[str, LinkMeant]:
        """The links by key, each with the person that it was given to."""
        keys = {one.event.link for one in self._ones if one.event.type == "click"}
        found = bulk.rows(
            """select it.key, it.id, it.source_id, it.campaign_id, whole.id, whole.key from intake_link it
                 left join buyers_person person on person.id = it.person_id
                 left join buyers_person whole on whole.id = coalesce(person.root_id, person.id)
                where it.key = any(%s::text[])""",
            [list(keys)],
        ) if keys else []  # fmt: skip
        return {
            key: LinkMeant(id_, source, campaign, (person, who) if person else None)
            for key, id_, source, campaign, person, who in found
        }

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Every site by its key: there are few."""
        return {site.key: site for site in Site.objects.all()}

    @cached_property
    def own_hosts(self) -> Collection[str]:
        """The hosts of our own pages."""
        origins = [origin for site in self.sites.values() for origin in site.origins]
        return {host for origin in origins if (host := urlsplit(origin).hostname)}

    def site(self, one: One) -> Site | None:
        """The site whose script sent it."""
        return self.sites.get(one.feed) if one.door == Door.SCRIPT else None

    def campaign(self, one: One) -> Ref | None:
        """The campaign that it names, else the one that its marks name."""
        if one.event.campaign:
            return self.campaigns.get(one.event.campaign) or self.campaigns.get(one.event.campaign.lower())
        return self.campaigns.get(one.event.utm.campaign.lower()) if one.event.utm else None

    def source(self, one: One) -> tuple[int, str] | None:
        """The source that it names, else where its marks and the page before say that it came from."""
        event = one.event
        if event.source:
            return self.sources.get(fold(event.source))
        if not (event.utm or event.click_ids or event.page):
            return None
        before = host_of(event.page.referrer) if event.page else ""
        found = whence(before, event.utm, event.click_ids, self.own_hosts, self.words).source
        if not found:
            return None
        if fold(found) not in self.sources:
            self.sources[fold(found)] = (sources_named([found])[found], found)
        return self.sources[fold(found)]

    def fault(self, one: One) -> Fault | None:
        """Why it cannot be taken, or what it names is nothing that we know."""
        event = one.event
        if one.door == Door.SCRIPT and (event.type != "page_view" or event.person):
            return "The script of a site tells of pages alone, and never who somebody is.", "type"
        if event.type == "page_view" and event.page is None:
            return "Say which page it was.", "page"
        if event.type == "known" and event.visitor is None:
            return "Say which visitor it was.", "visitor"
        if event.type == "enquiry" and not event.text.strip():
            return "Say what they ask.", "text"
        if event.member and self.member(one) is None:
            return f"There is no member “{event.member[:60]}”. Give the mail address or the key.", "member"
        if event.campaign and self.campaign(one) is None:
            return f"There is no campaign “{event.campaign[:60]}”. Enter it first.", "campaign"
        if event.source and self.source(one) is None:
            return f"There is no source “{event.source[:60]}”. Add it first.", "source"
        if event.type == "click" and event.link not in self.links:
            return "There is no such link.", "link"
        if one.door == Door.SCRIPT and self.site(one) is None:
            return "There is no such site.", "site"
        return None

    def member(self, one: One) -> Ref | None:
        """The member that it names."""
        asked = one.event.member.strip()
        return self.members.get(asked) or self.members.get(asked.lower())


def host_of(address: str) -> str:
    """The host of an address; empty where it has none or cannot be read."""
    try:
        return (urlsplit(address).hostname or "")[:253]
    except ValueError:
        return ""


def place_of(address: str) -> str:
    """Host and path of an address: what people searched for or are called by stands in the rest."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.hostname or ''}{parts.path}"[:500]


def split(ones: Iterable[One], which: Callable[[One], Any]) -> tuple[list[One], list[One]]:
    """Those of which it holds, and the others, in their order."""
    found: tuple[list[One], list[One]] = ([], [])
    for one in ones:
        found[not which(one)].append(one)
    return found
