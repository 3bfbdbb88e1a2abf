"""The page of what is behind a touch: what came, who made it, why it is theirs, what allowed it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.intake.hooks.models import Hook
from songsheet.intake.incoming.behind import Behind, behind
from songsheet.team.acting import acting_on, time_on
from songsheet.team.models import ApiKey
from songsheet.touches.queries import touch_for


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """What is behind one touch."""
    viewer = acting_on(request)
    found = behind(touch_for(viewer, key))
    person = found.touch.person.whole if found.touch.person else None
    trail = [{"label": str(person), "url": f"/buyers/{person.key}"}] if person else []
    context: dict[str, Any] = {
        "title": _("What is behind it"),
        "crumbs": [*trail, {"label": _("Behind a touch"), "url": ""}],
        "now": time_on(request),
        "found": found,
        "person": person,
        "sender": _sender(found),
    }
    return render(request, "desk/behind.html", context)


def _sender(found: Behind) -> str:
    """The key or the hook that brought an event, by its name."""
    if found.by.startswith("hook_"):
        hook = Hook.objects.filter(key=found.by).first()
        return _("the hook %(name)s") % {"name": hook.name} if hook else ""
    key = ApiKey.objects.filter(key=found.by).select_related("member").first() if found.by else None
    if key is None:
        return ""
    return _("the key %(name)s of %(member)s") % {"name": key.label or key.key, "member": key.member.name}
