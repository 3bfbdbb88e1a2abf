"""What changes hooks: making, changing, secrets, taking out."""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from songsheet.base.text import clean
from songsheet.intake.hooks.errors import LastSecret, NoSuchHook, NoSuchSecret, ShapeRefused
from songsheet.intake.hooks.events import HookChanged, HookGone, HookMade
from songsheet.intake.hooks.models import Hook, HookSecret
from songsheet.intake.hooks.sealing import seal
from songsheet.intake.hooks.shapes import SHAPES
from songsheet.intake.hooks.shapes.mapped import FIELDS
from songsheet.intake.hooks.signing import WAYS
from songsheet.intake.hooks.trying import must_work
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: So many secrets of a hook hold at once: an old and a new one, and one to spare.
MOST_SECRETS = 3
_SHORTEST, _LONGEST = 16, 200


def make_hook(
    *, name: str, shape: str, by: Acting, at: datetime, signing: str = "", source: str = "", secret: str = ""
) -> tuple[Hook, str]:
    """A new hook with its secret; the secret is ours to make unless the provider makes it."""
    by.must(Right.FRONT)
    if shape not in SHAPES:
        raise ShapeRefused(f"There is no shape “{shape[:40]}”.", field="shape")
    signing = signing or SHAPES[shape].ways[0]
    if signing not in SHAPES[shape].ways:
        raise ShapeRefused(f"{SHAPES[shape].label} cannot be signed that way.", field="signing")
    given, named = _given(signing, secret), clean(name, 120, field="name")
    if not named:
        raise ShapeRefused("Give the hook a name, such as what sends by it.", field="name")
    with act(by=by.actor, at=at) as record:
        hook = Hook.objects.create(
            name=named, shape=shape, signing=signing, source=clean(source, 120, field="source"),
            made_by=by.member, made_at=at,
        )  # fmt: skip
        HookSecret.objects.create(hook=hook, sealed=seal(given), made_at=at)
        record(HookMade(hook=hook.key, shape=shape))
    return hook, given


def change_hook(
    key: str,
    *,
    by: Acting,
    at: datetime,
    name: str | None = None,
    source: str | None = None,
    mapping: Mapping[str, str] | None = None,
    sample: Any = None,
) -> Hook:
    """Change a hook; a mapping is kept once it makes events of the sample."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        hook = _held(key)
        given: dict[str, Any] = {}
        if name is not None and clean(name, 120, field="name"):
            given["name"] = clean(name, 120, field="name")
        if source is not None:
            given["source"] = clean(source, 120, field="source")
        if mapping is not None:
            if hook.shape != "mapped":
                raise ShapeRefused("This hook's bodies have a shape of their own.", field="mapping")
            must_work(hook, mapping, sample)
            given["mapping"] = {field: mapping[field] for field in FIELDS if field in mapping}
        changed = [field for field, value in given.items() if getattr(hook, field) != value]
        if changed:
            for field in changed:
                setattr(hook, field, given[field])
            hook.version += 1
            hook.save(update_fields=[*changed, "version"])
            record(HookChanged(hook=key, fields=", ".join(changed)))
    return hook


def add_secret(key: str, *, by: Acting, at: datetime, secret: str = "") -> tuple[Hook, str]:
    """One more secret that holds beside the others, so that a provider can change without a gap."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        hook = _held(key)
        given = _given(hook.signing, secret)
        if _those_that_hold(hook) >= MOST_SECRETS:
            raise LastSecret(f"{MOST_SECRETS} secrets hold already. End the oldest first.")
        HookSecret.objects.create(hook=hook, sealed=seal(given), made_at=at)
        record(HookChanged(hook=key, fields="secrets"))
    return hook, given


def end_secret(key: str, secret: str, *, by: Acting, at: datetime) -> None:
    """What is signed with this secret is refused from now on."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        hook = _held(key)
        if not HookSecret.objects.filter(hook=hook, key=secret, ended_at=None).exists():
            raise NoSuchSecret
        if _those_that_hold(hook) == 1:
            raise LastSecret("This is the last secret. Make another one first, or take the hook out.")
        HookSecret.objects.filter(hook=hook, key=secret).update(ended_at=at)
        record(HookChanged(hook=key, fields="secrets"))


def take_hook_out(key: str, *, by: Acting, at: datetime) -> None:
    """Let nothing in by it any more; what came stays."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        hook = _held(key)
        hook.gone_at = at
        hook.version += 1
        hook.save(update_fields=["gone_at", "version"])
        HookSecret.objects.filter(hook=hook, ended_at=None).update(ended_at=at)
        record(HookGone(hook=key))


def _given(signing: str, secret: str) -> str:
    """The provider's secret, or one that we make."""
    if not WAYS[signing].is_theirs:
        return (
            f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
            if signing == "standard"
            else (secrets.token_urlsafe(32))
        )
    given = clean(secret, _LONGEST, field="secret")
    if len(given) < _SHORTEST:
        raise ShapeRefused(
            "Copy the secret from the provider: it has sixteen characters or more.", field="secret"
        )
    return given


def _those_that_hold(hook: Hook) -> int:
    return HookSecret.objects.filter(hook=hook, ended_at=None).count()


def _held(key: str) -> Hook:
    hook = Hook.objects.select_for_update(of=("self",), no_key=True).filter(key=key, gone_at=None).first()
    if hook is None:
        raise NoSuchHook
    return hook
