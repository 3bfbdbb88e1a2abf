"""Marker strings planted in every place where a person's values may stand, and the search for them.

Also a script: `python -m songsheet.config.tests.planting plant|search`, in the home of the environment.
"""

import csv
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

#: In every planted value.
MARK = "zqmark"
NAME, MAIL, PHONE = "Zqmarka Zqmarkb", "zqmark@plant.example", "+442071838750"


def mark(where: str) -> str:
    """A value that says where it was planted."""
    return f"{MARK} {where}"


def plant(at: datetime, home: Path) -> str:
    """A person with a value in every place; their key."""
    from songsheet.buyers.adopt import PersonRow, adopt_people
    from songsheet.config.tests.planting_wide import plant_wide
    from songsheet.deals.adopt import DealRow, adopt_deals
    from songsheet.leads.adopt import LeadRow, adopt_leads
    from songsheet.team.acting import as_system
    from songsheet.touches.adopt import TaskRow, TouchRow, adopt_tasks, adopt_touches

    def one(adopted: list[Any]) -> Any:
        assert adopted[0].ref, adopted
        return adopted[0].ref

    by: dict[str, Any] = {"by": as_system("tests"), "at": at}
    custom = {"shoe": mark("custom")}
    person = one(
        adopt_people(
            [PersonRow(
                name=NAME, given_name="Zqmarka", family_name="Zqmarkb", title=mark("title"), mails=(MAIL,),
                phones=(PHONE,), custom=custom, external=("other", mark("person id")),
                do_not_contact=(("call", mark("do not call")),), consents=(("mail", True, at),),
            )], **by,
        )
    )  # fmt: skip
    row = LeadRow(person=person, came_at=at, wants=mark("wants"), state="disqualified", ended_at=at,
                  end_reason=mark("end"), custom=custom, external=("other", mark("lead id")))  # fmt: skip
    lead = one(adopt_leads([row], **by))
    deal = DealRow(lead=lead, person=person, name=mark("deal"), state="open", opened_at=at,
                   next_step=mark("step"), next_step_on=at.date(), custom=custom, reason=mark("reason"),
                   external=("other", mark("deal id")))  # fmt: skip
    deal_ref = one(adopt_deals([deal], **by))
    over = DealRow(lead=lead, person=person, name=mark("lost deal"), state="lost", opened_at=at, closed_at=at,
                   reason=mark("lost"))  # fmt: skip
    lost = one(adopt_deals([over], **by))
    adopt_touches(
        [TouchRow(kind="note", at=at, person=person, lead_key=lead[1], subject=mark("subject"),
                  text=mark("text"), external=("other", mark("touch id")))], **by,
    )  # fmt: skip
    adopt_tasks(
        [TaskRow(subject=mark("task"), person=person, made_at=at, external=("other", mark("task id")))], **by
    )
    _old_entries(at, person[1], lead[1], lost[1])
    _note(person, at)
    _import(at, home)
    _elsewhere(person[1], lead[1], deal_ref[1], at, home)
    plant_wide(person[1], lead[1], at)
    return str(person[1])


def _old_entries(at: datetime, person: str, lead: str, deal: str) -> None:
    """Entries as they were written before their second version, and one with words of the API."""
    from songsheet.journal.act import together
    from songsheet.journal.append import Gathered, Note

    ended = {"lead": lead, "person": person, "state": "disqualified", "reason": mark("old lead")}
    lost = {"deal": deal, "lead": lead, "person": person, "state": "lost", "reason": mark("old deal")}
    gone = {"lead": lead, "person": person, "why": mark("gone")}
    kinds = (("leads.lead_ended", ended), ("deals.deal_ended", lost), ("leads.lead_gone", gone))
    with together() as gathered:
        for kind, body in kinds:
            keys = [key for key in (person, lead, body.get("deal")) if key]
            note = Note(kind, 1, "system_tests", 1)
            gathered.append(Gathered(note, at, None, 0, json.dumps(body), keys))


