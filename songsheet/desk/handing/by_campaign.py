"""What came back by campaign and reason, the verdicts beside, what was answered, and who still waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.handoffs.models import ANSWERED_STATES, OPEN_STATES, Return
from songsheet.handoffs.owing import label_of, labels
from songsheet.handoffs.queries import returns_seen_by
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.handoffs.verdicts.queries import verdicts_seen_by
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.touches.narrowing import NONE

#: What a count is of, how many, and the list that it opens.
Counted = tuple[str, int, str]


@dataclass
class Line:
    """One campaign, or none."""

    key: str
    name: str
    whole: int = 0
    waits: int = 0
    reasons: list[Counted] = field(default_factory=list)
    verdicts: list[Counted] = field(default_factory=list)
    answered: Return | None = None

    @property
    def url(self) -> str:
        """The list of what came back from it."""
        return f"/returns?campaign={self.key}"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Returns by campaign."""
    viewer, at = acting_on(request), time_on(request)
    context: dict[str, Any] = {
        "title": _("Returns by campaign"),
        "crumbs": [{"label": _("Returns"), "url": "/returns"}, {"label": _("By campaign"), "url": ""}],
        "now": at,
        "lines": by_campaign(viewer, labels(at)),
    }
    return render(request, "desk/handing/by_campaign.html", context)


def by_campaign(viewer: Acting, named: dict[str, str]) -> list[Line]:
    """Each campaign of which something came back or was judged, the most returned first: three statements."""
    lines: dict[str, Line] = {}

    def line(key: str | None, name: str | None) -> Line:
        return lines.setdefault(key or NONE, Line(key or NONE, name or _("No campaign")))

    reasons: dict[tuple[str, str], int] = defaultdict(int)
    back = returns_seen_by(viewer).order_by().values_list(
        "lead__campaign__key", "lead__campaign__name", "reason", "state"
    )  # fmt: skip
    for key, name, reason, state, count in back.annotate(Count("id")):
        one = line(key, name)
        one.whole += count
        one.waits += count if state in OPEN_STATES else 0
        reasons[one.key, reason] += count
    for (key, reason), count in sorted(reasons.items(), key=lambda found: -found[1]):
        one = lines[key]
        one.reasons.append((label_of(reason, named), count, f"{one.url}&reason={reason}"))
    _judge(line, verdicts_seen_by(viewer).order_by().values_list(
        "campaign__key", "campaign__name", "lead__campaign__key", "lead__campaign__name", "says"
    ).annotate(Count("id")))  # fmt: skip
    answered = returns_seen_by(viewer).filter(state__in=ANSWERED_STATES)
    last = answered.order_by("lead__campaign", "-answered_at", "-id").distinct("lead__campaign")
    for one_back in last:
        campaign = one_back.lead.campaign
        line(campaign.key if campaign else None, None).answered = one_back
    return sorted(lines.values(), key=lambda one: (-one.whole, one.name))


def _judge(line: Any, found: Iterable[tuple[Any, ...]]) -> None:
    said: dict[tuple[str, str], int] = defaultdict(int)
    for key, name, of_lead, its_name, says, count in found:
        said[line(key or of_lead, name or its_name).key, says] += count
    for (key, says), count in sorted(said.items(), key=lambda one: -one[1]):
        word = str(Verdict.Says(says).label)
        line(key, None).verdicts.append((word, count, f"/verdicts?campaign={key}&says={says}"))
