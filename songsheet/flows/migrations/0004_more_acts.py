"""What is archived is brought back in bulk, and leads end in bulk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("flows", "0003_retention"),
    ]

    operations = [
        migrations.AlterField(
            "bulkchange",
            "act",
            models.CharField(
                choices=[
                    ("assign", "Assign"),
                    ("set", "Set"),
                    ("tag", "Tag"),
                    ("untag", "Untag"),
                    ("archive", "Archive"),
                    ("bring_back", "Bring Back"),
                    ("end", "End"),
                ],
                max_length=10,
            ),
        ),
    ]
