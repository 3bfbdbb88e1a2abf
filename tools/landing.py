"""Makes the populated dump of a landing: `tools/landing.py OUT.dump.gz`, run with the landing's own code.

    git worktree add /tmp/landing COMMIT
    PYTHONPATH=/tmp/landing SONGSHEET_HOME=/tmp/landing-home .venv/bin/python tools/landing.py OUT.dump.gz

The home is made and its server stops with the script. What stands in here is only what the landing's code
could do: a later landing adds to it. The dump becomes songsheet/config/tests/landings/NNNN.dump.gz, packed as
a whole: half of it is its table of contents, which pg_dump does not pack.
"""

import gzip
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any


@dataclass
class Making:
    """Who does it, and when."""

    members: dict[str, Any]
    at: datetime

    def who(self, name: str, hours: float = 0) -> dict[str, Any]:
        """The member with this first name, acting so many hours after the Tuesday."""
        from songsheet.team.acting import as_member

        return {"by": as_member(self.members[name]), "at": self.at + timedelta(hours=hours)}


def make(out: Path) -> None:
    """A small company with one of everything that people may have, dumped in PostgreSQL's custom form."""
    from songsheet.base.tests.cast import CAST, TUESDAY
    from songsheet.config.backup import databases, tools
    from songsheet.config.wiring import DERIVED, READERS
    from songsheet.journal import check
    from songsheet.journal.readers import catch_up
    from songsheet.team.acting import as_system
    from songsheet.team.actions import join_team

    system: dict[str, Any] = {"by": as_system("landing"), "at": TUESDAY}
    made = Making({one.name.split()[0].lower(): join_team(name=one.name, email=one.email, role=one.role,
                                                          **system) for one in CAST}, TUESDAY)  # fmt: skip
    steps = (import_files, work_a_lead, merge_and_unmerge, tell_a_program, change_some, keep_views, erase_one,
             declare_fields, write_notes, be_reminded, keep_terms)  # fmt: skip
    for step in steps:
        step(made)
        for reader in READERS:
            catch_up(reader)
    left = check.run(full=True)
    assert left == [], left
    assert DERIVED["desk.Standing"]() == 0
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "dump"
        tools.run("pg_dump", "--format=custom", "--compress=0", "--no-owner", "--no-privileges",
                  f"--file={plain}", database=databases.name_of_ours())  # fmt: skip
        out.write_bytes(gzip.compress(plain.read_bytes(), 9, mtime=0))


def import_files(made: Making) -> None:
    """Seven files of another system, and one of them again with a change."""
    from django.conf import settings

    from songsheet.imports.tests import small

    folder = Path(settings.ENVIRONMENT.home) / "from"
    small.run_files(small.small_crm(folder), made.at)
    again = small.write(folder, "leads.csv", small.LEADS, small.changed("leads", "l1", "Title", "Director"))
    small.run_files([again], made.at + timedelta(hours=1))


def work_a_lead(made: Making) -> None:
    """A lead that came, was taken and contacted, with a task, a tag, consent, a sealed text and a deal."""
    from songsheet.buyers.actions import forbid_contact, meet_person, record_consent
    from songsheet.buyers.adopt import PersonRow
    from songsheet.deals.actions import open_deal, set_next_step
    from songsheet.deals.adopt import DealRow
    from songsheet.journal.sealed import seal
    from songsheet.leads.actions import lead_came, take_lead
    from songsheet.leads.adopt import LeadRow
    from songsheet.tags.actions import tag
    from songsheet.touches.actions import do_task, log_touch, plan_task
    from songsheet.touches.adopt import TaskRow, TouchRow

    row = PersonRow(name="Nadia Farrow", mails=("nadia@farrow.example",), phones=("+441174960777",))
    person = meet_person(row, **made.who("priya"))
    ref, at = (person.id, person.key), made.at
    record_consent(person.key, purpose="mail", granted=True, **made.who("priya", 1))
    forbid_contact(person.key, channel="call", reason="Prefers mail", **made.who("priya", 1))
    lead = lead_came(LeadRow(person=ref, came_at=at, wants="Forty chairs", at_rest=False), **made.who("tom"))
    take_lead(lead.key, **made.who("diane", 0.5))
    diane = (made.members["diane"].id, made.members["diane"].key)
    log_touch(
        TouchRow(kind="mail", direction="out", at=at + timedelta(hours=1), person=ref, lead_key=lead.key,
                 member=diane, subject="Your chairs", text="The offer is attached."), **made.who("diane", 1),
    )  # fmt: skip
    for subject in ("Send the offer", "Ring back"):
        task = plan_task(
            TaskRow(subject=subject, person=ref, lead_key=lead.key, member=diane, made_at=at,
                    due_at=at + timedelta(days=1)), **made.who("diane", 1),
        )  # fmt: skip
    do_task(task.key, **made.who("diane", 2))
    deal = open_deal(
        lead.key, DealRow(lead=(lead.id, lead.key), name="Chairs for Farrow", amount=1_200_000,
                          currency="EUR", next_step="Call", next_step_on=at.date()), **made.who("diane", 3),
    )  # fmt: skip
    set_next_step(deal.key, step="Sign", on=at.date() + timedelta(days=7), **made.who("diane", 4))
    tag([person.key, lead.key, deal.key], "Fair 2026", **made.who("tom", 5))
    seal(person.key, "note", "kept")


