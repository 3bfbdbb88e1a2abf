"""Every text column is in one of two tables: personal, with its export and erasure, or not."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from songsheet.config.personal import NOT_PERSONAL, PERSONAL

TEXTS = (
    models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField,
    models.GenericIPAddressField, ArrayField, SearchVectorField,
)  # fmt: skip


def columns() -> set[str]:
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS)
    }


def said_not_to_be() -> set[str]:
    return {f"{table}.{column}" for table, names in NOT_PERSONAL.items() for column in names.split()}


def test_every_text_column_is_in_one_of_the_tables() -> None:
    missing = columns() - set(PERSONAL) - said_not_to_be()
    assert not missing, f"say in config/personal.py what these hold: {sorted(missing)}"


def test_no_column_is_in_both() -> None:
    assert not set(PERSONAL) & said_not_to_be()


def test_the_tables_name_nothing_that_is_gone() -> None:
    gone = (set(PERSONAL) | said_not_to_be()) - columns()
    assert not gone
