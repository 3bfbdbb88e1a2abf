"""Django's settings, all derived from the environment (environment.py) and nothing else."""

import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from songsheet.config.environment import read
from songsheet.config.postgres import embedded_url

ENVIRONMENT = read()
PACKAGE = Path(__file__).resolve().parent.parent


def database(url: str) -> dict[str, object]:
    """Django's form of a PostgreSQL address."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {
            **query,
            # A row of a list joins nine tables in the order that is right: trying all others takes 20 ms.
            "options": "-c lock_timeout=5000 -c timezone=UTC -c join_collapse_limit=4",
            "application_name": "songsheet",
            # Django's None would switch preparing off also where a statement asks for it, as base.bulk does.
            "prepare_threshold": 1_000_000,
        },
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {"default": database(ENVIRONMENT.database_url or embedded_url(ENVIRONMENT.home))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = ENVIRONMENT.secret
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(dict.fromkeys([ENVIRONMENT.host, "localhost", "127.0.0.1", "[::1]"]))
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.url]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
#: Behind https stands a proxy that ends it; it says by this header that the browser came that way.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.secure else None
SECURE_SSL_REDIRECT = ENVIRONMENT.secure
SECURE_SSL_HOST = urlsplit(ENVIRONMENT.url).netloc if ENVIRONMENT.secure else None
SECURE_REDIRECT_EXEMPT = ["^health$", "^ready$", "^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600

#: The parts of the house, lowest first; the order of the storeys in DESIGN 3.
PARTS = [
    "base", "ui", "doors", "journal", "files", "team", "tags", "clocks", "agreements", "buyers", "song",
    "touches", "content", "leads", "handoffs", "deals", "find", "flows", "imports", "beside", "intake",
    "notices", "desk",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "template_partials",
    "django_htmx",
    "csp",
    # Ours before allauth: its pages are drawn by our templates.
    *[f"songsheet.{part}" for part in PARTS if (PACKAGE / part).is_dir()],
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "songsheet.config.measuring.MeasuringMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "songsheet.config.middleware.HouseMiddleware",
    "songsheet.doors.rates.RateMiddleware",
]
ROOT_URLCONF = "songsheet.config.urls"
WSGI_APPLICATION = "songsheet.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "songsheet.config.frame.frame",
            ],
            "builtins": ["songsheet.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

AUTH_USER_MODEL = "team.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "songsheet.team.sign_in.MemberAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "songsheet.team.sign_in.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
PASSWORD_RESET_TIMEOUT = 4 * 3600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,3/900s/key",
    "reset_password_from_key": "20/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.secure
MFA_TOTP_ISSUER = "Songsheet"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
#: With one language nothing is looked up; a second one turns it on.
USE_I18N = len(LANGUAGES) > 1
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "ui" / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ENVIRONMENT.home / "files")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
#: Of each key; counted in the database, so it holds whatever the number of processes.
API_REQUESTS_A_MINUTE = ENVIRONMENT.api_rate
#: The most bytes of a file that a member attaches.
FILE_BYTES = ENVIRONMENT.file_mb * 2**20
#: Whether webhooks may go to this machine itself.
LOCAL_TARGETS = ENVIRONMENT.local_targets
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

if ENVIRONMENT.mail_url:
    _mail = urlsplit(ENVIRONMENT.mail_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(ENVIRONMENT.home / "mail")
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "config_cache"}}

PROCRASTINATE_IMPORT_PATHS = [
    "songsheet.team.jobs", "songsheet.files.jobs", "songsheet.clocks.jobs", "songsheet.buyers.jobs",
    "songsheet.touches.jobs", "songsheet.find.jobs", "songsheet.flows.jobs", "songsheet.imports.jobs",
    "songsheet.beside.jobs", "songsheet.notices.jobs", "songsheet.agreements.jobs",
    "songsheet.leads.qualifying.jobs", "songsheet.leads.routing.jobs", "songsheet.intake.forms.jobs",
    "songsheet.intake.links.jobs", "songsheet.intake.privacy.jobs", "songsheet.intake.held.jobs",
    "songsheet.intake.appointments.jobs",
    "songsheet.config.nightly",
]  # fmt: skip
#: The registry of personal values: flows read it, but stand below it.
PERSONAL_VALUES = "songsheet.config.personal.PERSONAL"
#: What is kept for how long, by purpose: flows read it, but stand below it.
RETENTION = "songsheet.config.retention.PURPOSES"
AGREEMENTS = "songsheet.config.wiring.AGREEMENTS"
#: The domain's other hosts (W005, W021) are not ours to decide about.
SILENCED_SYSTEM_CHECKS = ["account.W001", "security.W005", "security.W021"]
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "songsheet.config.logs."
            + ("PlainFormatter" if ENVIRONMENT.log == "plain" else "LineFormatter")
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"songsheet": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
}
