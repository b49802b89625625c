"""Who reads waits for nobody who writes."""

import sqlite3

import pytest
from django.db import connection
from django.test import Client


@pytest.mark.django_db(transaction=True)
def test_a_page_is_read_while_another_writes(client: Client):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has one lock for all writers")
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/qualifications/").status_code == 200
    finally:
        other.rollback()
        other.close()
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]
