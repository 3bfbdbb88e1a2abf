"""Enquiries as their buyer's story tells them: what they asked, who answers, and what was answered."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from songsheet.agreements.kinds.enquiry_sorting import BUYING, SORTS
from songsheet.journal.events import Event
from songsheet.leads.enquiries.events import (
    EnquiryAnswered,
    EnquiryCame,
    EnquiryClosed,
    EnquiryGiven,
    EnquiryMoved,
    EnquiryTakenBack,
)

#: So much of a long text stands in a story; the enquiry's page has all of it.
MOST = 600


def _kind(name: str) -> str:
    return str(SORTS.get(name, name)).lower() if name != "rfp" else str(SORTS["rfp"])


def _words(text: str) -> str:
    plain = " ".join(text.split())
    return plain.removesuffix(".") if len(plain) <= MOST else f"{plain[: MOST - 1]}…"


def _goes(event: Any, known: Any) -> str:
    owner = known.names.get(event.owner or "")
    return _(", for %(owner)s to answer") % {"owner": owner} if owner else ""


def _came(event: Any, known: Any) -> str:
    one = known.enquiries.get(event.enquiry)
    text = f": “{_words(one.text)}”" if one and one.text else ""
    if event.lead:
        head = _("The lead turned out to be an enquiry (%(kind)s)") % {"kind": _kind(event.kind)}
        return head + _goes(event, known) + (f": {one.why}" if one and one.why else "")
    said = {
        "person": known.name(event.person, _("Somebody")),
        "kind": _kind(event.kind),
        "source": event.source,
    }
    if event.kind == BUYING:
        head = _("%(person)s asked us") % said
    else:
        head = _("%(person)s asked us (%(kind)s)") % said
    where = _(", from %(source)s") % said if event.source else ""
    return head + where + _goes(event, known) + text


def _moved(event: Any, known: Any) -> str:
    one = known.enquiries.get(event.enquiry)
    words = {"before": _kind(event.before), "kind": _kind(event.kind)}
    head = _("The enquiry was moved from %(before)s to %(kind)s") % words
    is_last = one is not None and one.kind == event.kind and one.moved_from == event.before
    return head + _goes(event, known) + (f": {one.why}" if one and is_last and one.why else "")


def _given(event: Any, known: Any) -> str:
    return _("The enquiry was given to %(who)s") % {"who": known.name(event.member, _("Somebody"))}


def _answered(event: Any, known: Any) -> str:
    one = known.enquiries.get(event.enquiry)
    if one is None or not one.answer:
        return ""
    who = one.answered_by.name if one.answered_by else _("Somebody")
    words = {"who": who, "kind": _kind(event.kind), "answer": _words(one.answer)}
    return _("%(who)s answered (%(kind)s): “%(answer)s”") % words


def _closed(event: Any, known: Any) -> str:
    one = known.enquiries.get(event.enquiry)
    said = _("The enquiry (%(kind)s) was closed without an answer") % {"kind": _kind(event.kind)}
    return f"{said}: {one.why}" if one and one.why and one.state == "closed" else said


def _back(event: Any, known: Any) -> str:
    owner = known.name(event.owner, _("Somebody"))
    words = {"owner": owner, "kind": _kind(event.kind)}
    return _("The enquiry (%(kind)s) waits for an answer again, from %(owner)s") % words


#: An event about an enquiry → its sentence, from what a story knows.
ASKED: Mapping[type[Event], Callable[[Any, Any], str]] = {
    EnquiryCame: _came,
    EnquiryMoved: _moved,
    EnquiryGiven: _given,
    EnquiryAnswered: _answered,
    EnquiryClosed: _closed,
    EnquiryTakenBack: _back,
}
