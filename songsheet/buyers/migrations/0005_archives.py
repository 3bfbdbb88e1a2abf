"""The archive is a list of its own, in the order of its list; made beside those who work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("buyers", "0004_who_said"),
    ]

    operations = [
        AddIndexConcurrently(
            "person",
            models.Index(
                condition=models.Q(("gone_at__isnull", False)),
                fields=["-met_at", "-id"],
                name="person_archived",
            ),
        ),
        AddIndexConcurrently(
            "company",
            models.Index(
                condition=models.Q(("gone_at__isnull", False)),
                fields=["-met_at", "-id"],
                name="company_archived",
            ),
        ),
    ]
