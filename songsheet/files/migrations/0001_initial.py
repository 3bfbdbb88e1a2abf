"""Blobs: what is known of bytes that members attach."""

from django.db import migrations, models

import songsheet.files.models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Blob",
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
                        default=songsheet.files.models.blob_key, editable=False, max_length=40, unique=True
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.BigIntegerField()),
                ("type", models.CharField(max_length=100)),
                ("place", models.CharField(max_length=100, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
        ),
    ]
