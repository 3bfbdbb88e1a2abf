"""How many leads each has in hand is asked whenever one is routed; made beside those who work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("leads", "0006_routing"),
    ]

    operations = [
        AddIndexConcurrently(
            "lead",
            models.Index(
                condition=models.Q(
                    ("at_rest", False),
                    ("gone_at__isnull", True),
                    ("owner__isnull", False),
                    ("state__in", ("new", "nurturing", "qualified", "offered", "working")),
                ),
                fields=["owner"],
                name="lead_in_hand",
            ),
        ),
    ]
