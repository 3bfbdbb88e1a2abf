"""What is in a database: its rows table by table, and how far its schema is."""

from typing import Any

import psycopg
from psycopg import sql


def rows(opened: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table has, in the snapshot of this connection."""
    tables = [
        name
        for (name,) in opened.execute(
            "select tablename from pg_tables where schemaname = 'public' order by 1"
        ).fetchall()
    ]
    counted = {}
    for table in tables:
        found = opened.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
        counted[table] = int(found[0]) if found else 0
    return counted


def migrations(opened: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Which migrations were applied, by part."""
    known: dict[str, list[str]] = {}
    for app, name in opened.execute("select app, name from django_migrations order by app, name").fetchall():
        known.setdefault(app, []).append(name)
    return known


def migrations_here() -> dict[str, list[str]]:
    """Which migrations this version knows, by part."""
    from django.db.migrations.loader import MigrationLoader

    known: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations):
        known.setdefault(app, []).append(name)
    return known
