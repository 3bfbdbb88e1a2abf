"""Tags, and which record carries which."""

from typing import ClassVar

from django.db import models

from songsheet.base.ids import new_key

#: The kinds of records that carry tags, by the prefix of their keys.
TAGGED = ("person", "company", "lead", "deal")


def tag_key() -> str:
    return new_key("tag")


class Tag(models.Model):
    """A word or two; one tag however it is written."""

    key = models.CharField(max_length=40, unique=True, default=tag_key, editable=False)
    name = models.CharField(max_length=60)
    name_folded = models.CharField(max_length=120, unique=True, db_collation="C")
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Tagged(models.Model):
    """A record, by its key, carries a tag. The journal says since when and by whom."""

    about = models.CharField(max_length=40)
    tag = models.ForeignKey(Tag, models.RESTRICT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="tagged_once", fields=["about", "tag"])]
        indexes: ClassVar = [models.Index(name="tagged_with", fields=["tag", "about"])]
