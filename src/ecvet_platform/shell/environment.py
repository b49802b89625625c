"""The platform's settings as the environment gives them: read in one place, refused with a remedy.

| Variable | Meaning | Without it |
| --- | --- | --- |
| ECVET_DATA | folder for database, secret, mail and compiled languages | `var` |
| ECVET_DATABASE | `sqlite:///path` or `postgresql://user:password@host:port/name` | SQLite in ECVET_DATA |
| ECVET_SECRET | at least 32 characters that sign sessions | a new one for each start; refused when serving |
| ECVET_SECRET_BEFORE | the secret used before, while what was made with it is still in use | none |
| ECVET_PROVIDERS | file (TOML) of the providers of OpenID Connect by which people may sign in | none |
| ECVET_PROOF_MINUTES | for so long a second factor that was shown is fresh enough to sign with | `15` |
| ECVET_HOST | names by which the server is called, separated by commas | this machine only |
| ECVET_SITE | the address that e-mails lead back to | `https://` and the first name of ECVET_HOST |
| ECVET_EMAIL | `smtp://user:password@host:port`, `smtps://…`, `file`, `console` | `console`; `file` in the demo |
| ECVET_REMIND | days after a request on which who has not signed is reminded | `7,21` |
| ECVET_WARN | days before the last day to sign on which who has not signed is warned | `14,3` |
| ECVET_ESCALATE | days after it on which the coordinators of the institutions hear of it | `7,21` |
| ECVET_NETWORK_ALLOWS | networks and names, separated by commas, that partners may have beside public ones | none |
| ECVET_DEBUG | `1` shows tracebacks to the developer | `0` |
| ECVET_DEMO | `1` allows plain HTTP on this machine | `0` |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ecvet.errors import EcvetError
from ecvet.federation.addresses import Guard

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_SECRET: Final = 32
CALLS: Final = {"remind": "ECVET_REMIND", "warn": "ECVET_WARN", "escalate": "ECVET_ESCALATE"}


class SettingUnreadable(EcvetError):
    """A variable of the environment that says nothing usable."""

    code = "shell.setting.unreadable"
    sentence = "{name} is not usable: {why}."
    remedy = "Correct the variable {name}, or remove it to use the default; docs/operate lists all of them."
    status = 500


class SecretMissing(EcvetError):
    """The server should serve, but has no secret to sign sessions with."""

    code = "shell.secret.missing"
    sentence = "ECVET_SECRET is not set."
    remedy = "Set ECVET_SECRET to 32 or more random characters and keep them secret, or try `ecvet up --demo` first."
    status = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the environment says; `database` and `email` are Django's settings for them."""

    data: Path
    database: dict[str, Any]
    email: dict[str, Any]
    secret: str | None
    hosts: tuple[str, ...]
    debug: bool
    demo: bool
    site: str
    days: dict[str, tuple[int, ...]]
    secret_before: str | None
    providers: Path | None
    proof_minutes: int
    guard: Guard


def read(variables: Mapping[str, str]) -> Environment:
    """Read the environment. Raises `SettingUnreadable`."""
    data = Path(variables.get("ECVET_DATA") or "var").absolute()
    demo = _switch(variables, "ECVET_DEMO")
    secret = variables.get("ECVET_SECRET") or None
    if secret is not None and len(secret) < SHORTEST_SECRET:
        raise SettingUnreadable(name="ECVET_SECRET", why=f"it is shorter than {SHORTEST_SECRET} characters")
    names = tuple(name.strip() for name in variables.get("ECVET_HOST", "").split(",") if name.strip())
    return Environment(
        data=data,
        database=database(variables.get("ECVET_DATABASE") or f"sqlite:///{quote(str(data / 'ecvet.sqlite3'))}"),
        email=email(variables.get("ECVET_EMAIL") or ("file" if demo else "console"), data),
        secret=secret,
        hosts=(*names, *LOOPBACK) if demo or not names else names,
        debug=_switch(variables, "ECVET_DEBUG"),
        demo=demo,
        site=_site(variables, names),
        days={name: _days(variables, key) for name, key in CALLS.items() if key in variables},
        secret_before=variables.get("ECVET_SECRET_BEFORE") or None,
        providers=Path(variables["ECVET_PROVIDERS"]) if variables.get("ECVET_PROVIDERS") else None,
        proof_minutes=_minutes(variables, "ECVET_PROOF_MINUTES", 15),
        guard=_guard(variables),
    )


