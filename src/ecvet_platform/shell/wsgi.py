"""The WSGI application, neutral to the server that runs it."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ecvet_platform.shell.environment import SecretMissing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecvet_platform.shell.settings")
application = get_wsgi_application()

from ecvet_platform.credentials.actions.keys import seal_files  # noqa: E402 - tables are known only now

if not (os.environ.get("ECVET_SECRET") or settings.DEBUG):
    raise SecretMissing()
for name in seal_files():
    logging.getLogger(__name__).error("the key %s is sealed with a secret that this server does not have", name)
