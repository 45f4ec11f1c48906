"""Django's settings, from a few environment variables; safe before they are convenient.

SANDOP_URL       address people use, such as https://sop.example.com; left out: this machine alone (loopback)
SANDOP_HOME      folder of the embedded database and the secret key; left out: `sandop-home` where it is started
DATABASE_URL     postgres://user:password@host:5432/name; left out: the embedded SQLite
SANDOP_SECRET_KEY   key that signs sessions; left out: made once and kept in SANDOP_HOME, readable by its owner only
SANDOP_OIDC_*    single sign-on: ISSUER, CLIENT_ID, CLIENT_SECRET, NAME
SANDOP_UPLOAD_LIMIT   bytes of the largest file that is taken; left out: 50 MB
SANDOP_KEEP_DOCUMENTS_DAYS   days after which ended jobs and their files are cleared away; left out: 60
SANDOP_EMAIL_URL smtp://user:password@host:587 (or smtps://), SANDOP_EMAIL_FROM: reminders by e-mail
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE

from sandop_web.environment import database_of, email_of, public_address, secret_key, sign_on_of

HOME = Path(os.environ.get("SANDOP_HOME", "sandop-home")).resolve()
ADDRESS = public_address(os.environ.get("SANDOP_URL", "http://127.0.0.1:8000"))

SECRET_KEY = secret_key(os.environ, HOME)
DEBUG = False
ALLOWED_HOSTS = [ADDRESS.host] if not ADDRESS.loopback else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS.url] if ADDRESS.secure else []  # a proxy may hide the port

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "sandop_web.store",
    "sandop_web.screens",
]

MIDDLEWARE = [
    "sandop_web.screens.overlong.ReadToTheEnd",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sandop_web.screens.language.LanguageMiddleware",
    "sandop_web.screens.door.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sandop_web.urls"
WSGI_APPLICATION = "sandop_web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "builtins": ["sandop_web.screens.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sandop_web.screens.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database_of(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "companies"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# An uploaded file is streamed to disk above 2.5 MB; a form without files stays small. No page offers a form that is
# larger than this; one that is gets a page that says so (`screens.trouble`).
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = [
    "sandop_web.screens.uploads.WithinTheLimit",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
KEEP_DOCUMENTS_DAYS = int(os.environ.get("SANDOP_KEEP_DOCUMENTS_DAYS", "60"))  # files and ended jobs are cleared then
UPLOAD_LIMIT = int(os.environ.get("SANDOP_UPLOAD_LIMIT", 50 * 1024 * 1024))  # bytes of one uploaded plan

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ADDRESS.secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day
CSRF_FAILURE_VIEW = "sandop_web.screens.trouble.form_expired"
SECURE_SSL_REDIRECT = ADDRESS.secure
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ADDRESS.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ADDRESS.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ADDRESS.secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The planning grid brings styles of its own: they are let in by a word that changes with every page (a nonce), only
# where a page asks for one.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "access/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "sandop_web.screens.entrance.caller.address_of_caller"
BEHIND_PROXY = ADDRESS.secure  # TLS ends at a proxy, which says for whom it asks

ACCOUNT_ADAPTER = "sandop_web.screens.single_sign_on.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "sandop_web.screens.single_sign_on.KnownPeopleOnly"
SOCIALACCOUNT_LOGIN_ON_GET = False
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": sign_on_of(os.environ)}}

EMAIL = email_of(os.environ.get("SANDOP_EMAIL_URL", ""))
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.start_tls, EMAIL.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SANDOP_EMAIL_FROM", f"sandop@{ADDRESS.host}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Whoever asks for another host name is answered 400; their guesses are not worth a page of log each.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}
