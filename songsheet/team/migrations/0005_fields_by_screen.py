"""Declared fields get a key, a slug, a place and a version; what stands there keeps its name."""

import re
import unicodedata
from typing import Any

from django.db import migrations, models
from django.db.models import Q

import songsheet.team.models
from songsheet.base.ids import new_key


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]+", "_", spread).strip("_")[:40].strip("_") or "field"


def fill(apps: Any, schema_editor: Any) -> None:
    """A key and a slug for each, numbered where two would be called alike; companies are nobody."""
    taken = set[tuple[str, str]]()
    for number, field in enumerate(apps.get_model("team", "CustomField").objects.order_by("on", "id"), 1):
        bare, again = _plain(field.label), 1
        slug = bare
        while (field.on, slug) in taken:
            again += 1
            slug = f"{bare}_{again}"
        taken.add((field.on, slug))
        field.key, field.slug, field.place = new_key("field"), slug, number
        field.is_personal = field.is_personal and field.on in ("person", "lead", "deal")
        field.save()


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0004_saved_views"),
    ]

    operations = [
        migrations.AddField("customfield", "key", models.CharField(max_length=40, null=True)),
        migrations.AddField("customfield", "slug", models.CharField(blank=True, default="", max_length=50)),
        migrations.AddField("customfield", "options", models.JSONField(default=list)),
        migrations.AddField("customfield", "is_required", models.BooleanField(default=False)),
        migrations.AddField("customfield", "is_filtered", models.BooleanField(default=False)),
        migrations.AddField("customfield", "indexed_at", models.DateTimeField(null=True)),
        migrations.AddField("customfield", "place", models.PositiveIntegerField(default=0)),
        migrations.AddField("customfield", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("customfield", "gone_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "customfield",
            "type",
            models.CharField(
                choices=[
                    ("text", "Text"),
                    ("number", "Number"),
                    ("date", "Date"),
                    ("yes_no", "Yes or no"),
                    ("choice", "Choice"),
                    ("url", "Web address"),
                ],
                default="text",
                max_length=10,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "customfield",
            "key",
            models.CharField(
                default=songsheet.team.models.field_key, editable=False, max_length=40, unique=True
            ),
        ),
        migrations.AddConstraint(
            "customfield",
            models.UniqueConstraint(
                condition=~Q(slug=""), fields=["on", "slug"], name="custom_field_of_a_slug"
            ),
        ),
    ]
