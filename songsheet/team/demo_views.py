"""What the thin bar of the demo does: look as somebody else, jump in time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from songsheet.team.actions import set_demo_clock
from songsheet.team.demo_time import jump_target
from songsheet.team.errors import NotADemo
from songsheet.team.models import Member
from songsheet.team.queries import house


@require_POST
def look_as(request: HttpRequest) -> HttpResponse:
    """In the demo: look as another member from here on."""
    if not house().is_demo:
        raise NotADemo("Looking as somebody else is for the demo alone. Sign in as yourself.")
    member = get_object_or_404(Member.objects.active(), key=request.POST.get("member", ""))
    answer = redirect("/")
    answer.set_cookie("look_as", member.key, httponly=True, samesite="Lax")
    return answer


@require_POST
def demo_jump(request: HttpRequest) -> HttpResponse:
    """In the demo: let it be five o'clock, or next Monday."""
    asked: Any = request
    target = request.POST.get("target") or request.GET.get("target", "")
    to = jump_target(target, at=asked.at, zone=asked.house.zone)
    set_demo_clock(to=to, by=asked.acting, at=asked.at)
    return redirect("/")
