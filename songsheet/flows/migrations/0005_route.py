"""Leads are routed in bulk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("flows", "0004_more_acts"),
    ]

    operations = [
        migrations.AlterField(
            "bulkchange",
            "act",
            models.CharField(
                choices=[
                    ("assign", "Assign"),
                    ("set", "Set"),
                    ("tag", "Tag"),
                    ("untag", "Untag"),
                    ("archive", "Archive"),
                    ("bring_back", "Bring Back"),
                    ("end", "End"),
                    ("route", "Route"),
                ],
                max_length=10,
            ),
        ),
    ]
