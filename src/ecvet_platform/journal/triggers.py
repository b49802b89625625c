"""The database itself refuses to change what happened: UPDATE, DELETE and TRUNCATE fail on the room's three tables.

Installed by a migration; lifted only there, and by tests that empty the tables between one another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES: Final = ("journal_entry", "journal_record", "journal_signature")
_SAYING: Final = "what is in the journal is never changed or deleted"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on. Raises `NotImplementedError` for a database other than SQLite and PostgreSQL."""
    _run(connection, _statements(connection.vendor, "install"))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off."""
    _run(connection, _statements(connection.vendor, "remove"))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Within the block the tables can be emptied. For tests only."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _statements(vendor: str, verb: str) -> list[str]:
    match vendor, verb:
        case "sqlite", "install":
            return [
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_SAYING}'); END"
                for table in TABLES
                for event in ("update", "delete")
            ]
        case "sqlite", "remove":
            return [f"DROP TRIGGER IF EXISTS {table}_no_{event}" for table in TABLES for event in ("update", "delete")]
        case "postgresql", "install":
            return [
                "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SAYING}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
                *(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
                    for table in TABLES
                ),
            ]
        case "postgresql", "remove":
            return [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES]
    raise NotImplementedError(f"the journal needs SQLite or PostgreSQL, not {vendor}")
