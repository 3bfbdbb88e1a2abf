"""A declared field may hold money; the column stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0005_fields_by_screen"),
    ]

    operations = [
        migrations.AlterField(
            "customfield",
            "type",
            models.CharField(
                choices=[
                    ("text", "Text"),
                    ("number", "Number"),
                    ("money", "Money"),
                    ("date", "Date"),
                    ("yes_no", "Yes or no"),
                    ("choice", "Choice"),
                    ("url", "Web address"),
                ],
                default="text",
                max_length=10,
            ),
        ),
    ]
