"""A note as it stands in a story or on the page of a company."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.mentions import names_in
from songsheet.touches.models import Touch
from songsheet.touches.queries import touches_seen_by, with_files
from songsheet.ui.components.html import icon
from songsheet.ui.written import written

MOST = 50


@dataclass(frozen=True, slots=True)
class Noted:
    """A note with its words as HTML and what hangs on it."""

    touch: Touch
    html: SafeString
    by: str


def files_html(touch: Any) -> SafeString:
    """What hangs on a touch that was read `with_files`, each a link that saves it."""
    lines = (
        (f"/touches/{touch.key}/files/{one['key']}", icon("attach"), one["name"], filesizeformat(one["size"]))
        for one in touch.hung
    )
    line = '<li><a href="{}" download>{}<span>{}</span></a> <span class="quiet">{}</span></li>'
    listed = format_html_join("", line, lines)
    return format_html('<ul class="hanging">{}</ul>', listed) if touch.hung else SafeString("")


def note_html(note: Any, names: dict[str, str], viewer: Acting) -> SafeString:
    """The words, the files, and for who wrote it the way to change it; replaced in place as `#touch_…`."""
    change = SafeString("")
    if viewer.member is not None and note.member_id == viewer.member.id and viewer.may(Right.WORK):
        change = format_html(
            '<a class="link meta" href="/notes/{0}?edit" hx-get="/notes/{0}?edit" hx-target="#{0}">{1}</a>',
            note.key,
            _("Change the note"),
        )
    return format_html(
        '<div class="written" id="{}">{}{}{}</div>',
        note.key,
        written(note.text, names),
        files_html(note),
        change,
    )


def one_shown(key: str, viewer: Acting) -> SafeString:
    """One note by itself."""
    note = with_files(touches_seen_by(viewer)).get(key=key)
    return note_html(note, names_in([note.text]), viewer)


def notes_of_company(ids: Any, viewer: Acting) -> list[Noted]:
    """What was noted about a company itself, the newest first."""
    rows = touches_seen_by(viewer).filter(company__in=ids, person=None, kind=Touch.Kind.NOTE)
    notes = list(with_files(rows).order_by("-at", "-id")[:MOST])
    names = names_in(one.text for one in notes)
    return [
        Noted(
            one,
            note_html(one, names, viewer),
            one.member.name if one.member else _("Somebody"),
        )
        for one in notes
    ]
