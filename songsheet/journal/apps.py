"""The journal as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    """Label `journal`, tables `journal_…`."""

    name = "songsheet.journal"
    label = "journal"

    def ready(self) -> None:
        """Every part's event types and checks are known before anything is read."""
        autodiscover_modules("events", "checks")
