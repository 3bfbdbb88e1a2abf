"""A place of ours answers a question of buyers, or no more."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from songsheet.base import bulk
from songsheet.base.text import clean
from songsheet.intake.forms.models import Form
from songsheet.intake.found.errors import AnswersAnother, NoSuchPlace, NotAPlaceOfOurs
from songsheet.intake.found.events import PlaceAnswers, PlaceAnswersNoMore
from songsheet.intake.found.models import Place
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.journal.act import act
from songsheet.song.queries import question_for
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign

_REALM = 44
#: Prefix of a key → what it is of, and the column that says that it is over.
_KINDS: dict[str, tuple[Any, str, str]] = {
    "site": (Site, "site", "gone_at"), "link": (Link, "link", "withdrawn_at"),
    "form": (Form, "form", "gone_at"), "campaign": (Campaign, "campaign", "gone_at"),
}  # fmt: skip


def map_place(what: str, question: str, *, by: Acting, at: datetime, path: str = "") -> Place:
    """Pages of a site, a link, a form or a campaign, by its key, answer this question. Again is the same."""
    by.must(Right.PROPOSE)
    what, question = clean(what, 60, field="what"), clean(question, 60, field="question")
    asked = question_for(by, question)
    if asked.gone_at is not None:
        raise NotAPlaceOfOurs("This question is archived. Choose another one.", field="question")
    kind = what.partition("_")[0]
    if kind not in _KINDS:
        raise NotAPlaceOfOurs("Choose a site, a link, a form or a campaign.", field="what")
    model, column, over = _KINDS[kind]
    meant = model.objects.filter(key=what, **{over: None}).first()
    if meant is None:
        raise NotAPlaceOfOurs("It is not there any more. Choose another one.", field="what")
    where = {column: meant, "path": path_of(path) if kind == "site" else ""}
    with act(by=by.actor, at=at) as record:
        bulk.hold(_REALM, [what])
        stands = Place.objects.filter(gone_at=None, **where).select_related("question").first()
        if stands is not None:
            if stands.question == asked:
                return stands
            raise AnswersAnother(
                f"It answers “{stands.question.text[:120]}” already. Take it off that question first.",
                field="what",
            )
        one = Place.objects.create(question=asked, made_at=at, made_by=by.member, **where)
        record(PlaceAnswers(place=one.key, question=asked.key, kind=kind))
    return one


def take_place_off(key: str, *, by: Acting, at: datetime) -> Place:
    """The place answers no question any more."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        rows = Place.objects.select_for_update(of=("self",), no_key=True).select_related("question")
        one = rows.filter(key=key, gone_at=None).first()
        if one is None:
            raise NoSuchPlace
        one.gone_at = at
        one.save(update_fields=["gone_at"])
        record(PlaceAnswersNoMore(place=key, question=one.question.key))
    return one


def path_of(text: str) -> str:
    """The path that was typed, or that of an address, as it is compared: no slash at its end, no query."""
    given = clean(text, 300, field="path")
    try:
        path = urlsplit(given if "://" in given or given.startswith("/") else f"/{given}").path
    except ValueError:
        raise NotAPlaceOfOurs("This is no path of a page. Write it such as /offices.", field="path") from None
    return path.rstrip("/")
