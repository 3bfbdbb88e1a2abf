"""Appointment pages are made, changed, opened, closed and taken out."""

from datetime import datetime

from songsheet.base.adopting import named
from songsheet.base.refusals import Stale
from songsheet.buyers.wordings import texts_now
from songsheet.intake.appointments.errors import NoSuchPage, NotYourPage, PageNeeds
from songsheet.intake.appointments.events import AppointmentPageChanged, AppointmentPageMade
from songsheet.intake.appointments.models import BookingPage
from songsheet.intake.appointments.offer import Offer
from songsheet.intake.appointments.queries import may_change
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign


def make_page(body: Offer, *, by: Acting, at: datetime) -> BookingPage:
    """A page that visitors can choose a time on at once: one's own, or with the right a team's."""
    owner = _whose(body, by)
    _must_stand(body)
    with act(by=by.actor, at=at) as record:
        page = BookingPage.objects.create(
            name=body.title, owner=owner, body=body.model_dump(mode="json"), made_at=at, made_by=by.member
        )
        record(AppointmentPageMade(page=page.key))
    return page


def change_page(
    key: str,
    *,
    by: Acting,
    at: datetime,
    body: Offer | None = None,
    is_open: bool | None = None,
    version: int | None = None,
) -> BookingPage:
    """What it offers, whether it is open; meetings that are booked stay as they were booked."""
    with act(by=by.actor, at=at) as record:
        page = _held(key)
        _must_be_theirs(page, by)
        if version is not None and version != page.version:
            raise Stale(
                "Somebody changed this page since you opened it. Look at it again.", version=page.version
            )
        changed: list[str] = []
        if is_open is not None and is_open != page.is_open:
            page.is_open = is_open
            changed.append("is_open")
        if body is not None:
            given, stood = body.model_dump(mode="json"), page.body
            page.owner = _whose(body, by)
            _must_stand(body)
            changed += [name for name, value in given.items() if stood.get(name) != value]
            page.body, page.name = given, body.title
        if changed:
            page.version += 1
            page.save()
            record(AppointmentPageChanged(page=page.key, fields=named(changed)))
    return page


def take_page_out(key: str, *, by: Acting, at: datetime) -> None:
    """Nobody books there any more; what is booked stays."""
    with act(by=by.actor, at=at) as record:
        page = _held(key)
        _must_be_theirs(page, by)
        page.gone_at, page.is_open = at, False
        page.version += 1
        page.save()
        record(AppointmentPageChanged(page=page.key, fields="gone"))


def _whose(body: Offer, by: Acting) -> Member | None:
    """The member whose own page it is; nobody, where it is a team's or somebody else's."""
    if by.member is not None and body.members == [by.member.key]:
        if not by.may(Right.FRONT):
            by.must(Right.WORK)
        return by.member
    by.must(Right.FRONT)
    if len(body.members) == 1:
        return Member.objects.filter(key=body.members[0]).first()
    return None


def _must_be_theirs(page: BookingPage, by: Acting) -> None:
    if may_change(by, page):
        return
    if not by.may(Right.WORK):
        by.must(Right.FRONT)
    whose = page.owner.name if page.owner else "a team"
    raise NotYourPage(f"This page is that of {whose}. Ask them, or somebody who makes forms and links.")


def _must_stand(body: Offer) -> None:
    """Who is named works here, the consent texts are written, the campaign is there."""
    there = set(Member.objects.active().filter(key__in=body.members).values_list("key", flat=True))
    if set(body.members) - there:
        raise PageNeeds("One of the members does not work here. Choose again.", field="members")
    missing = sorted(set(body.purposes) - set(texts_now(set(body.purposes), body.language)))
    if missing:
        raise PageNeeds(
            f"There is no consent text for {missing[0]}. Write it first, on the page of consent texts.",
            field="purposes",
        )
    if body.campaign and not Campaign.objects.filter(key=body.campaign, gone_at=None).exists():
        raise PageNeeds("There is no such campaign. Choose one of the register.", field="campaign")


def _held(key: str) -> BookingPage:
    found = BookingPage.objects.select_for_update(of=("self",), no_key=True).filter(key=key, gone_at=None)
    page = found.select_related("owner").first()
    if page is None:
        raise NoSuchPage
    return page
