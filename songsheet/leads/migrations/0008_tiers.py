"""Lists by tier and of deal seekers; made beside those who work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("leads", "0007_lead_in_hand"),
    ]

    operations = [
        AddIndexConcurrently(
            "lead",
            models.Index(
                condition=models.Q(("gone_at__isnull", True), models.Q(("tier", ""), _negated=True)),
                fields=["tier", "-came_at", "-id"],
                name="lead_of_tier",
            ),
        ),
        AddIndexConcurrently(
            "lead",
            models.Index(
                condition=models.Q(("deal_seeker", True), ("gone_at__isnull", True)),
                fields=["-came_at", "-id"],
                name="lead_seeks_deals",
            ),
        ),
    ]
