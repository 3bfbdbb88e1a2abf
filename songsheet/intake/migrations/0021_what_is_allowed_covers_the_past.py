from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0040_hooks")]

    operations = [
        migrations.AlterField(
            "site",
            "mode",
            models.CharField(
                choices=[("anonymous", "Anonymous"), ("stitched", "Stitched"), ("whole", "Whole")],
                default="anonymous",
                max_length=10,
            ),
        ),
    ]
