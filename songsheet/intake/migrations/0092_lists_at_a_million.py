from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # indexes are made beside the work

    dependencies = [
        ("buyers", "0010_opens"),
        ("intake", "0070_appointments"),
        ("touches", "0006_fold_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="formanswer",
            index=models.Index(fields=["form", "state", "-id"], name="form_answer_by_state"),
        ),
        AddIndexConcurrently(
            model_name="heldback",
            index=models.Index(
                condition=models.Q(("state", "waiting"), _negated=True),
                fields=["state", "-received_at", "-id"],
                name="held_back_done",
            ),
        ),
        AddIndexConcurrently(
            model_name="heldback",
            index=models.Index(fields=["feed", "state", "-received_at", "-id"], name="held_back_of_feed"),
        ),
        AddIndexConcurrently(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("link__isnull", False), ("what", "click")),
                fields=["link", "made_by", "-at"],
                name="hit_made_of_link",
            ),
        ),
        AddIndexConcurrently(
            model_name="hit",
            index=models.Index(
                condition=models.Q(("site__isnull", False)),
                fields=["site", "-at"],
                name="hit_of_site_by_time",
            ),
        ),
        AddIndexConcurrently(
            model_name="link",
            index=models.Index(fields=["source", "-made_at", "-id"], name="link_of_source"),
        ),
        AddIndexConcurrently(
            model_name="link",
            index=models.Index(fields=["campaign", "-made_at", "-id"], name="link_of_campaign"),
        ),
        AddIndexConcurrently(
            model_name="link",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["-made_at", "-id"],
                name="link_withdrawn",
            ),
        ),
    ]
