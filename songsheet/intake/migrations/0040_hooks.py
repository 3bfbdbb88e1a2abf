import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import songsheet.intake.hooks.models

#: What came by one hook is looked for by itself; little comes by hooks, so others pay nothing for it.
OF_HOOK = "create index intake_raw_of_hook on intake_raw (feed, received_at, id) where door = 'hook'"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0020_links_are_looked_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hook",
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
                        default=songsheet.intake.hooks.models.hook_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("shape", models.CharField(max_length=20)),
                ("signing", models.CharField(max_length=20)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
                ("mapping", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HookSecret",
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
                        default=songsheet.intake.hooks.models.secret_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("sealed", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "hook",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.hook",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["hook", "id"], name="secret_of_hook")],
            },
        ),
        migrations.RunSQL(OF_HOOK, "drop index intake_raw_of_hook"),
    ]
