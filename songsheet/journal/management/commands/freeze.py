"""`django-admin freeze`: write the samples that new event versions still lack."""

from typing import Any

from django.core.management.base import BaseCommand

from songsheet.journal.samples import freeze


class Command(BaseCommand):
    """For whoever declares an event; run once per version, commit what it writes."""

    help = "Write the frozen samples that are missing. What is frozen already is never changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and name them."""
        for path in freeze():
            self.stdout.write(path.name)