def merge_and_unmerge(made: Making) -> None:
    """Three records of one person: two made one, the third made one and taken apart again; a company too."""
    from songsheet.buyers.actions import meet_company, meet_person
    from songsheet.buyers.adopt import CompanyRow, PersonRow
    from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, merge, unmerge

    names = ("Iris Calder", "I. Calder", "Iris M. Calder")
    one, two, three = (
        meet_person(PersonRow(name=name, mails=(f"iris{number}@calder.example",)), **made.who("priya", 6))
        for number, name in enumerate(names)
    )
    merge(PEOPLE, one.key, two.key, **made.who("priya", 7))
    merge(PEOPLE, one.key, three.key, take=["name"], **made.who("priya", 8))
    unmerge(PEOPLE, three.key, **made.who("priya", 9))
    big, small = (
        meet_company(CompanyRow(name=name, domain=domain), **made.who("priya", 6))
        for name, domain in (("Calder Ltd", "calder.example"), ("Calder Limited", "calder-ltd.example"))
    )
    merge(COMPANIES, big.key, small.key, **made.who("priya", 9))


def tell_a_program(made: Making) -> None:
    """A webhook with what arrived and what waits."""
    from songsheet.beside.actions import add_webhook, ping
    from songsheet.beside.sending_actions import deliver
    from songsheet.beside.tests.receiver import receiving

    with receiving() as receiver:
        webhook = add_webhook(url=receiver.url, label="Warehouse", **made.who("ruth", 10))
        ping(webhook.key, **made.who("ruth", 10))
        deliver(webhook.key, lambda: made.at + timedelta(hours=10, minutes=1))
        assert receiver.got, "the webhook was not told"
        receiver.answers = [500]
        ping(webhook.key, **made.who("ruth", 11))
        deliver(webhook.key, lambda: made.at + timedelta(hours=11, minutes=1))


def change_some(made: Making) -> None:
    """Many changed at once: one stays, one is undone, a field of ours is declared."""
    from songsheet.buyers.actions import meet_person
    from songsheet.buyers.adopt import PersonRow
    from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, undo_change

    people = tuple(
        meet_person(
            PersonRow(name=f"Guest {number}", mails=(f"guest{number}@fair.example",), custom={"stand": "12"}),
            **made.who("tom", 12),
        ).key
        for number in range(12)
    )
    change_many("people", Chosen(people), Wanted("tag", value="Stand 12"), **made.who("tom", 13))
    undone = change_many(
        "people", Chosen(people[:6]), Wanted("set", "title", "Visitor"), **made.who("tom", 14)
    )
    undo_change(undone.key, **made.who("tom", 15))
    change_many("people", Chosen(people[6:8]), Wanted("archive"), **made.who("tom", 16))


def keep_views(made: Making) -> None:
    """Two saved views and a key of a program."""
    from songsheet.config.wiring import LISTINGS
    from songsheet.doors.address import Shown
    from songsheet.team.actions import issue_key
    from songsheet.team.view_actions import save_view

    leads = LISTINGS["leads"]
    save_view(leads, Shown({"state": "working"}), name="At work", shared=True, **made.who("diane", 17))
    save_view(LISTINGS["people"], Shown(), name="Mine", pinned=True, **made.who("priya", 17))
    issue_key(member=made.members["tom"], scopes=["read"], label="Report", **made.who("ruth", 17))


