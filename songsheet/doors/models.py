"""Answers kept for seven days, so that a request sent twice is done once."""

from typing import ClassVar

from django.db import models


class KeptAnswer(models.Model):
    """The answer to one idempotency key of one holder, written in the transaction of the act itself."""

    holder = models.CharField(max_length=40)
    idempotency_key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_answer_per_idempotency_key", fields=["holder", "idempotency_key"]
            )
        ]
        indexes: ClassVar = [models.Index(name="kept_answer_at", fields=["at"])]


class Asked(models.Model):
    """How many requests a key has made in the minute that began; written by `rates` in one statement."""

    holder = models.CharField(max_length=40, primary_key=True)
    began = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "doors_asked"
