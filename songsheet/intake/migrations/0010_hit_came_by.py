from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddField("hit", "came_by", models.UUIDField(null=True)),
        migrations.AddField("hit", "loaded_at", models.DateTimeField(null=True)),
        migrations.AddField("link", "is_hidden", models.BooleanField(default=False, db_default=False)),
        migrations.AddIndex(
            "hit",
            models.Index(
                fields=["came_by"], condition=models.Q(("came_by__isnull", False)), name="hit_came_by"
            ),
        ),
    ]