def erase_one(made: Making) -> None:
    """Somebody who asked to be forgotten."""
    from songsheet.buyers.actions import meet_person
    from songsheet.buyers.adopt import PersonRow
    from songsheet.flows.erase_person import erase_person

    row = PersonRow(name="Gone Person", mails=("gone@forgotten.example",), phones=("+441174960888",))
    person = meet_person(row, **made.who("priya", 18))
    erase_person(person.key, **made.who("ruth", 19))


def declare_fields(made: Making) -> None:
    """Fields of ours: of each type, filled, one with an index, one archived."""
    from songsheet.buyers.actions import change_person, meet_person
    from songsheet.buyers.adopt import PersonRow
    from songsheet.team.field_actions import archive_field, declare_field
    from songsheet.team.jobs import keep_field_indexes

    given: dict[str, Any] = {
        "text": "Yard Bramble", "number": 12.5, "date": "2026-05-12", "yes_no": True, "url": "https://a.example",
    }  # fmt: skip
    fields = {
        type: declare_field("person", label=f"Our {type}", type=type, **made.who("ruth", 20))
        for type in given
    }
    choice = declare_field(
        "person", label="Size", type="choice", options=["Small", "Large"], **made.who("ruth", 20)
    )
    archive_field(
        declare_field("person", label="Old", type="text", **made.who("ruth", 20)).key, **made.who("ruth", 20)
    )
    keep_field_indexes(fields["number"].key)
    person = meet_person(
        PersonRow(name="Omar Bramble", mails=("omar@bramble.example",)), **made.who("tom", 21)
    )
    own = {fields[type].name: value for type, value in given.items()} | {choice.name: "Large"}
    change_person(person.key, custom=own, **made.who("tom", 22))


def write_notes(made: Making) -> None:
    """Notes with a mention and a file; one was changed, one archived; each has the same file."""
    from django.core.files.base import ContentFile

    from songsheet.buyers.actions import meet_person
    from songsheet.buyers.adopt import PersonRow
    from songsheet.touches.adopt import TouchRow
    from songsheet.touches.note_actions import archive_note, change_note, write_note

    person = meet_person(PersonRow(name="Olga Bramble"), **made.who("tom", 23))
    at, about = made.at + timedelta(hours=24), (person.id, person.key)
    one, _two, three = (
        write_note(
            TouchRow(at=at, person=about, text=f"@Priya Raman {text}"),
            files=[ContentFile(b"kept with the landing", "offer.txt")], **made.who("diane", 24),
        )
        for text in ("please look.", "and here.", "never mind.")
    )  # fmt: skip
    change_note(one.key, "Look here, @Tom Lindqvist.", version=one.version, **made.who("diane", 25))
    archive_note(three.key, **made.who("diane", 25))


def be_reminded(made: Making) -> None:
    """Two reminders, one of which came; what is mailed was chosen, and some was read."""
    from songsheet.notices.actions import choose_mail, mark_read
    from songsheet.notices.models import How, Kind, Notice
    from songsheet.touches.actions import plan_task, remind
    from songsheet.touches.adopt import TaskRow

    diane = (made.members["diane"].id, made.members["diane"].key)
    for hours in (26, 200):
        at = made.at + timedelta(hours=hours)
        plan_task(TaskRow(subject=f"Ring at {hours}", member=diane, made_at=made.at, due_at=at, remind_at=at),
                  **made.who("tom", 25))  # fmt: skip
    remind(**made.who("diane", 27))
    choose_mail({Kind.MENTION: How.DAILY}, **made.who("priya", 27))
    first = Notice.objects.filter(member=made.members["priya"]).order_by("id").first()
    assert first is not None, "nobody was told of a mention"
    mark_read([first.key], **made.who("priya", 28))


def keep_terms(made: Making) -> None:
    """Terms of two purposes, changed once, and a night that only counted."""
    from songsheet.flows.retention.rules import set_rules
    from songsheet.flows.retention.running import run

    set_rules({"never_answered": 24, "visits": 12}, **made.who("ruth", 29))
    set_rules({"visits": 18}, **made.who("ruth", 30))
    run(**made.who("ruth", 31))


if __name__ == "__main__":
    os.environ.setdefault("SONGSHEET_LOCAL_TARGETS", "on")
    from songsheet.config.prepare import ready

    ready()
    make(Path(sys.argv[1]).resolve())
