"""Hostile words: what they are, and how they get into every column and file that takes words."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client

from songsheet.imports.actions import begin, run_import
from songsheet.imports.tests.small import LEADS, MAPPING, write
from songsheet.team.acting import as_member
from songsheet.team.models import Member

#: What a text is made of when somebody means harm: it runs in HTML, in a template, in an address.
MARKUP = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>q{{7*7}}q q${7*7}q {%load x%}"
    "\u202e\x07\u2028</textarea></title><svg/onload=alert(1)>"
)
ADDRESS = "javascript:alert(1)//\"'><b onclick=alert(1)>"
#: What a spreadsheet would run, behind blanks and control characters; more of them in doors/tests.
FORMULAS = ("\t=1+1", "\x01 \u200b＝1+1", "\r\n@SUM(1)", "\u00a0|calc")
#: Texts of a closed choice that the columns do not declare as one: the code writes them, no person does.
CLOSED = re.compile(
    r"(^|_)(key|kind|kinds|what|act|field|about|by|before|state|status|system|currency|country|zone|languages?|role"
    r"|listing|sort|group|on|actor|reader|holder|channel|purpose|hash|password|type|table|preset|body|place|sha256"
    r"|shape|signing)$"
)


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


def finished(member: Member, at: datetime, text: str = MARKUP) -> str:
    """An import that is done, with a row that was taken and one that was rejected, both full of a text."""
    taken = ["l1", text, "", "", text, text[:60], "2026-03-01", "New", "", "", "", text]
    rejected = ["l2", text, "", "", text, "", text, "New", "", "", "", text]
    with TemporaryDirectory() as folder:
        path = write(Path(folder), "leads.csv", LEADS, [taken, rejected])
        run, made = begin([path], MAPPING, by=as_member(member), at=at)
    return run_import(run.key, at=at, made=made).key


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
