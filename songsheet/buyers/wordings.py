"""Reads of the texts of consent."""

from collections.abc import Collection

from songsheet.buyers.errors import NoSuchConsentText
from songsheet.buyers.models import ConsentText
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def newest(purpose: str, language: str) -> ConsentText | None:
    """The version that is shown now."""
    return ConsentText.objects.filter(purpose=purpose, language=language).order_by("-number").first()


def texts_now(purposes: Collection[str], language: str) -> dict[str, ConsentText]:
    """By purpose what is shown now, in this language or, where there is none, in English."""
    found = ConsentText.objects.filter(purpose__in=purposes, language__in={language, "en"})
    best: dict[str, ConsentText] = {}
    for one in found.order_by("number"):
        stands = best.get(one.purpose)
        if stands is None or one.language == language or stands.language != language:
            best[one.purpose] = one
    return best


def texts_seen_by(viewer: Acting) -> list[ConsentText]:
    """All versions, what is shown now first."""
    viewer.must(Right.FRONT)
    every = ConsentText.objects.select_related("by")
    return list(every.order_by("purpose", "language", "-number"))


def text_for(viewer: Acting, key: str) -> ConsentText:
    """One version."""
    viewer.must(Right.FRONT)
    found = ConsentText.objects.filter(key=key).first()
    if found is None:
        raise NoSuchConsentText
    return found
