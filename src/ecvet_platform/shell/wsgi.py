"""The WSGI application, neutral to the server that runs it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ecvet_platform.shell.environment import SecretMissing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecvet_platform.shell.settings")
application = get_wsgi_application()
if not (os.environ.get("ECVET_SECRET") or settings.DEBUG):
    raise SecretMissing()