def passkey_site(hosts: tuple[str, ...]) -> str:
    """The name to which passkeys belong: the first of the server's names, `localhost` where it has none."""
    names = [one.lstrip(".") for one in hosts if one not in LOOPBACK and one != "*"]
    return names[0] if names else "localhost"


def database(url: str) -> dict[str, Any]:
    """Django's settings of one database. One request is one transaction. Raises `SettingUnreadable`."""
    parts = _split("ECVET_DATABASE", url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)
        if parts.netloc or len(path) < 2:
            raise SettingUnreadable(
                name="ECVET_DATABASE", why="SQLite is written sqlite:///relative or sqlite:////absolute"
            )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path.removeprefix("/"),
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        name = unquote(parts.path.removeprefix("/"))
        if not name:
            raise SettingUnreadable(name="ECVET_DATABASE", why="it names no database")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "ATOMIC_REQUESTS": True,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise SettingUnreadable(name="ECVET_DATABASE", why="it begins neither with sqlite:/// nor with postgresql://")


def email(url: str, data: Path) -> dict[str, Any]:
    """Django's settings for sending e-mail, by the names of the settings. Raises `SettingUnreadable`."""
    backend = "django.core.mail.backends."
    if url == "console":
        return {"EMAIL_BACKEND": backend + "console.EmailBackend"}
    if url == "file":
        return {"EMAIL_BACKEND": backend + "filebased.EmailBackend", "EMAIL_FILE_PATH": str(data / "mail")}
    parts = _split("ECVET_EMAIL", url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingUnreadable(name="ECVET_EMAIL", why="write console, file, smtp://host:port or smtps://host:port")
    return {
        "EMAIL_BACKEND": backend + "smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


def _split(name: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is found only when asked for
    except ValueError as error:
        raise SettingUnreadable(name=name, why="it is not a URL") from error
    return parts


def _site(variables: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The address of the server, without a slash at its end."""
    given = variables.get("ECVET_SITE", "").strip().rstrip("/")
    parts = _split("ECVET_SITE", given) if given else None
    if parts is not None and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise SettingUnreadable(name="ECVET_SITE", why="write it as https://name, without anything after it")
    return given or (f"https://{names[0]}" if names else "http://127.0.0.1:8000")


def _days(variables: Mapping[str, str], name: str) -> tuple[int, ...]:
    parts = [one.strip() for one in variables[name].split(",") if one.strip()]
    if len(parts) > 10 or any(not one.isdecimal() or not 1 <= int(one[:6]) <= 365 for one in parts):
        raise SettingUnreadable(name=name, why="write at most ten numbers of days from 1 to 365, separated by commas")
    return tuple(int(one) for one in parts)


def _minutes(variables: Mapping[str, str], name: str, without: int) -> int:
    text = variables.get(name, "").strip() or str(without)
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and int(text) > 0):
        raise SettingUnreadable(name=name, why="write a number of minutes, from 1 to 9999")
    return int(text)


def _guard(variables: Mapping[str, str]) -> Guard:
    """What the guarded fetcher lets pass beyond its rules: networks by their numbers, everything else is a name."""
    parts = [one.strip() for one in variables.get("ECVET_NETWORK_ALLOWS", "").split(",") if one.strip()]
    try:
        networks = tuple(ip_network(one) for one in parts if "/" in one)
    except ValueError as error:
        raise SettingUnreadable(name="ECVET_NETWORK_ALLOWS", why=str(error)) from error
    return Guard(networks=networks, names=frozenset(one for one in parts if "/" not in one))


def _switch(variables: Mapping[str, str], name: str) -> bool:
    word = variables.get(name, "0").strip().lower()
    if word not in ("", "0", "1", "false", "true", "no", "yes"):
        raise SettingUnreadable(name=name, why="write 1 or 0")
    return word in ("1", "true", "yes")
