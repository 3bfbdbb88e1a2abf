"""How each lead was routed and why, and whose turn it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_comments_and_guests"),
        ("buyers", "0007_fold_letters"),
        ("clocks", "0002_working_time"),
        ("leads", "0005_qualifying"),
        ("touches", "0006_fold_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Routing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("tier", models.CharField(max_length=10)),
                ("method", models.CharField(max_length=20)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("judged", "Judged"),
                            ("breach", "Breach"),
                            ("leave", "Leave"),
                            ("left", "Left"),
                            ("hand", "Hand"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Shout",
            fields=[
                (
                    "queue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="leads.queue",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tier", models.CharField(max_length=10)),
                ("level", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="routing",
            name="had",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="routing",
            name="lead",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="leads.lead"
            ),
        ),
        migrations.AddField(
            model_name="routing",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="routing",
            name="queue",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="leads.queue"
            ),
        ),
        migrations.AddField(
            model_name="routing",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="agreements.version"
            ),
        ),
        migrations.AddField(
            model_name="turn",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="routing",
            index=models.Index(fields=["lead", "-id"], name="routing_of_lead"),
        ),
        migrations.AddIndex(
            model_name="routing",
            index=models.Index(
                condition=models.Q(("method", "last_resort")),
                fields=["queue", "lead"],
                name="routing_to_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="routing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member__isnull", False), ("queue__isnull", True)),
                    models.Q(("member__isnull", True), ("queue__isnull", False)),
                    _connector="OR",
                ),
                name="a_lead_is_routed_to_a_member_or_a_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                fields=("member", "tier"), name="one_turn_of_a_member_and_tier"
            ),
        ),
    ]
