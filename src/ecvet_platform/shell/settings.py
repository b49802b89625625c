"""Django's settings, made from the environment (`environment.py`) and nothing else."""

import os
import secrets
from pathlib import Path
from typing import Final

import django.conf.locale

from ecvet_platform.people.internet import Direct
from ecvet_platform.people.providers import from_file
from ecvet_platform.shell import environment

PLATFORM: Final = Path(__file__).parent.parent
HERE: Final = environment.read(os.environ)

# The rooms in the order of the story. A room that is not yet built is not listed by Django.
STORY: Final = (
    "journal", "people", "qualifications", "institutions", "drafts", "mobility", "credit", "guests", "consultations",
    "credentials", "wallets", "dossier", "figures", "notices", "federation", "shell",
)  # fmt: skip
ROOMS: Final = tuple(room for room in STORY if (PLATFORM / room / "apps.py").exists())

SECRET_KEY = HERE.secret or secrets.token_urlsafe(48)
SEALS_KEYS = HERE.secret is not None and not HERE.demo  # a secret made up for one process would close them for ever
SECRET_KEY_FALLBACKS = [HERE.secret_before] if HERE.secret_before else []
DEBUG = HERE.debug
DEMO = HERE.demo
DATA = HERE.data
ALLOWED_HOSTS = list(HERE.hosts)
DATABASES = {"default": HERE.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"ecvet_platform.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "ecvet_platform.shell.middleware.SecurityHeaders",
    "ecvet_platform.shell.middleware.PlainQueries",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ecvet_platform.people.middleware.SignedIn",
    "ecvet_platform.people.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "ecvet_platform.people.middleware.SignInFirst",
    "ecvet_platform.shell.proving.Proving",
    "ecvet_platform.shell.looks.Looks",
    "ecvet_platform.shell.middleware.Refusals",
    "ecvet_platform.shell.middleware.ReadsWaitForNobody",  # the last: around the view's transaction and nothing else
]

ROOT_URLCONF = "ecvet_platform.shell.urls"
WSGI_APPLICATION = "ecvet_platform.shell.wsgi.application"
CSRF_FAILURE_VIEW = "ecvet_platform.shell.errors.csrf_failed"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PLATFORM / room / "templates" for room in ROOMS],
        "OPTIONS": {
            "environment": "ecvet_platform.shell.templating.environment",
            "context_processors": ["ecvet_platform.shell.frame.frame"],
        },
    },
]

# ------------------------------------------------------------- people
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["ecvet_platform.people.backend.EmailedLink"]
LOGIN_URL = "people:sign-in"
SIGN_IN_LINK_MINUTES = 30
SESSION_ENGINE = "ecvet_platform.people.engine"
SESSION_HOURS = 8
PROOF_MINUTES = HERE.proof_minutes
PASSKEY_SITE = environment.passkey_site(HERE.hosts)
PROVIDERS = from_file(HERE.providers)
INTERNET = Direct()
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {25: "success", 30: "warning", 40: "error"}
for _name, _value in HERE.email.items():
    globals()[_name] = _value
SITE = HERE.site
NETWORK_GUARD = HERE.guard
DEFAULT_FROM_EMAIL = f"ecvet <no-reply@{HERE.hosts[0]}>"

# ------------------------------------------------------------- who is called when a signature is missing
SIGNING_DAYS = HERE.days

# ------------------------------------------------------------- languages
django.conf.locale.LANG_INFO["mt"] = {"bidi": False, "code": "mt", "name": "Maltese", "name_local": "Malti"}
OFFICIAL: Final = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
LANGUAGES = [(code, str(django.conf.locale.LANG_INFO[code]["name"])) for code in OFFICIAL]
if DEBUG:  # a language made by code, which shows what is not translated (`shell/pseudo.py`)
    django.conf.locale.LANG_INFO["en-xa"] = {"bidi": False, "code": "en-xa", "name": "Pseudo", "name_local": "⟦Ƥşéüđö⟧"}
    LANGUAGES.append(("en-xa", "Pseudo"))
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "ecvet_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CATALOGUES = PLATFORM / "shell" / "locale"
LOCALE_PATHS = [DATA / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ------------------------------------------------------------- files
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

# ------------------------------------------------------------- safety
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not DEMO:  # behind the operator's proxy, which must set this header itself and drop what came from outside
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEMO or DEBUG else 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not (DEMO or DEBUG)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no-secrets": {"()": "ecvet_platform.shell.logs.NoSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no-secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