def _note(person: Any, at: datetime) -> None:
    """A note with what it said before, a file whose name and bytes hold a value, and somebody told of it."""
    from django.core.files.base import ContentFile

    from songsheet.notices.models import Notice
    from songsheet.team.acting import as_system
    from songsheet.team.models import Member
    from songsheet.touches.adopt import TouchRow
    from songsheet.touches.models import NoteBefore
    from songsheet.touches.note_actions import write_note

    file = ContentFile(f"%PDF-1.7 {mark('bytes of a file')}".encode(), f"{mark('file name')}.pdf")
    row = TouchRow(text=mark("note"), person=person)
    note = write_note(row, by=as_system("tests"), at=at, files=[file])
    NoteBefore.objects.create(touch=note, version=1, text=mark("before"), until=at)
    told = {"cause": "mention", "about": note.key, "by": "member_x", "because": 1, "at": at}
    Notice.objects.create(member=Member.objects.order_by("id")[0], **told)


def _import(at: datetime, home: Path) -> None:
    """Rows of files: one that changes the person, one that is rejected, and what was decided about them."""
    from songsheet.imports.models import Import
    from songsheet.imports.store import rejects_path
    from songsheet.imports.tests.small import LEADS, run_files, write

    folder = home / "from"
    sent = [
        "m1",
        NAME,
        MAIL,
        "",
        mark("import title"),
        mark("source")[:5],
        "2026-03-01",
        "New",
        "",
        "",
        "",
        "",
    ]
    wrong = ["m2", NAME, MAIL, "", mark("rejected"), "", "no day", "New", "", "", "", ""]
    other = ["m3", "Ben Stone", "ben@alder.example", "", "Keeper", "", "2026-03-01", "New", "", "", "", ""]
    run = run_files([write(folder, "leads.csv", LEADS, [sent, wrong, other])], at)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    Import.objects.filter(id=run.id).update(
        said={"cells": {"leads.csv": {"2": {"Mail": MAIL}}}}, checked={"rejected": [NAME]}
    )
    with rejects_path(run.key).open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(["leads.csv", "2", "Created", "no day", *wrong])


def _elsewhere(person: str, lead: str, deal: str, at: datetime, home: Path) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from songsheet.buyers.models import Consent
    from songsheet.doors.models import KeptAnswer
    from songsheet.flows.models import Mending
    from songsheet.journal.sealed import seal
    from songsheet.journal.sql import execute

    Consent.objects.filter(person__key=person).update(evidence=mark("evidence"))
    KeptAnswer.objects.create(
        holder="key_x", idempotency_key="k", request_hash="h", status=201,
        body=json.dumps({"key": person, "title": mark("answer")}), at=at,
    )  # fmt: skip
    done = {deal: {"next_step": [mark("before"), mark("after")]}, "deal_other": {"next_step": ["", "Call"]}}
    Mending.objects.create(kind="step", by="member_x", at=at, done=done)
    seal(person, "note", mark("sealed"))
    execute(
        f"insert into {ProcrastinateJob._meta.db_table} (queue_name, task_name, args, status)"
        " values ('mail', 'planted', %s::jsonb, 'succeeded')",
        [json.dumps({"to": MAIL, "keep": "this"})],
    )
    (home / "mail").mkdir(parents=True, exist_ok=True)
    (home / "mail" / "1.eml").write_text(f"Look at {NAME}: {mark('mail body')}")
    (home / "served.log").write_text(f"kept line\nfailed for {MAIL}\n")


def tables_with_marks() -> list[str]:
    """Every table in which any row, as text, holds a marker."""
    from songsheet.journal.sql import rows

    names = [name for (name,) in rows("select tablename from pg_tables where schemaname = 'public'")]
    return sorted(
        name
        for name in names
        if rows(f"select 1 from {name} it where row_to_json(it)::text ~* '{MARK}|2071838750' limit 1")
    )


def files_with_marks(home: Path) -> list[str]:
    """Every file below the home whose bytes hold a marker, in any case."""
    found = []
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes().lower()
            if MARK.encode() in data or b"2071838750" in data:
                found.append(path.relative_to(home).as_posix())
    return found


def main(word: str) -> None:
    """Plant in, or search, the home of the environment; prints JSON."""
    from songsheet.config.prepare import ready

    ready()
    from django.conf import settings

    from songsheet.journal.sql import execute
    from songsheet.team.queries import now

    home = Path(settings.ENVIRONMENT.home)
    if word == "plant":
        key = plant(now() - timedelta(hours=1), home)
        execute("checkpoint")  # what is erased later has been on the disk
        print(json.dumps({"key": key, "tables": tables_with_marks(), "files": files_with_marks(home)}))  # noqa: T201
    else:
        print(json.dumps({"tables": tables_with_marks(), "files": files_with_marks(home)}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
