"""The archive of touches and tasks is a list of its own, in the order of its list; made beside who works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

ARCHIVED = models.Q(("gone_at__isnull", False))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("touches", "0004_to_remind"),
    ]

    operations = [
        AddIndexConcurrently(
            "touch", models.Index(condition=ARCHIVED, fields=["-at", "-id"], name="touch_archived")
        ),
        AddIndexConcurrently(
            "task", models.Index(condition=ARCHIVED, fields=["-made_at", "-id"], name="task_archived")
        ),
    ]
