from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0030_forms")]

    operations = [
        migrations.AddField("link", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField("link", "answered", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("link", "check_said", models.CharField(blank=True, default="", max_length=100)),
        migrations.AddIndex("link", models.Index(fields=["name", "id"], name="link_by_name")),
    ]
