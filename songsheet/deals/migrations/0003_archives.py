"""The archive is a list of its own, in the order of its list; made beside those who work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("deals", "0002_lists"),
    ]

    operations = [
        AddIndexConcurrently(
            "deal",
            models.Index(
                condition=models.Q(("gone_at__isnull", False)),
                fields=["-opened_at", "-id"],
                name="deal_archived",
            ),
        ),
    ]
