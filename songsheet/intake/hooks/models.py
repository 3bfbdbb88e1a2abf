"""Hooks: an address of ours that another system sends to, how it signs, and how its bodies are read."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from songsheet.base.ids import new_key


def hook_key() -> str:
    return new_key("hook")


def secret_key() -> str:
    return new_key("secret")


class Hook(models.Model):
    """One provider's way in, `/in/hooks/{key}`. `mapping` says where each field stands in a body of its own
    shape; `source` is given to what brings none."""

    key = models.CharField(max_length=40, unique=True, default=hook_key, editable=False)
    name = models.CharField(max_length=120)
    shape = models.CharField(max_length=20)
    signing = models.CharField(max_length=20)
    source = models.CharField(max_length=120, default="", blank=True)
    mapping = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class HookSecret(models.Model):
    """A secret that a provider signs with, sealed by the installation's own key. Several may hold at once."""

    key = models.CharField(max_length=40, unique=True, default=secret_key, editable=False)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="+", db_index=False)
    sealed = models.TextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="secret_of_hook", fields=["hook", "id"])]
