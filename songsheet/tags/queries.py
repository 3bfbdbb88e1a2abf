"""Reads of tags: which a record carries, which there are, which records carry one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from songsheet.base.text import fold
from songsheet.tags.models import Tag, Tagged


def tags_of(key: str) -> list[Tag]:
    """The tags of one record, by name."""
    mine = Tagged.objects.filter(about=key).values("tag")
    return list(Tag.objects.filter(id__in=mine, gone_at=None).order_by("name_folded"))


def tag_names() -> list[str]:
    """The tags there are, by name, at most 500."""
    found = Tag.objects.filter(gone_at=None).order_by("name_folded")
    return list(found.values_list("name", flat=True)[:500])


def carrying(name: str) -> Any:
    """The keys of the records that carry the tag of this name, as a subquery."""
    tag = Tag.objects.filter(name_folded=fold(name), gone_at=None).values("id")[:1]
    return Tagged.objects.filter(tag_id=tag).values("about")


def who_carries(name: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys that carry the tag of this name."""
    return set(carrying(name).filter(about__in=list(keys)).values_list("about", flat=True))


def with_tags(base: Callable[[Any], QuerySet[Any]]) -> Callable[[Any], QuerySet[Any]]:
    """The same rows with the names of their tags, read in the same statement."""
    names = Tagged.objects.filter(about=OuterRef("key"), tag__gone_at=None).order_by("tag__name_folded")

    def tagged(viewer: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = base(viewer).annotate(tag_names=ArraySubquery(names.values("tag__name")))
        return rows

    return tagged
