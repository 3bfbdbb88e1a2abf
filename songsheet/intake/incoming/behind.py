"""What is behind a touch of the front doors: the hits or the event, who made them, why it is theirs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import F, Q

from songsheet.base import bulk
from songsheet.buyers.models import Consent
from songsheet.buyers.permissions import answers_of
from songsheet.buyers.queries import people_of
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.inbox.models import Seen
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.intake.visitors.models import Hit, Recognised, Visitor
from songsheet.touches.models import Touch

FORMS = "forms"
MOST_HITS = 50
HIDDEN = "…"
_SECRET = re.compile(r"(?i)(^|[_.-])(token|secret|password|passwd|authorization|api_?key|signature|code)$")
#: What stands behind the question mark of an address is shown for campaign marks alone.
_QUERY = re.compile(r"([?&])((?!utm_)[^=&#\s]+)=([^&#\s]*)")
_OF_HITS = """
select raw.hash, raw.body from intake_hit hit
  join intake_raw raw on raw.received_at = hit.received_at and raw.hash = hit.hash
 where hit.id = any(%s::bigint[])
"""
_OF_EVENT = "select body, door, feed from intake_raw where person_id = any(%s::bigint[]) and hash = %s::uuid"


@dataclass(frozen=True, slots=True)
class Happened:
    """One hit or event. `fields` is what came, as it came; none where it is not kept any more."""

    at: datetime
    what: str
    where: str = ""
    by_link: Any = None
    made_by: str = ""
    made_why: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Theirs:
    """The stretch of a visitor that it falls into, and by what we know whose it was."""

    visitor: Visitor
    stretch: Recognised
    form: FormAnswer | None = None
    link: Any = None

    def is_before(self, at: datetime) -> bool:
        """Whether it happened before we knew, as they allowed."""
        return at < self.stretch.since


@dataclass(slots=True)
class Behind:
    """All that is behind one touch."""

    touch: Touch
    happened: list[Happened] = field(default_factory=list)
    more: int = 0
    theirs: Theirs | None = None
    answer: FormAnswer | None = None
    by: str = ""
    door: str = ""
    sites: list[Any] = field(default_factory=list)
    allowed: list[Consent] = field(default_factory=list)
    tracking: tuple[bool, datetime] | None = None


def came_by_a_door(touches: Iterable[Touch]) -> set[str]:
    """The keys of those that came by the front doors: visits, forms, and events that were seen."""
    doors, brought, asked = set[str](), set[str](), dict[UUID, str]()
    for one in touches:
        if (one.kind == Touch.Kind.VISIT and not one.system) or one.system == FORMS:
            doors.add(one.key)
        elif one.kind == Touch.Kind.VISIT:
            brought.add(one.key)  # another system told it; perhaps we saw its pages ourselves
        elif one.system and one.external_id:
            asked[hash_of(one.system, one.external_id)] = one.key
    seen = Seen.objects.filter(hash__in=asked).values_list("hash", flat=True) if asked else ()
    if brought:
        doors |= set(Hit.objects.filter(touch_key__in=brought).values_list("touch_key", flat=True))
    return doors | {asked[hash_] for hash_ in seen}


def behind(touch: Touch) -> Behind:
    """What is behind it, as far as it is kept; with every value that could be a secret left out."""
    found = Behind(touch)
    if touch.person is not None:
        found.tracking = answers_of([touch.person.whole.pk]).get(touch.person.whole.pk, {}).get("tracking")
    if touch.system == FORMS:
        _form(found)
    elif touch.system and not Hit.objects.filter(touch_key=touch.key).exclude(touch_key="").exists():
        _event(found)
    else:
        _visit(found)
    return found


def _visit(found: Behind) -> None:
    of_visit = Hit.objects.filter(touch_key=found.touch.key).exclude(touch_key="").order_by("at", "id")
    hits = list(of_visit.select_related("visitor", "site", "link")[: MOST_HITS + 1])
    found.more, hits = max(0, len(hits) - MOST_HITS), hits[:MOST_HITS]
    raw = dict(bulk.rows(_OF_HITS, [[one.pk for one in hits]])) if hits else {}
    clicks = {one.hash: one.link for one in Hit.objects.filter(
        hash__in=[one.came_by for one in hits if one.came_by]).select_related("link")}  # fmt: skip
    for one in hits:
        link = one.link or (clicks.get(one.came_by) if one.came_by else None)
        found.happened.append(
            Happened(one.at, one.what, one.title or one.address, link, one.made_by, one.made_why,
                     shown(raw.get(one.hash, "")))
        )  # fmt: skip
    found.sites = list({one.site.pk: one.site for one in hits if one.site}.values())
    first = next((one for one in hits if one.visitor), None)
    if first is not None and first.visitor is not None:
        found.theirs = _theirs(first.visitor, first.at)


def _theirs(visitor: Visitor, at: datetime) -> Theirs | None:
    """The stretch at a time; of what was before the first one, that one."""
    stretches = Recognised.objects.filter(visitor=visitor).exclude(until=F("since"))
    stretch = stretches.filter(Q(until=None) | Q(until__gt=at)).order_by("since").first()
    if stretch is None:
        return None
    told = Theirs(visitor, stretch)
    if stretch.how == Recognised.How.FORM:
        answers = FormAnswer.objects.filter(person__isnull=False, visitor=visitor.token)
        form = answers.filter(Q(came_at=stretch.since) | Q(confirmed_at=stretch.since))
        return Theirs(visitor, stretch, form=form.select_related("form").first())
    if stretch.how == Recognised.How.LINK:
        page = Hit.objects.filter(visitor=visitor, at=stretch.since, came_by__isnull=False).first()
        by = page.came_by if page else None
        click = Hit.objects.filter(hash=by).select_related("link").first() if by else None
        return Theirs(visitor, stretch, link=click.link if click else None)
    return told


def _form(found: Behind) -> None:
    answer = FormAnswer.objects.filter(key=found.touch.external_id).select_related("form").first()
    found.answer = answer
    if answer is None:
        return
    fields = [
        *flat(answer.said),
        *flat({"utm": answer.utm, "referrer": answer.referrer, "page": answer.page}),
    ]
    found.happened.append(Happened(answer.came_at, "form", answer.form.name, fields=fields))
    found.allowed = list(Consent.objects.filter(source=answer.key, gone_at=None).select_related("wording"))
    visitor = Visitor.objects.filter(token=answer.visitor).first() if answer.visitor else None
    found.theirs = _theirs(visitor, answer.came_at) if visitor else None


def _event(found: Behind) -> None:
    touch = found.touch
    people = people_of(touch.person.key) if touch.person else []
    rows = bulk.rows(_OF_EVENT, [list(people), str(hash_of(touch.system, touch.external_id))])
    body, found.door, _feed = rows[0] if rows else ("", "", "")
    found.happened.append(Happened(touch.at, touch.kind, touch.subject, fields=shown(body)))
    arrived = _parsed(body)
    found.by = str(arrived.get("by", "")) or (touch.system if touch.system.startswith("hook_") else "")
    token = (arrived.get("event") or {}).get("visitor") if isinstance(arrived.get("event"), dict) else None
    visitor = Visitor.objects.filter(token=token).first() if token else None
    found.theirs = _theirs(visitor, touch.at) if visitor else None


def shown(body: str) -> list[tuple[str, str]]:
    """A raw body as its fields by path; nothing where it is gone or was erased."""
    return flat(_parsed(body))


def flat(value: Any, path: str = "") -> list[tuple[str, str]]:
    """The values of a body by path, without those that could be a secret."""
    if isinstance(value, dict):
        return [line for name, one in value.items() for line in flat(one, f"{path}.{name}".lstrip("."))]
    if isinstance(value, list):
        return [line for number, one in enumerate(value) for line in flat(one, f"{path}.{number}")]
    if value in (None, ""):
        return []
    if _SECRET.search(path):
        return [(path, HIDDEN)]
    return [(path, _QUERY.sub(rf"\1\2={HIDDEN}", str(value))[:2000])]


def _parsed(body: str) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
