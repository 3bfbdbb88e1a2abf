"""Members are told of promises that are due soon or were not kept in time; the columns stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_agreements"),
    ]

    operations = [
        migrations.AlterField(
            model_name="choice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mention", "Somebody mentions me"),
                    ("given", "I am given a lead, deal or task"),
                    ("reminder", "I wanted to be reminded"),
                    ("promise", "A promise of mine is due soon, or was not kept in time"),
                    ("agreement", "An agreement waits for me"),
                    ("work", "My import or change ended, a webhook was stopped"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="cause",
            field=models.CharField(
                choices=[
                    ("mention", "Mention"),
                    ("task_given", "Task Given"),
                    ("lead_given", "Lead Given"),
                    ("deal_given", "Deal Given"),
                    ("reminder", "Reminder"),
                    ("import_done", "Import Done"),
                    ("import_failed", "Import Failed"),
                    ("bulk_done", "Bulk Done"),
                    ("webhook_stopped", "Webhook Stopped"),
                    ("agreement_asked", "Agreement Asked"),
                    ("agreement_late", "Agreement Late"),
                    ("clock_soon", "Clock Soon"),
                    ("clock_over", "Clock Over"),
                ],
                max_length=16,
            ),
        ),
    ]
