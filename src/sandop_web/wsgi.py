"""The door for the web server."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

# A thread that comes back from the database waits so long for one that computes, seconds. A page asks the database
# twenty times, so at Python's own 5 ms a neighbour who draws a large page would cost it a tenth of a second.
sys.setswitchinterval(0.0005)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandop_web.settings")
application = get_wsgi_application()
# Pages and their queries are imported with the addresses. Left to the first request, its sender would wait for that.
_ = get_resolver().url_patterns

# What is imported stays for good and need not be looked through for garbage. A long report is opened as half a
# million objects, none of them garbage: looking through them every 700 objects took as long as opening them.
gc.freeze()
gc.set_threshold(50_000, 20, 20)
