"""Reads of hooks."""

from django.db.models import QuerySet

from songsheet.intake.hooks.errors import NoSuchHook
from songsheet.intake.hooks.models import Hook, HookSecret
from songsheet.intake.hooks.sealing import opened
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def hooks_seen_by(viewer: Acting) -> QuerySet[Hook]:
    """The hooks, for who may make them."""
    viewer.must(Right.FRONT)
    return Hook.objects.filter(gone_at=None).select_related("made_by").order_by("id")


def hook_for(viewer: Acting, key: str) -> Hook:
    """One hook."""
    found = hooks_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchHook
    return found


def secrets_of(hook: Hook) -> list[HookSecret]:
    """Its secrets that hold, the oldest first; what they are is told nowhere."""
    return list(HookSecret.objects.filter(hook=hook, ended_at=None).order_by("id"))


def hook_to_ask(key: str) -> tuple[Hook, list[str]]:
    """The hook at whose address somebody sends, with the secrets that may have signed."""
    found = list(
        HookSecret.objects.filter(hook__key=key, hook__gone_at=None, ended_at=None)
        .select_related("hook")
        .order_by("id")
    )
    if not found:
        raise NoSuchHook
    return found[0].hook, [secret for one in found if (secret := opened(one.sealed))]
