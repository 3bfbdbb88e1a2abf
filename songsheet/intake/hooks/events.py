"""What happens with hooks."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import Subject, sample_key

HookKey = Annotated[str, Subject("hook")]
_HOOK = {"hook": sample_key("hook")}


class HookMade(
    Event,
    name="intake.hook_made",
    version=1,
    says="{by} made a hook for {shape}",
    side="changed",
    icon="link",
    sample={**_HOOK, "shape": "typeform"},
):
    """From here on what this provider sends, signed, comes in."""

    hook: HookKey
    shape: str


class HookChanged(
    Event,
    name="intake.hook_changed",
    version=1,
    says="{by} changed {fields} of a hook",
    side="changed",
    icon="link",
    sample={**_HOOK, "fields": "mapping"},
):
    """A hook was changed, or got another secret, or one of its secrets ended; `fields` names what."""

    hook: HookKey
    fields: str


class HookGone(
    Event,
    name="intake.hook_gone",
    version=1,
    says="{by} took a hook out",
    side="changed",
    icon="link",
    sample=_HOOK,
):
    """Nothing comes in by this hook any more."""

    hook: HookKey
