"""How campaigns, touches and tasks are found: by what somebody called or wrote."""

from django.db.models import F
from django.db.models.functions import Coalesce

from songsheet.doors.findable import Findable
from songsheet.team.fields.held import spoken
from songsheet.touches.queries import campaigns_seen_by, tasks_seen_by, touches_seen_by

#: So much of a text is found by its words.
LONGEST_TEXT = 20_000
_PERSON = Coalesce(F("person__root__key"), F("person__key"))
_NAME = Coalesce(F("person__root__name"), F("person__name"))


def _story(key: str, opens: str) -> str:
    return f"/buyers/{opens}" if opens else "/buyers"


def _touch_path(key: str, opens: str) -> str:
    if opens.startswith("company_"):
        return f"/companies/{opens}"
    return _story(key, opens)


CAMPAIGNS = Findable(
    number=5,
    name="campaigns",
    label="Campaigns",
    one="Campaign",
    icon="campaigns",
    part="touches",
    prefix="campaign",
    table="touches_campaign",
    rows=f"""select id, name, concat_ws(' ', kind, status, {spoken("campaign")}),
                    '{{}}'::text[], '{{}}'::text[], array_remove(array[external_id::text], '')
               from touches_campaign it where id = any(%(ids)s::bigint[]) and gone_at is null""",
    changed="select id from touches_campaign where key = any(%(keys)s::text[])",
    base=campaigns_seen_by,
    shown={"key": "key", "label": "name", "note": "kind", "amount": "cost", "currency": "currency"},
    path=lambda key, opens: f"/leads?campaign={key}",
)

TASKS = Findable(
    number=7,
    name="tasks",
    label="Tasks",
    one="Task",
    icon="task",
    part="touches",
    prefix="task",
    table="touches_task",
    rows="""select id, subject, '', '{}'::text[], '{}'::text[], array_remove(array[external_id::text], '')
              from touches_task where id = any(%(ids)s::bigint[]) and gone_at is null""",
    changed="select id from touches_task where key = any(%(keys)s::text[])",
    base=tasks_seen_by,
    shown={"key": "key", "label": "subject", "note": _NAME, "opens": _PERSON, "at": "due_at"},
    path=_story,
)

TOUCHES = Findable(
    number=8,
    name="touches",
    label="Touches",
    one="Touch",
    icon="talk",
    part="touches",
    prefix="touch",
    table="touches_touch",
    rows=f"""select id, subject, left(text, {LONGEST_TEXT}), '{{}}'::text[], '{{}}'::text[],
                    array_remove(array[external_id::text], '')
               from touches_touch where id = any(%(ids)s::bigint[]) and gone_at is null
                and (subject <> '' or text <> '' or external_id <> '')""",
    changed="select id from touches_touch where key = any(%(keys)s::text[])",
    base=touches_seen_by,
    shown={
        "key": "key",
        "label": "subject",
        "note": Coalesce(_NAME, F("company__name")),
        "text": "text",
        "at": "at",
        "opens": Coalesce(_PERSON, F("company__root__key"), F("company__key")),
    },
    where="it.gone_at is null and (it.subject <> '' or it.text <> '' or it.external_id <> '')",
    path=_touch_path,
)
