"""What the frame around every page shows: rail, demo bar, who is looking."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils.translation import gettext as _

from songsheet.config.find import ACTS
from songsheet.config.rail import RAIL
from songsheet.team.demo_time import JUMPS
from songsheet.team.models import Member
from songsheet.team.roles import Role

#: What is added from anywhere, of the acts of the palette.
QUICK = ("/buyers/new", "/companies/new", "/tasks/new", "/enquiries/new", "/imports/new")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame; empty where nobody is signed in."""
    acting = getattr(request, "acting", None)
    house = getattr(request, "house", None)
    if acting is None or house is None:
        return {"house": house, "rail": [], "at": getattr(request, "at", None)}
    context: dict[str, Any] = {
        "house": house,
        "at": request.at,  # type: ignore[attr-defined]
        "me": acting.member,
        "may": acting.rights,
        "quick_add": _quick(acting),
        "rail": [_section(section, request.path, acting) for section in RAIL],
    }
    if house.is_demo:
        lives_at = context["at"].astimezone(ZoneInfo(house.zone)).replace(tzinfo=None)
        context["demo"] = {"at": lives_at, "members": _first_of_each_role(), "jumps": _jumps()}
    return context


def _quick(acting: Any) -> list[dict[str, str]]:
    return [
        {"label": _(label), "icon": icon, "get" if is_dialog else "url": url}
        for label, _others, url, icon, right, is_dialog in ACTS
        if url in QUICK and acting.may(right)
    ]


def _section(section: list[tuple[Any, ...]], path: str, acting: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "url": url,
            "icon": icon,
            "current": _is_current(url, path),
            "count": None,
        }
        for name, label, url, icon, right in section
        if acting.may(right) and _exists(url, settings.ROOT_URLCONF)
    ]


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path == url or path.startswith(url + "/")


@cache
def _exists(url: str, addresses: str) -> bool:
    try:
        resolve(url, addresses)
    except (Resolver404, NoReverseMatch):
        return False
    return True


def _jumps() -> list[dict[str, str]]:
    """Where the demo's clock can be moved to."""
    return [{"label": label, "url": f"/demo/jump?target={target}"} for target, label in JUMPS.items()]


def _first_of_each_role() -> list[Member]:
    """One member of each role, in the order of the roles: whom a visitor of the demo can look as."""
    by_role: dict[str, Member] = {}
    for member in Member.objects.active().order_by("id"):
        by_role.setdefault(member.role, member)
    return [by_role[role] for role in Role.values if role in by_role]
