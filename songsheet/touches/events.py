"""What happens between a buyer and us, and to the register of campaigns."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import (
    CampaignKey,
    CompanyKey,
    DealKey,
    LeadKey,
    MemberKey,
    PersonKey,
    Subject,
    TaskKey,
    TouchKey,
    sample_key,
)  # fmt: skip

FileKey = Annotated[str, Subject("file")]


class TouchMade(
    Event,
    name="touches.touch_made",
    version=1,
    says="{kind}",
    side="ours",
    icon="talk",
    sample={
        "touch": sample_key("touch"), "person": sample_key("person"), "member": sample_key("member"),
        "kind": "call", "direction": "out",
    },
):  # fmt: skip
    """A contact of a buyer with us. Its words are in the touch alone; `direction` is in, out or empty."""

    touch: TouchKey
    kind: str
    direction: str
    person: PersonKey | None = None
    company: CompanyKey | None = None
    member: MemberKey | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None
    campaign: CampaignKey | None = None


class TouchChanged(
    Event,
    name="touches.touch_changed",
    version=1,
    says="{by} changed {fields} of an activity",
    side="changed",
    icon="talk",
    sample={"touch": sample_key("touch"), "fields": "subject", "version": 2},
):
    """A touch was corrected."""

    touch: TouchKey
    fields: str
    version: int
    person: PersonKey | None = None
    lead: LeadKey | None = None


class TouchGone(
    Event, name="touches.touch_gone", version=1, says="An activity was taken out", side="changed",
    icon="undo", sample={"touch": sample_key("touch"), "why": "undone"},
):  # fmt: skip
    """A touch was undone or archived."""

    touch: TouchKey
    why: str
    person: PersonKey | None = None
    lead: LeadKey | None = None


class TouchBroughtBack(
    Event,
    name="touches.touch_brought_back",
    version=1,
    says="An activity was brought back",
    side="changed",
    icon="undo",
    sample={"touch": sample_key("touch"), "person": sample_key("person")},
):
    """A touch that was archived is shown again."""

    touch: TouchKey
    person: PersonKey | None = None
    company: CompanyKey | None = None
    lead: LeadKey | None = None


class MembersMentioned(
    Event,
    name="touches.members_mentioned",
    version=1,
    says="{by} mentioned {members}",
    side="ours",
    icon="note",
    sample={"touch": sample_key("touch"), "members": [sample_key("member")]},
):
    """Members are named in a note who were not before. Whom it is about stands in the touch."""

    touch: TouchKey
    members: list[MemberKey]


class FileAttached(
    Event,
    name="touches.file_attached",
    version=1,
    says="{by} attached a file",
    side="ours",
    icon="attach",
    sample={"touch": sample_key("touch"), "file": sample_key("file"), "type": "application/pdf", "size": 9},
):
    """A file hangs on a touch from now on; its name stands in its row alone."""

    touch: TouchKey
    file: FileKey
    type: str
    size: int


class FileDetached(
    Event, name="touches.file_detached", version=1, says="{by} took a file off", side="changed",
    icon="undo", sample={"touch": sample_key("touch"), "file": sample_key("file")},
):  # fmt: skip
    """A file is not shown any more."""

    touch: TouchKey
    file: FileKey


class FileBroughtBack(
    Event, name="touches.file_brought_back", version=1, says="{by} put a file back", side="changed",
    icon="attach", sample={"touch": sample_key("touch"), "file": sample_key("file")},
):  # fmt: skip
    """A file that was taken off hangs there again."""

    touch: TouchKey
    file: FileKey


class TaskPlanned(
    Event,
    name="touches.task_planned",
    version=1,
    says="{member} has something to do",
    side="ours",
    icon="today",
    sample={"task": sample_key("task"), "member": sample_key("member"), "person": sample_key("person")},
):
    """A member means to do something by a day."""

    task: TaskKey
    member: MemberKey | None = None
    person: PersonKey | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None


class TaskChanged(
    Event,
    name="touches.task_changed",
    version=1,
    says="{by} changed {fields} of a task",
    side="changed",
    icon="today",
    sample={"task": sample_key("task"), "fields": "due_at", "version": 2},
):
    """A task was changed."""

    task: TaskKey
    fields: str
    version: int
    person: PersonKey | None = None
    lead: LeadKey | None = None


class TaskDone(
    Event,
    name="touches.task_done",
    version=1,
    says="{by} did what was planned",
    side="ours",
    icon="today",
    sample={"task": sample_key("task"), "person": sample_key("person")},
):
    """A task was done."""

    task: TaskKey
    person: PersonKey | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None


class TaskReopened(
    Event,
    name="touches.task_reopened",
    version=1,
    says="{by} took up again what was done",
    side="changed",
    icon="today",
    sample={"task": sample_key("task"), "person": sample_key("person")},
):
    """A task that was done is to be done again."""

    task: TaskKey
    person: PersonKey | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None


class TaskReminded(
    Event, name="touches.task_reminded", version=1, says="{member} was reminded of a task", side="ours",
    icon="clock", sample={"task": sample_key("task"), "member": sample_key("member")},
):  # fmt: skip
    """The time came at which the member wanted to be reminded. Once for each time that was set."""

    task: TaskKey
    member: MemberKey


class TaskGone(
    Event, name="touches.task_gone", version=1, says="A task was taken out", side="changed",
    icon="undo", sample={"task": sample_key("task"), "why": "undone"},
):  # fmt: skip
    """A task was undone or dropped."""

    task: TaskKey
    why: str
    person: PersonKey | None = None
    lead: LeadKey | None = None


class TaskBroughtBack(
    Event, name="touches.task_brought_back", version=1, says="A task was brought back", side="changed",
    icon="undo", sample={"task": sample_key("task"), "person": sample_key("person")},
):  # fmt: skip
    """A task that was dropped is shown again."""

    task: TaskKey
    person: PersonKey | None = None
    lead: LeadKey | None = None


class CampaignEntered(
    Event,
    name="touches.campaign_entered",
    version=1,
    says="Campaign {campaign} was entered",
    side="changed",
    icon="campaigns",
    sample={"campaign": sample_key("campaign"), "cost": 500000, "currency": "EUR"},
):
    """A campaign came into the register; cost in minor units."""

    campaign: CampaignKey
    cost: int | None = None
    currency: str = ""


class CampaignChanged(
    Event,
    name="touches.campaign_changed",
    version=1,
    says="{by} changed {fields} of campaign {campaign}",
    side="changed",
    icon="campaigns",
    sample={"campaign": sample_key("campaign"), "fields": "cost", "version": 2},
):
    """A campaign was changed."""

    campaign: CampaignKey
    fields: str
    version: int


class CampaignGone(
    Event, name="touches.campaign_gone", version=1, says="Campaign {campaign} was taken out", side="changed",
    icon="undo", sample={"campaign": sample_key("campaign"), "why": "undone"},
):  # fmt: skip
    """A campaign was undone or archived."""

    campaign: CampaignKey
    why: str


class CampaignBroughtBack(
    Event, name="touches.campaign_brought_back", version=1, says="Campaign {campaign} was brought back",
    side="changed", icon="undo", sample={"campaign": sample_key("campaign")},
):  # fmt: skip
    """A campaign that was archived is shown again."""

    campaign: CampaignKey
