"""Settings come from the environment alone, and an unusable one is refused with a remedy."""

import pytest

from ecvet_platform.shell.environment import SettingUnreadable, database, email, read


def test_without_any_variable_sqlite_lies_in_the_data_folder(tmp_path):
    found = read({"ECVET_DATA": str(tmp_path)})
    assert found.database["ENGINE"].endswith("sqlite3")
    assert found.database["NAME"] == str(tmp_path / "ecvet.sqlite3")
    assert (found.secret, found.demo, found.debug) == (None, False, False)


def test_sqlite_takes_the_write_lock_at_the_beginning_of_each_request():
    found = database("sqlite:///var/x.sqlite3")
    assert found["NAME"] == "var/x.sqlite3"
    assert found["ATOMIC_REQUESTS"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert "foreign_keys=ON" in found["OPTIONS"]["init_command"]


def test_an_absolute_path_has_four_strokes():
    assert database("sqlite:////srv/ecvet%20data/x.sqlite3")["NAME"] == "/srv/ecvet data/x.sqlite3"


def test_postgresql_is_one_url():
    found = database("postgresql://ann:p%40ss@db.example:5433/ecvet")
    wanted = {"NAME": "ecvet", "USER": "ann", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"}
    assert found["ENGINE"].endswith("postgresql")
    assert wanted.items() <= found.items()
    assert found["ATOMIC_REQUESTS"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ECVET_DATABASE", "mysql://localhost/x"),
        ("ECVET_DATABASE", "postgresql://localhost"),
        ("ECVET_DATABASE", "postgresql://localhost:port/x"),
        ("ECVET_DATABASE", "sqlite://x"),
        ("ECVET_DATABASE", "sqlite:///"),
        ("ECVET_SECRET", "short"),
        ("ECVET_DEBUG", "perhaps"),
        ("ECVET_EMAIL", "pigeon"),
        ("ECVET_EMAIL", "smtp://"),
    ],
)
def test_an_unusable_variable_is_named_with_a_remedy(name: str, value: str):
    with pytest.raises(SettingUnreadable) as caught:
        read({name: value})
    assert caught.value.facts["name"] == name
    assert name in caught.value.what_to_do


def test_the_demo_listens_to_this_machine_only_and_writes_its_mail_to_files(tmp_path):
    found = read({"ECVET_DEMO": "1", "ECVET_DATA": str(tmp_path)})
    assert found.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert found.email["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


def test_named_hosts_replace_this_machine():
    assert read({"ECVET_HOST": "ecvet.example, www.ecvet.example"}).hosts == ("ecvet.example", "www.ecvet.example")


def test_mail_goes_out_encrypted_where_there_is_a_password(tmp_path):
    assert email("smtp://ann:secret@mail.example", tmp_path)["EMAIL_USE_TLS"]
    found = email("smtps://mail.example", tmp_path)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_PORT"]) == (True, 465)
