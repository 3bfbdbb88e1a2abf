"""Sites: the key in the page's script, from where it may send, and how much it may tell."""

from django.db import models

from songsheet.base.ids import new_key


def site_key() -> str:
    return new_key("site")


class Site(models.Model):
    """One of our websites. Its key stands in public pages: it lets in visits from its origins alone."""

    class Mode(models.TextChoices):
        ANONYMOUS = "anonymous"  # counts that never reach a story
        STITCHED = "stitched"  # after consent a visitor, and a story from when we know who it is
        WHOLE = "whole"  # the same, and what is allowed covers what they did before we knew

    key = models.CharField(max_length=40, unique=True, default=site_key, editable=False)
    name = models.CharField(max_length=120)
    origins = models.JSONField(default=list)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ANONYMOUS)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
