"""The same list in plain Django: its ORM, its templates and its usual middleware, a signed-in user, one institution.

At `/open/` lies the peer beside which the aim was set: fifty units of the ORM with one row joined, in Jinja2, with the
same middleware, but nobody signed in, no filter and no count.

`python plain_django.py` makes the session of the reader in the database named by PEER_DATABASE and prints the cookie.
"""

import os
import sys

import django
import jinja2
from django.conf import settings

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = """{% load i18n %}<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Agreements</title></head>
<body><header><nav>{% for name in nav %}<a href="/{{ name }}">{{ name }}</a>{% endfor %}</nav>{{ user.username }}
<form method="post">{% csrf_token %}<button>{% trans "Log out" %}</button></form></header>
<main><h1>Learning agreements</h1><p>{{ page.paginator.count }} agreements</p><table><thead><tr><th>Learner</th>
<th>Qualification</th><th>From, to</th><th>Days</th><th>Agreement</th><th>Stay</th></tr></thead><tbody>
{% for one in page %}<tr><th scope="row"><a href="{% url 'one' one.thread %}">{{ one.learner }}</a></th>
<td>{{ one.title }}</td><td>{{ one.home.name }} → {{ one.hosting.name }}</td><td>{{ one.starts|date:"j F Y" }} –
{{ one.ends|date:"j F Y" }}</td><td><strong class="tag">{{ one.state }}</strong></td>
<td><strong class="tag">{{ one.stay }}</strong></td></tr>{% endfor %}</tbody></table>
<p>{{ page.number }} of {{ page.paginator.num_pages }}</p></main></body></html>"""

OPEN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Units</title></head><body>
<a href="#main">Skip to main content</a><header><nav aria-label="Main">{% for name in nav %}<a href="/{{ name }}">
{{ name }}</a>{% endfor %}</nav></header><main id="main"><h1>Units of learning outcomes</h1><table><thead><tr>
{% for name in head %}<th scope="col">{{ name }}</th>{% endfor %}</tr></thead><tbody>
{% for one in rows %}<tr><th scope="row"><a href="/units/{{ one.code }}">{{ one.code }}</a></th>
<td lang="{{ one.language }}">{{ one.title }}</td><td>{{ one.institution.name }} ({{ one.institution.name_of }})</td>
<td>{{ one.level }}</td><td>{{ one.points }}</td><td>{{ one.starts }}</td></tr>
{% endfor %}</tbody></table></main><footer><p>Benchmark</p></footer></body></html>"""

settings.configure(
    DEBUG=False, SECRET_KEY="a benchmark on this machine, nothing to protect", ROOT_URLCONF="plain_django",
    ALLOWED_HOSTS=["127.0.0.1"], USE_TZ=True, USE_I18N=True, MIDDLEWARE=MIDDLEWARE, LOGGING_CONFIG=None,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", LOGIN_URL="/",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                    "django.contrib.messages"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PEER_DATABASE"],
                           "CONN_MAX_AGE": None, "ATOMIC_REQUESTS": True}},
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader",
                         [("django.template.loaders.locmem.Loader", {"list.html": PAGE})])],
            "context_processors": ["django.template.context_processors.request",
                                   "django.contrib.auth.context_processors.auth",
                                   "django.contrib.messages.context_processors.messages"],
        },
    }, {
        "BACKEND": "django.template.backends.jinja2.Jinja2", "NAME": "jinja2",
        "OPTIONS": {"loader": jinja2.DictLoader({"open.html": OPEN})},
    }],
)  # fmt: skip
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


class Institution(models.Model):
    """A row of the table that `web.py` copies."""

    name = models.TextField()
    name_of = models.TextField(null=True)

    class Meta:
        app_label, db_table, managed = "peer", "institution", False


class Agreement(models.Model):
    """The same."""

    thread = models.TextField()
    learner = models.TextField()
    title = models.TextField()
    home = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    hosting = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    state = models.TextField()
    stay = models.TextField()

    class Meta:
        app_label, db_table, managed = "peer", "agreement", False


class Unit(models.Model):
    """A unit with an exact number, a day and a time."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    level = models.IntegerField()
    points = models.DecimalField(max_digits=6, decimal_places=2)
    language = models.CharField(max_length=5)
    starts = models.DateField()
    changed = models.DateTimeField()
    hours = models.IntegerField()
    institution = models.ForeignKey(Institution, models.PROTECT)

    class Meta:
        app_label, db_table, managed = "peer", "unit", False


class Member(models.Model):
    """Which user works where."""

    user_id = models.BigIntegerField()
    institution = models.ForeignKey(Institution, models.PROTECT)

    class Meta:
        app_label, db_table, managed = "peer", "member", False


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The agreements of the institution for which the user works."""
    own = Member.objects.get(user_id=request.user.pk).institution_id
    rows = Agreement.objects.filter(home_id=own).select_related("home", "hosting").order_by("-starts", "id")
    nav = ["qualifications", "institutions", "learners", "agreements", "credit", "credentials"]
    return render(request, "list.html", {"page": Paginator(rows, 50).get_page(1), "nav": nav})


def opened(request: HttpRequest) -> HttpResponse:
    """Fifty units for everybody."""
    rows = Unit.objects.select_related("institution").order_by("id")[:50]
    head = ["Code", "Title", "Institution", "EQF level", "Points", "Valid from"]
    nav = ["qualifications", "mobility", "credit", "credentials"]
    return render(request, "open.html", {"rows": rows, "head": head, "nav": nav}, using="jinja2")


urlpatterns = [
    path("agreements/", listing),
    path("open/", opened),
    path("agreements/<str:thread>", listing, name="one"),
]
app = get_wsgi_application()


def prepare() -> None:
    """Tables of Django's own, one user, one session."""
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user = User.objects.create_user("bruno")
    Member.objects.create(user_id=user.pk, institution_id=1)
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_backend"] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    sys.stdout.write(f"sessionid={session.session_key}")


if __name__ == "__main__":
    prepare()
