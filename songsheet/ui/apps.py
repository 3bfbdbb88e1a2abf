"""The Django app of this part."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """No models; templates, tags and assets only."""

    name = "songsheet.ui"
    label = "ui"
