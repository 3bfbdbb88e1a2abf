"""What the lists of touches, tasks and campaigns are sorted by; made beside the work on them."""

import datetime

import django.contrib.postgres.operations
import django.db.models.functions.comparison
from django.db import migrations, models

_NOT_GONE = models.Q(("gone_at__isnull", True))


def _add(model: str, *expressions: object, **given: object) -> object:
    index = models.Index(*expressions, **given)
    return django.contrib.postgres.operations.AddIndexConcurrently(model_name=model, index=index)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("touches", "0001_initial")]

    operations = [
        _add("campaign", name="campaign_by_name", fields=["name", "id"], condition=_NOT_GONE),
        _add("campaign", name="campaign_by_id", fields=["-id"], condition=_NOT_GONE),
        _add("touch", name="touch_by_at", fields=["-at", "-id"], condition=_NOT_GONE),
        _add(
            "touch",
            name="activity_by_at",
            fields=["-at", "-id"],
            condition=models.Q(("gone_at__isnull", True), ("member__isnull", False)),
        ),
        _add(
            "task",
            django.db.models.functions.comparison.Coalesce(
                "due_at",
                models.Value(datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)),
                output_field=models.DateTimeField(),
            ),
            models.F("id"),
            name="task_by_due",
            condition=_NOT_GONE,
        ),
        _add("task", name="task_by_made", fields=["-made_at", "-id"], condition=_NOT_GONE),
    ]
