# Merges that can be undone, blocks, and suggestions of records that may be one.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import songsheet.buyers.merging


class Migration(migrations.Migration):
    dependencies = [
        ("buyers", "0002_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CompanyMerge",
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
                        default=songsheet.buyers.merging.merge_key, editable=False, max_length=40, unique=True
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("changes", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
                ("stayed", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="CompanySuggestion",
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
                        default=songsheet.buyers.merging.suggestion_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("dismissed", "Dismissed"), ("merged", "Merged")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("confidence", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PersonBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="PersonMerge",
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
                        default=songsheet.buyers.merging.merge_key, editable=False, max_length=40, unique=True
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("changes", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
                ("stayed", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="PersonSuggestion",
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
                        default=songsheet.buyers.merging.suggestion_key,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("dismissed", "Dismissed"), ("merged", "Merged")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("confidence", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name="person",
            name="root",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="others",
                to="buyers.person",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("root__isnull", False)), fields=["domain"], name="company_merged_domain"
            ),
        ),
        migrations.AddField(
            model_name="companyblock",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="buyers.company"
            ),
        ),
        migrations.AddField(
            model_name="companymerge",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="buyers.company"
            ),
        ),
        migrations.AddField(
            model_name="companymerge",
            name="merged",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="buyers.company"
            ),
        ),
        migrations.AddField(
            model_name="companysuggestion",
            name="first",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="buyers.company",
            ),
        ),
        migrations.AddField(
            model_name="companysuggestion",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="buyers.company"
            ),
        ),
        migrations.AddField(
            model_name="personblock",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="buyers.person"
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="buyers.person"
            ),
        ),
        migrations.AddField(
            model_name="personmerge",
            name="merged",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="buyers.person"
            ),
        ),
        migrations.AddField(
            model_name="personsuggestion",
            name="first",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="buyers.person",
            ),
        ),
        migrations.AddField(
            model_name="personsuggestion",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="buyers.person"
            ),
        ),
        migrations.AddIndex(
            model_name="companyblock",
            index=models.Index(fields=["block", "company"], name="company_of_block"),
        ),
        migrations.AddConstraint(
            model_name="companymerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("merged",),
                name="company_merged_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="companymerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged", models.F("into")), _negated=True),
                name="company_merged_into_another",
            ),
        ),
        migrations.AddIndex(
            model_name="companysuggestion",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["-confidence", "-id"],
                name="companies_by_confidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="companysuggestion",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="two_companies_once"),
        ),
        migrations.AddIndex(
            model_name="personblock",
            index=models.Index(fields=["block", "person"], name="person_of_block"),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)), fields=("merged",), name="person_merged_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged", models.F("into")), _negated=True),
                name="person_merged_into_another",
            ),
        ),
        migrations.AddIndex(
            model_name="personsuggestion",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["-confidence", "-id"],
                name="people_by_confidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="personsuggestion",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="two_people_once"),
        ),
    ]
