"""Notices, the mails that carry them, and who wants which."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import songsheet.notices.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=songsheet.notices.models.posting_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("day", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=songsheet.notices.models.notice_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("mention", "Mention"),
                            ("task_given", "Task Given"),
                            ("lead_given", "Lead Given"),
                            ("deal_given", "Deal Given"),
                            ("reminder", "Reminder"),
                            ("import_done", "Import Done"),
                            ("import_failed", "Import Failed"),
                            ("bulk_done", "Bulk Done"),
                            ("webhook_stopped", "Webhook Stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                ("about", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=40)),
                ("count", models.PositiveIntegerField(default=1)),
                ("because", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notices.posting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mention", "Somebody mentions me"),
                            ("given", "I am given a lead, deal or task"),
                            ("reminder", "I wanted to be reminded"),
                            ("work", "My import or change ended, a webhook was stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("at_once", "at once"), ("daily", "once a day"), ("never", "never")],
                        max_length=10,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "kind"), name="one_choice_a_kind")],
            },
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                condition=models.Q(("claimed_at", None), ("sent_at", None)),
                fields=["made_at"],
                name="posting_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(fields=("member", "day"), name="one_digest_a_day"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["member", "-at", "-id"], name="notice_by_at"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["member", "cause"], name="notice_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("posting", None), ("read_at", None)), fields=["at"], name="notice_to_mail"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["about"], name="notice_about"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("member", "cause", "about"), name="one_notice_of_a_thing"
            ),
        ),
    ]
