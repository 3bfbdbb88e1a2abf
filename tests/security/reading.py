"""What is wrong with an answer: markup that runs, a computed template, a script between the lines."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import openpyxl

#: A template engine that ran, whichever it is.
COMPUTED = re.compile(r"q\$?49q")
#: What only we should read: how something is built, or why it failed.
_INSIDE = re.compile(rb"Traceback|/site-packages/|psycopg|django\.|SELECT \"")
_LEADS = {
    "href",
    "src",
    "action",
    "formaction",
    "hx-get",
    "hx-post",
    "hx-patch",
    "hx-delete",
    "hx-push-url",
    "data",
}
_NEVER = {"iframe", "object", "embed", "base", "applet", "style", "frame"}
_RUNS = ("javascript:", "data:", "vbscript:")
_FORMULA = re.compile(r"^[\s\x00-\x20\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")


class Reading(HTMLParser):
    """Reads a page as a browser would, and notes what would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        where = f"<{tag} {str(given)[:160]}>"
        if tag in _NEVER:
            self.wrong.append(f"{where} is on the page")
        if tag == "script":
            ours = str(given.get("src", "")).startswith("/static/")
            if not ours and given.get("type") != "application/json":
                self.wrong.append(f"{where} is a script of the page's own")
        for name, value in given.items():
            if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc", "hx-vars"):
                self.wrong.append(f"{where} has {name}")
            plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name in _LEADS and plain.startswith(_RUNS):
                self.wrong.append(f"{where} leads to a script")
            if name in ("src", "poster") and plain and not plain.startswith("/"):
                self.wrong.append(f"{where} is loaded from elsewhere")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read_html(text: str) -> Reading:
    """A page or partial, read to its end."""
    reading = Reading()
    reading.feed(text)
    reading.close()
    return reading


def content_of(answer: Any) -> bytes:
    """The whole body, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def wrong_with(answer: Any) -> list[str]:
    """All that is wrong with an answer, whatever its kind."""
    body, kind = content_of(answer), answer.get("Content-Type", "").partition(";")[0]
    wrong = [] if answer.status_code < 500 else [f"failed with {answer.status_code}"]
    if answer.get("X-Content-Type-Options") != "nosniff":
        wrong.append("may be sniffed")
    if body and kind not in _READERS and not answer.get("Content-Disposition", "").startswith("attachment"):
        wrong.append(f"is {kind or 'of no kind'}, which nobody here reads")
    if inside := _INSIDE.search(body):
        wrong.append(f"tells of the inside: {inside[0]!r}")
    if kind in _READERS:
        wrong += _READERS[kind](answer, body)
    return wrong


def _page(answer: Any, body: bytes) -> list[str]:
    text = body.decode()
    wrong = read_html(text).wrong
    if COMPUTED.search(text):
        wrong.append("computed a template")
    policy = answer.get("Content-Security-Policy", "")
    if "script-src 'self'" not in policy or "unsafe" in policy:
        wrong.append(f"has the policy {policy!r}")
    if answer.get("X-Frame-Options") != "DENY" or "frame-ancestors 'none'" not in policy:
        wrong.append("may be framed")
    return wrong


def _plain(answer: Any, body: bytes) -> list[str]:
    return ["computed a template"] if COMPUTED.search(body.decode()) else []


def _style(answer: Any, body: bytes) -> list[str]:
    is_plain = re.fullmatch(r"[\w\s.:;{}#-]*", body.decode())
    return [] if is_plain else ["says more than names, colours and lengths"]


def _csv(answer: Any, body: bytes) -> list[str]:
    cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]
    run = [cell for cell in cells if _FORMULA.match(cell) and not re.match(r"^-?[\d.]+( [A-Z]{3})?$", cell)]
    return _attached(answer) + [f"holds the formula {cell[:40]!r}" for cell in run]


def _xlsx(answer: Any, body: bytes) -> list[str]:
    rows = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows()
    run = [cell.value for row in rows for cell in row if cell.data_type == "f"]
    return _attached(answer) + [f"holds the formula {value!r}" for value in run]


def _attached(answer: Any) -> list[str]:
    given = answer.get("Content-Disposition", "")
    bad = not given.startswith("attachment") or re.search(r"[\r\n\x00]", given)
    return [f"is not a file to save: {given!r}"] if bad else []


_READERS = {
    "text/html": _page,
    "text/plain": _plain,
    "text/css": _style,
    "application/json": _plain,
    "application/problem+json": _plain,
    "text/csv": _csv,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _xlsx,
}
