# ruff: noqa: E501 - tables of people read better with a row per line
"""Pages that show every component with the demo's people; for the tests of this part, and for looking at."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from songsheet.base.money import Money
from songsheet.base.refusals import Conflict
from songsheet.ui.components.times import when
from songsheet.ui.flow import Link, Node, draw

NOW = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


class Return(forms.Form):
    reason = forms.ChoiceField(choices=[("", "Choose one"), ("target", "Wrong target")])
    note = forms.CharField(label="What did you find out?", required=True)


class Somebody:
    name, key = "Priya Raman", "member_priya"

    def get_role_display(self) -> str:
        return "Sales Guide"


ITEMS: list[list[tuple[str, str, str, int | None]]] = [
    [("today", "Today", "today", 8), ("letters", "Letters", "letters", None)],
    [
        ("buyer", "Buyers", "buyers", None),
        ("list", "Leads", "leads", None),
        ("deals", "Deals", "deals", None),
    ],
    [("imports", "Imports", "imports", None), ("parts", "Team", "team", None)],
]


def frame(title: str, current: str, **more: Any) -> dict[str, Any]:
    rail = [
        [
            {"name": n, "label": label, "url": f"/{n}", "icon": icon, "count": count, "current": n == current}
            for n, label, icon, count in section
        ]
        for section in ITEMS
    ]
    return {
        "title": title, "rail": rail, "house": {"name": "Aldermoor"}, "me": Somebody(), "at": NOW, "now": NOW,
        "owed": {"count": 3, "url": "#"}, "quick_add": [{"label": "Add a lead", "url": "#", "icon": "leads"}],
        "demo": {"at": NOW, "members": [Somebody()], "jumps": [{"label": "17:00", "url": "#"}]}, **more,
    }  # fmt: skip


def _row(*given: str, **more: str) -> dict[str, Any]:
    due, name, company, want, why, do = given
    since = {"since": NOW - timedelta(hours=1)}
    return {
        "due": at(due), "name": name, "company": company, "want": want, "why": why, "do": do, **since, **more,
    }  # fmt: skip


QUEUE = [
    _row("05-12T12:31", "Suzanne Okafor", "Brightwater Dental", "40 desks and a reception, fitted by September", "asked for a call", ""),
    _row("05-12T13:30", "Henrik Sørby", "Nordlys Arkitekter", "Lease or buy 26 seats, both side by side", "you promised numbers", "Send"),
    _row("05-12T15:00", "Marta Kowalczyk", "Zielona Logistics", "", "hers to hear from you", "Put right", untrue="shipping is free"),
    _row("05-12T17:00", "Lucía Ferrer", "Estudio Lumbre", "Answered you: 60 people, not 48", "waits for new numbers", "Read"),
]  # fmt: skip
LATER = [
    _row("05-13T09:30", "Anke Vogel", "Praxisverbund Isar", "Visit with operations, one point open", "meeting that you set", "Prepare"),
    _row("05-14T12:00", "Noor Haddad", "Tamar Foods", "Her board wants a reference nearby", "next step of the deal", "Find one"),
]  # fmt: skip
OWING = [
    {"name": "Owen Pryce", "due": at("05-12T09:00"), "since": None, "what": "Delivery date for Mistral Bank"},
    {"name": "Diane Mercer", "due": at("05-12T10:52"), "since": at("05-12T07:00"), "what": "Floor plan of Halden Roe"},
    {"name": "Tom Lindqvist", "due": at("05-14T17:00"), "since": None, "what": "Why Felix Brandt, a student, was sent to you"},
]  # fmt: skip

SOURCES = {
    "Referrals": (46, 4, 2, 0), "Partners": (29, 4, 4, 2), "Website": (84, 61, 18, 8), "Search advertising": (62, 27, 17, 12),
    "Fair, Cologne": (45, 14, 15, 10), "Webinars": (52, 21, 8, 67),
}  # fmt: skip
HANDS = {
    "Guides": (62, 88, 70, 86, 12),
    "Concierges": (7, 13, 47, 59, 5),
    "Nurturing": (2, 2, 31, 29, 0),
    "Nobody": (0, 0, 0, 0, 99),
}
OUTCOMES = ("Bought", "In a deal", "Being worked", "Ended with a reason", "Fell between hands")


def aldermoor_flow() -> tuple[list[Node], list[Link]]:
    """The flow of the letters: 612 leads."""
    tones = {"Nobody": "lost", "Bought": "won", "Fell between hands": "lost"}
    parts: list[list[str]] = [list(SOURCES), list(HANDS), list(OUTCOMES)]
    names = [(name, column) for column, part in enumerate(parts) for name in part]
    nodes = [Node(name, name, column, f"#{name}", tones.get(name, "plain")) for name, column in names]  # type: ignore[arg-type]
    notes = {("Webinars", "Nobody"): "61 of one webinar, never called"}
    links = [
        Link(one, other, count, "#", notes.get((one, other), ""))
        for table, others in ((SOURCES, list(HANDS)), (HANDS, list(OUTCOMES)))
        for one, counts in table.items()
        for other, count in zip(others, counts, strict=True)
    ]
    return nodes, links


LEAKS = [
    ("61 leads", "of the March webinar were never called", 38, "still can be", 21_400_000, "Offer to Guides", "handoff"),
    ("17 accepted leads", "lie untouched for ten days", 14, "still can be called", 9_600_000, "Ask their owners", "talk"),
    ("8 enquiries", "wait for a country that the form never asked", 0, "", 2_200_000, "Ask for country", "mail"),
    ("2 partner leads", "came back from Norrland Kontor; nobody read why", 0, "", 1_200_000, "Name an owner", "buyers"),
]  # fmt: skip
BELIEFS = [
    (9, "Shipping is free", "05-12T10:52", "Practice guide, edition 2", "withdrawn 3 April; a reseller’s page still says it", "Shipping is charged by zone, from €49."),
    (5, "You get your money back", "05-12T12:31", "March webinar", "minute 31, and four personal mails", "Unused pieces can come back within 60 days."),
    (3, "We install power and data", "05-12T12:31", "Search advertisement B", "stopped 29 April", "We fit furniture. Cabling is your electrician’s."),
]  # fmt: skip


def today(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "gallery/today.html",
        frame("Today", "today", queue=QUEUE, later=LATER, owing=OWING, form=Return()),
    )


def letters(request: HttpRequest) -> HttpResponse:
    leaks = [
        dict(zip(("what", "how", "still", "then", "minor", "do", "icon"), one, strict=True)) for one in LEAKS
    ]
    for leak in leaks:
        leak["worth"] = Money(leak["minor"], "EUR")  # type: ignore[arg-type]
    beliefs = [
        {"n": n, "claim": claim, "due": at(due), "since": at("05-12T08:00"), "where": where, "more": more, "truth": truth, "says": f"{n} buyers believe"}
        for n, claim, due, where, more, truth in BELIEFS
    ]  # fmt: skip
    return render(
        request,
        "gallery/letters.html",
        frame("Letters", "letters", picture=draw(*aldermoor_flow()), leaks=leaks, beliefs=beliefs),
    )


def buyer(request: HttpRequest) -> HttpResponse:
    words = "We open a second practice in September and need 40 desks and a reception. Is the fitting in the price?"
    entries = [
        (date(2026, 5, 12), [
            {"side": "ours", "icon": "handoff", "at": at("05-12T09:31"), "says": "Offered to Priya Raman, who is free, speaks English and has fitted six practices. The promise is a call by 12:31."},
            {"side": "changed", "icon": "", "at": at("05-12T09:30"), "says": "Qualified by the definition of 2 March: 60 people, a date in September, may be called."},
            {"side": "theirs", "icon": "phone", "at": at("05-12T09:28"), "says": "Suzanne asked for a call.", "words": words},
        ]),
        (date(2026, 5, 11), [{"side": "theirs", "icon": "play", "at": at("05-11T12:02"), "says": "Suzanne watched 38 of the 45 minutes of A practice that calms.", "told": "you get your money back"}]),
        (date(2026, 4, 28), [{"side": "theirs", "icon": "cursor", "at": at("04-28T21:47"), "says": "Suzanne clicked our advertisement B.", "told": "power and data installed in a week"}]),
    ]  # fmt: skip
    voices = [
        {"label": "All", "count": 11, "url": "#", "current": True},
        {"label": "She did", "count": 5, "url": "#"},
        {"label": "We did", "count": 1, "url": "#"},
    ]
    context = frame(
        "Suzanne Okafor", "buyer", crumbs=[{"label": "Buyers", "url": "/buyer"}, {"label": "Suzanne Okafor"}],
        days=[{"day": day, "entries": found} for day, found in entries], today=NOW.date(), voices=voices,
        due=at("05-12T12:31"), since=at("05-12T09:31"), value=Money(3_100_000, "GBP"),
    )  # fmt: skip
    return render(request, "gallery/buyer.html", context)


def _cells(index: int) -> list[dict[str, Any]]:
    from django.utils.html import format_html

    names = ("Suzanne Okafor", "Henrik Sørby", "Marta Kowalczyk", "Callum Reid", "Lucía Ferrer")
    first = format_html('<a href="/buyer">{}</a>', names[index % 5])
    cells = [
        first,
        "Brightwater Dental",
        "Working",
        "Priya Raman",
        "Webinar March",
        when(NOW - timedelta(hours=7 * index), NOW),
        "€31,000",
    ]
    return [{"html": cell} for cell in cells]


def listing(request: HttpRequest) -> HttpResponse:
    labels = ("Person", "Company", "State", "Owner", "Campaign", "Came", "Amount")
    empty = "empty" in request.GET
    page = {
        "title": "Leads", "count_text": "1,902", "clear_url": "/list", "search": "", "kept": {"state": "open"},
        "columns": [{"name": one, "label": one, "numeric": one == "Amount", "sort_url": "#" if one == "Came" else "", "sorted": "down" if one == "Came" else ""} for one in labels],
        "choosable": [{"name": one, "label": one, "chosen": True} for one in labels],
        "rows": [] if empty else [{"key": f"lead_{index}", "url": "/buyer", "cells": _cells(index)} for index in range(14)],
        "chips": [] if empty else [{"label": "State: Open", "remove_url": "#"}, {"label": "Source: Webinar", "remove_url": "#"}],
        "filters": [{"name": "state", "label": "State", "kind": "choice", "choices": [("open", "Open")], "value": "open"}, {"name": "from", "label": "Came from", "kind": "date", "choices": [], "value": ""}],
        "views": [{"label": "Never called", "url": "#", "current": False}], "bulk": [{"act": "assign", "label": "Offer to Guides", "key": "o"}],
        "more_url": "" if empty else "?after=x",
        "empty": {"title": "No leads yet", "why": "Leads come from imports, forms and calls, and each has one owner.", "step_label": "Import your CRM’s export", "step_url": "#"},
    }  # fmt: skip
    template = "ui/listing.html#more" if request.headers.get("HX-Target") == "more" else "ui/listing.html"
    told = [{"message": "Felix Brandt went back to Tom Lindqvist", "extra_tags": "/undo/1"}]
    return render(request, template, frame("Leads", "list", page=page, messages=told))


def parts(request: HttpRequest) -> HttpResponse:
    form = Return({"reason": "target", "note": ""})
    times = {
        "late": at("05-12T09:00"),
        "soon": at("05-12T10:52"),
        "due": at("05-12T12:31"),
        "since": at("05-12T09:31"),
        "tomorrow": at("05-14T17:00"),
        "just": NOW,
        "past": at("04-30T16:20"),
    }
    several = {"EUR": 21_400_000, "GBP": 3_100_050}
    return render(
        request,
        "gallery/parts.html",
        frame("Parts", "parts", form=form, value=Money(3_100_000, "GBP"), several=several, **times),
    )


def refused(request: HttpRequest) -> HttpResponse:
    refusal = Conflict("Priya Raman took this lead at 10:09. It can be taken again when she gives it back.")
    template = "ui/message.html#message" if request.headers.get("HX-Request") else "ui/message.html"
    return render(request, template, {"refusal": refusal, "status": 409}, status=409)


def find(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    hits = [
        {
            "label": "Suzanne Okafor",
            "note": "Brightwater Dental, Bristol",
            "icon": "buyers",
            "url": "/buyer",
            "key": "Enter",
        }
    ]
    acts = [{"label": "Accept Suzanne Okafor", "icon": "handoff", "post": "/accept", "key": "a"}]
    groups = [{"label": "Buyers", "hits": hits}, {"label": "Do", "hits": acts}]
    return render(request, "ui/hits.html", {"words": words, "groups": [] if words == "zzz" else groups})


def bell(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/frame/bell.html", {"bell": {"count": 2}})


def upload(request: HttpRequest) -> HttpResponse:
    if not request.FILES.getlist("files"):
        return refused(request)
    return redirect("/list")


urlpatterns = [
    path("today", today), path("letters", letters), path("buyer", buyer), path("list", listing), path("parts", parts),
    path("refused", refused), path("upload", upload), path("find", find, name="find"), path("notices/bell", bell), path("look-as", refused, name="look_as"), path("accept", refused),
]  # fmt: skip
