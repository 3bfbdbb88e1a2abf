"""The web application as WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
application = get_wsgi_application()

from songsheet.team.hours.holidays import load  # noqa: E402

load()
