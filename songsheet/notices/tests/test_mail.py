"""Notices by mail, over a real SMTP server: once, only what was not read, one digest a day and member."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from django.conf import settings

from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.journal.readers import catch_up
from songsheet.notices.actions import choose_mail, mark_read
from songsheet.notices.mail_actions import gather, hush, send_postings
from songsheet.notices.models import How, Kind, Notice, Posting
from songsheet.notices.reactions import READER
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import change_member
from songsheet.touches.actions import plan_task
from songsheet.touches.adopt import TaskRow, TouchRow
from songsheet.touches.note_actions import archive_note, write_note

SYSTEM = as_system("tests")


class Smtp(socketserver.ThreadingTCPServer):
    """As much of a mail server as a client speaks with; `answer` is what it says to a message."""

    allow_reuse_address = daemon_threads = True
    answer = "250 kept"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails: list[Message] = []


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"DATA"):
                self.say("354 go on")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                server: Any = self.server
                if server.answer.startswith("250"):
                    server.mails.append(message_from_bytes(text[:-3]))
                self.say(server.answer)
            elif line.startswith(b"QUIT"):
                return self.say("221 bye")
            else:
                self.say("250 yes")
        return None

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def smtp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Smtp]:
    with Smtp() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
        monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        monkeypatch.setattr(settings, "EMAIL_PORT", server.server_address[1])
        address = replace(settings.ENVIRONMENT, url="https://songsheet.example")
        monkeypatch.setattr(settings, "ENVIRONMENT", address)
        yield server
        server.shutdown()


@pytest.fixture
def two(cast: dict[str, Any]) -> tuple[Acting, Acting]:
    catch_up(READER)
    return as_member(cast["priya"]), as_member(cast["tom"])


def mention(by: Acting, at: datetime, name: str = "Tom Lindqvist") -> Any:
    person = adopt_people([PersonRow(name="Suzanne Okafor")], by=SYSTEM, at=at)[0].must
    note = write_note(TouchRow(text=f"@{name} she wants 40 desks", person=person), by=by, at=at)
    catch_up(READER)
    return note


def give(by: Acting, to: Acting, at: datetime) -> None:
    assert to.member is not None
    plan_task(TaskRow(subject="Call Suzanne Okafor", member=(to.member.id, to.member.key)), by=by, at=at)
    catch_up(READER)


def mailed(at: datetime) -> int:
    gather(at)
    return send_postings(at)


def text_of(mail: Message) -> str:
    return bytes(mail.get_payload(decode=True)).decode()


def test_a_mention_is_mailed_soon_once_and_names_no_buyer(smtp: Smtp, two: Any, at: datetime) -> None:
    priya, tom = two
    mention(priya, at)
    assert mailed(at + timedelta(minutes=1)) == 0
    assert [mailed(at + timedelta(minutes=minutes)) for minutes in (2, 3, 4)] == [1, 0, 0]
    (mail,) = smtp.mails
    assert mail["To"] == tom.member.email
    assert mail["Subject"] == "Priya Raman mentioned you in a note"
    assert mail["List-Unsubscribe"] == "<https://songsheet.example/notices/mail>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    words = text_of(mail)
    assert "https://songsheet.example/buyers/person_" in words
    assert Notice.objects.get().key in words
    for personal in ("Suzanne", "Okafor", "desks"):
        assert personal not in mail.as_string()


def test_what_was_read_taken_back_or_may_not_be_seen_is_not_mailed(
    smtp: Smtp, two: Any, cast: dict[str, Any], at: datetime
) -> None:
    priya, tom = two
    later = at + timedelta(minutes=5)
    mention(priya, at)
    mark_read(None, by=tom, at=at)
    assert mailed(later) == 0
    note = mention(priya, at)
    gather(later)
    archive_note(note.key, by=priya, at=at)
    catch_up(READER)
    assert send_postings(later) == 0
    mention(priya, at)
    gather(later)
    change_member(cast["tom"].key, by=SYSTEM, at=at, state="left")
    assert send_postings(later) == 0
    assert smtp.mails == []
    assert not Posting.objects.filter(sent_at=None).exists()


def test_a_choice_is_kept(smtp: Smtp, two: Any, at: datetime) -> None:
    priya, tom = two
    choose_mail({Kind.MENTION: How.NEVER, Kind.GIVEN: How.AT_ONCE}, by=tom, at=at)
    mention(priya, at)
    give(priya, tom, at)
    assert mailed(at + timedelta(minutes=5)) == 1
    assert smtp.mails[0]["Subject"] == "Priya Raman gave you a task"
    assert mailed(at + timedelta(days=2)) == 0


#: Zone, when the digest must not have gone out yet, when it must have, by UTC; around changes of the clock.
MORNINGS = [
    ("Europe/London", "2026-03-29T06:59", "2026-03-29T07:00"),
    ("Europe/London", "2026-10-25T07:59", "2026-10-25T08:00"),
    ("America/New_York", "2026-03-08T11:59", "2026-03-08T12:00"),
    ("Asia/Kolkata", "2026-05-13T02:29", "2026-05-13T02:30"),
    ("Pacific/Kiritimati", "2026-05-12T17:59", "2026-05-12T18:00"),
    ("UTC", "2026-05-13T07:59", "2026-05-13T08:00"),
]


@pytest.mark.parametrize("morning", MORNINGS, ids=lambda one: f"{one[0]} {one[2]}")
def test_one_digest_a_day_by_ones_own_clock(
    morning: tuple[str, str, str], smtp: Smtp, two: Any, cast: dict[str, Any]
) -> None:
    priya, _ = two
    zone, early, due = morning
    before, after = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (early, due))
    tom = as_member(change_member(cast["tom"].key, by=SYSTEM, at=after, zone=zone))
    for hours in (9, 8):
        give(priya, tom, after - timedelta(hours=hours))
    assert mailed(before) == 0
    assert mailed(after) == 1
    assert smtp.mails[0]["Subject"] == "2 things for you in Songsheet"
    give(priya, tom, after)
    assert [mailed(after + timedelta(hours=hours)) for hours in (1, 5, 12)] == [0, 0, 0]
    assert mailed(after + timedelta(hours=25)) == 1
    assert text_of(smtp.mails[1]).count("gave you a task") == 1
    assert Posting.objects.exclude(day=None).count() == 2


def test_what_the_server_refuses_is_tried_again_and_who_is_killed_mails_nothing_twice(
    smtp: Smtp, two: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya, _ = two
    mention(priya, at)
    smtp.answer = "451 later"
    assert [mailed(at + timedelta(minutes=minutes)) for minutes in (2, 3)] == [0, 0]
    smtp.answer = "250 kept"
    assert [mailed(at + timedelta(minutes=minutes)) for minutes in (4, 5)] == [1, 0]
    assert Posting.objects.get().tries == 3
    mention(priya, at)
    gather(at + timedelta(minutes=6))
    with monkeypatch.context() as patched:
        patched.setattr("songsheet.notices.mail_actions.message_to", killed)
        with pytest.raises(KeyboardInterrupt):
            send_postings(at + timedelta(minutes=6))
    assert [mailed(at + timedelta(minutes=minutes)) for minutes in (7, 30)] == [0, 0]
    assert len(smtp.mails) == 1


def test_after_a_restore_nobody_is_mailed_of_what_may_have_been_mailed_since(
    smtp: Smtp, two: Any, at: datetime
) -> None:
    priya, tom = two
    mention(priya, at)
    gather(at + timedelta(minutes=5))
    mention(priya, at)
    hush(at)
    assert mailed(at + timedelta(minutes=9)) == 0
    mention(priya, at + timedelta(minutes=9))
    assert mailed(at + timedelta(minutes=12)) == 1
    assert Notice.objects.filter(member=tom.member, read_at=None).count() == 3


def killed(*given: Any) -> Any:
    raise KeyboardInterrupt


def test_two_workers_mail_once(own_database: str, smtp: Smtp, cast: dict[str, Any], at: datetime) -> None:
    catch_up(READER)
    priya = as_member(cast["priya"])
    for name in ("Tom Lindqvist", "Diane Mercer", "Ruth Abara", "Amara Diallo"):
        mention(priya, at, name)

    def worker() -> None:
        from django.db import connection

        for minutes in range(2, 6):
            mailed(at + timedelta(minutes=minutes))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(str(mail["To"]) for mail in smtp.mails) == sorted(
        cast[name].email for name in ("tom", "diane", "ruth", "amara")
    )
