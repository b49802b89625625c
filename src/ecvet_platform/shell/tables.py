"""Whether the tables of a database are those of this version: asked once, before anything is served."""

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ecvet.errors import EcvetError


class DatabaseNewer(EcvetError):
    """A database that a newer version has changed already."""

    code = "shell.database.newer"
    sentence = "A newer version of ecvet has changed this database: it knows the step “{step}”."
    remedy = "Start that version, or name another database with ECVET_DATABASE or another folder with --data."
    status = 500


class DatabaseForeign(EcvetError):
    """A database with tables of the same names that this version did not make."""

    code = "shell.database.foreign"
    sentence = "The tables of this database are not those of this version: {table} lacks {column}."
    remedy = "Name an empty database with ECVET_DATABASE or another folder with --data; keep the old one as it is."
    status = 500


def check() -> None:
    """Look at the steps that were applied and at the columns there are. Raises `DatabaseNewer`, `DatabaseForeign`."""
    loader, ours = MigrationLoader(connection), {one.label for one in apps.get_app_configs()}
    for app, name in sorted(loader.applied_migrations):
        if app in ours and (app, name) not in loader.disk_migrations:
            raise DatabaseNewer(step=f"{app} {name}")
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            table = model._meta.db_table
            known = connection.introspection.get_table_description(cursor, table) if table in there else []
            missing = {field.column for field in model._meta.concrete_fields} - {column.name for column in known}
            if missing:
                raise DatabaseForeign(table=table, column=sorted(map(str, missing))[0])
