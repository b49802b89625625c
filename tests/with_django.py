"""Django made ready, for whatever tests the platform. The core is tested without it, and begins a second earlier."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecvet_platform.shell.settings")
django.setup()
