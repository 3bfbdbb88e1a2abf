"""The blob: what is known of bytes. Whoever owns it refers to it; without a reference it goes."""

from django.db import models

from songsheet.base.ids import new_key


def blob_key() -> str:
    return new_key("blob")


class Blob(models.Model):
    """Bytes that were attached somewhere, kept once whoever attached them. `place` is where in the store.

    `type` is what the bytes are, as far as their beginning tells; what a browser or a name said is not kept.
    """

    key = models.CharField(max_length=40, unique=True, default=blob_key, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    type = models.CharField(max_length=100)
    place = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField()
