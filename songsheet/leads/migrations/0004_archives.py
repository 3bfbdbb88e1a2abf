"""The archive is a list of its own, in the order of its list; made beside those who work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("leads", "0003_handed"),
    ]

    operations = [
        AddIndexConcurrently(
            "lead",
            models.Index(
                condition=models.Q(("gone_at__isnull", False)),
                fields=["-came_at", "-id"],
                name="lead_archived",
            ),
        ),
    ]
