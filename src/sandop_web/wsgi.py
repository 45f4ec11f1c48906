"""The door for the web server."""

import os
import sys

from django.core.wsgi import get_wsgi_application

# A thread that comes back from the database waits so long for one that computes, seconds. A page asks the database
# twenty times, so at Python's own 5 ms a neighbour who draws a large page would cost it a tenth of a second.
sys.setswitchinterval(0.0005)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandop_web.settings")
application = get_wsgi_application()
