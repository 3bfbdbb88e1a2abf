"""The tasks of which somebody has still to be reminded; made beside the work on them."""

import django.contrib.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("touches", "0003_notes_and_reminders")]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name="task",
            index=models.Index(
                name="task_to_remind_of",
                fields=["remind_at"],
                condition=models.Q(
                    ("done_at__isnull", True),
                    ("gone_at__isnull", True),
                    ("remind_at__isnull", False),
                    ("reminded_at__isnull", True),
                ),
            ),
        ),
    ]
