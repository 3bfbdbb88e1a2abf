"""What notes said before, files on touches, and when members want to be reminded of tasks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import songsheet.touches.models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("touches", "0002_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("task", "remind_at", models.DateTimeField(null=True)),
        migrations.AddField("task", "reminded_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="NoteBefore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True, default="")),
                ("until", models.DateTimeField()),
                (
                    "touch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="touches.touch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("touch", "version"), name="note_said_once_a_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                        default=songsheet.touches.models.file_key, editable=False, max_length=40, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="files.blob"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="touches.touch"
                    ),
                ),
            ],
        ),
    ]
