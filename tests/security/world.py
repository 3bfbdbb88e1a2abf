"""A house full of hostile words, and every address of it: generated, so that a new route is asked too."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client

from songsheet.buyers.models import Company, Consent, DoNotContact, Mail, Person, Phone
from songsheet.clocks.models import Clock
from songsheet.config.api import api
from songsheet.config.tests.test_matrix import PAGES
from songsheet.deals.models import Deal, Stage
from songsheet.desk.standing import refresh_all
from songsheet.journal.models import Parked
from songsheet.leads.models import Lead
from songsheet.tags.models import Tag, Tagged
from songsheet.team.acting import as_member
from songsheet.team.actions import invite_member, issue_key
from songsheet.team.models import CustomField, Member, SavedView
from songsheet.team.queries import now
from songsheet.touches.models import Campaign, Source, Task, Touch

#: What a text is made of when somebody means harm: it runs in HTML, in a template, in an address.
MARKUP = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>q{{7*7}}q q${7*7}q {%load x%}"
    "\u202e\x07\u2028</textarea></title><svg/onload=alert(1)>"
)
ADDRESS = "javascript:alert(1)//\"'><b onclick=alert(1)>"
#: Texts of a closed choice that the columns do not declare as one: the code writes them, no person does.
CLOSED = re.compile(
    r"(^|_)(key|kind|kinds|what|act|field|about|by|before|state|status|system|currency|country|zone|languages?|role"
    r"|listing|sort|group|on|actor|reader|holder|channel|purpose|hash|password|type|table|preset|body)$"
)
SCHEMA = api.get_openapi_schema()
OPERATIONS = sorted(
    (path, method, given) for path, each in SCHEMA["paths"].items() for method, given in each.items()
)
#: By first word and placeholder → what stands there, where it is not the key of the thing itself.
_NAMED = {
    ("lists", "name"): "people",
    ("lists", "column"): "name",
    ("letters", "name"): "never_contacted",
    ("buyers", "name"): "title",
}
#: Not ours to read: what allauth draws for signing out, and what the API answers for what is not there.
LEFT_OUT = ("accounts/", "^api", "health", "ready", "metrics")


def pages() -> list[str]:
    """The patterns of all pages and partials."""
    return [one for one in PAGES if not one.startswith(LEFT_OUT)]


def filled(pattern: str, known: dict[str, str], value: str = "") -> str:
    """The address of something that is there; with a value, that value where its key stands."""
    plain = pattern.removeprefix("/").removeprefix("api/v1/")
    word = plain.split("/")[0].split(".")[0]

    def stands(found: re.Match[str]) -> str:
        name = found[2] or found[3]
        if found[1]:
            return "1"
        return value or _NAMED.get((word, name)) or known.get(name, known.get(word, "nothing"))

    return "/" + re.sub(r"<(int:)?(?:\w+:)?(\w+)>|\{(\w+)\}", stands, pattern).removeprefix("/")


def build(cast: dict[str, Member], at: datetime) -> dict[str, str]:
    """One of each thing, and its key by the first word of the addresses it is met at."""
    tom, ruth = cast["tom"], cast["ruth"]
    for on in ("person", "company", "lead", "deal", "campaign"):
        CustomField.objects.create(on=on, name="shoe", label="Shoe", type="text")
    custom = {"shoe": "42"}
    company = Company.objects.create(name="Brightwater", met_at=at, custom=custom, owner=tom)
    person = Person.objects.create(name="Suzanne", company=company, met_at=at, custom=custom, owner=tom)
    Mail.objects.create(person=person, address="s@brightwater.example")
    Phone.objects.create(person=person, number="+442071838750")
    Consent.objects.create(person=person, purpose="mail", granted=True, since=at, evidence="x")
    DoNotContact.objects.create(person=person, channel="call", reason="x", since=at)
    source = Source.objects.create(name="Fair", name_folded="fair")
    campaign = Campaign.objects.create(name="Spring", source=source, custom=custom)
    clock = Clock.objects.create(
        kind="first_contact", about=person.key, started_at=at, due_at=at + timedelta(hours=1), member=tom
    )
    lead = Lead.objects.create(
        clock=clock, person=person, company=company, came_at=at, wants="x", owner=tom,
        source=source, campaign=campaign, custom=custom,
    )  # fmt: skip
    deal = Deal.objects.create(
        lead=lead, opened_at=at, name="x", next_step="x", next_step_on=at.date(), custom=custom, owner=tom,
        stage=Stage.objects.first(), amount=100, margin=10, currency="EUR",
    )  # fmt: skip
    touch = Touch.objects.create(
        kind="note", at=at, person=person, lead_key=lead.key, subject="x", text="x", member=tom
    )
    task = Task.objects.create(
        subject="x", person=person, lead_key=lead.key, made_at=at, due_at=at, member=tom
    )
    Clock.objects.filter(id=clock.id).update(about=lead.key)
    tag = Tag.objects.create(name="x", name_folded="x")
    Tagged.objects.create(tag=tag, about=person.key)
    view = SavedView.objects.create(
        listing="people", name="x", owner=ruth, shared=True, pinned=True, made_at=at
    )
    Parked.objects.create(reader="standing", position=1, keys=[lead.key], error=MARKUP, state="parked")
    key, _ = issue_key(member=tom, scopes=["read"], label="x", by=as_member(ruth), at=at)
    invited = invite_member(email="owen@aldermoor.example", name="x", by=as_member(ruth), at=now())
    refresh_all()
    return {
        "buyers": person.key, "people": person.key, "companies": company.key, "leads": lead.key,
        "deals": deal.key, "story": person.key, "team": tom.key, "members": tom.key, "keys": key.key,
        "join": invited.token, "views": view.key, "touches": touch.key, "tasks": task.key,
        "touch": touch.key, "task": task.key, "lead": lead.key, "campaigns": campaign.key,
        "lists": person.key, "imports": draft(ruth),
    }  # fmt: skip


def draft(member: Member, text: str = MARKUP) -> str:
    """The draft of an import whose file name, headings and cells hold a text; its key."""
    client = Client()
    client.force_login(member)
    cell = '"' + text.replace('"', '""').replace("\x07", "") + '"'
    name = text.replace("/", "").replace("\x07", "")[:60] + ".csv"
    rows = f"Name,Email,{cell}\n{cell},a@b.example,{cell}\nAnn Lee,x{cell[1:20]},{cell}\n"
    file = SimpleUploadedFile(name, rows.encode(), "text/csv")
    answer = client.post("/imports/new", {"files": file})
    assert answer.status_code == 302, answer.content[:2000]
    return str(answer["Location"].rsplit("/", 1)[1])


def text_columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column of ours that holds words of somebody's choosing."""
    for model in apps.get_models():
        if not model.__module__.startswith("songsheet.") or model._meta.app_label in ("journal", "doors"):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField)
            if is_text and not field.choices and not CLOSED.search(field.name):
                yield model, field


def spoil(text: str) -> list[str]:
    """Write a text into every column of every row that can hold it; the columns that took it."""
    taken = []
    for model, field in text_columns():
        rows = model._default_manager.all()
        if field.unique:
            rows = rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:1]))
        try:
            with transaction.atomic():
                if rows.update(**{field.name: text[: field.max_length or 5000]}):
                    taken.append(f"{model._meta.label}.{field.name}")
        except (IntegrityError, DataError):
            continue
    for model in apps.get_models():
        if model.__module__.startswith("songsheet.") and any(
            one.name == "custom" for one in model._meta.fields
        ):
            model._default_manager.all().update(custom={"shoe": text})
    return taken
