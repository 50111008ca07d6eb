"""Every setting of the portal, read from the environment (see `.env.example`)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))
# Everything the portal writes: database, evidence, letters, queue.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()

# --- what kind of run this is -------------------------------------------------------------------

# Demo mode allows demonstration people and a generated secret key; production forbids both (config/checks.py).
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
DEFAULT_SECRET_KEY = "insecure-default-key-change-me"
# A line left empty in .env is no key either.
SECRET_KEY = env.str("SECRET_KEY", default="") or DEFAULT_SECRET_KEY
# Earlier secret keys, the newest first: sessions, links and sealed words (people/vault.py) made under them stay good.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address people reach the portal at: used in letters, feeds and canonical links.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = urlsplit(SITE_URL).scheme == "https"

# --- applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "people",
    "registry",
    "review",
    "contentplan",
    "moderation",
    "compliance",
    "config.apps.PortalConfig",
    "people.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "auditlog",
    "corsheaders",
    "csp",
    "django_filters",
    "drf_spectacular",
    "rest_framework",
    "treebeard",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "registry.kept.middleware",
    "csp.middleware.CSPMiddleware",
    "registry.api.edge.middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.unsent.middleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.sessions.middleware",
    "people.audit.middleware",
    "people.middleware.zone",
    "people.middleware.too_late",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context.portal",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'glashatay.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at the start and waits: two writers never meet half-way (hash chain, state moves).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # Shared by all web processes: throttling of sign-in counts the same everywhere.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

KEEP_PAGES = True  # what everybody is shown is rendered once an edition (registry/kept.py)
MEDIA_ROOT = VAR_DIR / "media"
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# An evidence file, a form without files: what one request may carry.
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=10 * 1024 * 1024)
# Files of posts, each; what stands before the portal (deploy/nginx.conf) lets as much through.
MAX_IMAGE_BYTES = env.int("MAX_IMAGE_BYTES", default=20 * 1024 * 1024)
MAX_VIDEO_BYTES = env.int("MAX_VIDEO_BYTES", default=200 * 1024 * 1024)
MAX_DOCUMENT_BYTES = env.int("MAX_DOCUMENT_BYTES", default=20 * 1024 * 1024)
# A picture is unpacked whole: so many dots take four times as many bytes of memory.
MAX_IMAGE_PIXELS = env.int("MAX_IMAGE_PIXELS", default=50_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "compliance:today"
LOGOUT_REDIRECT_URL = "registry:account_list"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
# A session ends after a working day, and earlier when nothing was asked for this long (people/sessions.py).
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_MINUTES", default=180) * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Changing the password ends all sessions but the one it was changed in.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Whoever tries out addresses writes no letters to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip", "reset_password": "5/h/key,20/h/ip"}

# One audit log of every change, in the portal's own table (people/audit.py).
AUDITLOG_LOGENTRY_MODEL = "people.AuditEntry"
AUDITLOG_STORE_JSON_CHANGES = True

# --- protection ---------------------------------------------------------------------------------

SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=HTTPS)
# Whoever watches the portal from the same machine asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of ours stand before the portal: so many addresses at the end of X-Forwarded-For are true.
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES = env.int("PROXIES", default=0)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Which sites may put the frame of the widget on their pages; every other page of the portal is never framed.
WIDGET_FRAME_ANCESTORS = env.list("WIDGET_FRAME_ANCESTORS", default=["*"])

# --- language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Tomsk")
FORMAT_MODULE_PATH = ["config.formats"]
# Memorable dates beside the state holidays (contentplan/memorable.py).
MEMORABLE_DATES = env.str("MEMORABLE_DATES", default=str(BASE_DIR / "config" / "district" / "memorable-dates.yaml"))
# When bodies work that have no hours of their own: ISO weekdays with hours, and lunch (people/worktime.py).
WORK_HOURS = env.str("WORK_HOURS", default="1-4 09:00-18:00, 5 09:00-17:00")
LUNCH = env.str("LUNCH", default="13:00-14:00")
# How many working hours before a plan is due its author, the deputy, the head and the department are reminded.
PLAN_REMINDER_HOURS = env.list("PLAN_REMINDER_HOURS", cast=float, default=[8, 4, 2, 1])
# After so many days a page of the registry is due for verification, and a closed name for another look.
VERIFICATION_DAYS, CLOSED_NAME_DAYS = env.int("VERIFICATION_DAYS", default=90), env.int("CLOSED_NAME_DAYS", default=90)
# How long an answer of the security checklist stands, where the item says nothing else; how early it is reminded of.
SECURITY_DAYS = env.int("SECURITY_DAYS", default=90)
SECURITY_REMINDER_DAYS = env.int("SECURITY_REMINDER_DAYS", default=7)
# In which month (1–12) each body gets the yearly letter “is all of it right?”.
YEARLY_LETTER_MONTH = env.int("YEARLY_LETTER_MONTH", default=9)
# An approved post whose hour alone changes, within the same day, stays approved.
PLAN_TIME_SHIFT_KEEPS_APPROVAL = env.bool("PLAN_TIME_SHIFT_KEEPS_APPROVAL", default=True)
# An approved post that has come out nowhere so long after its time did not come out (contentplan/actions/missed.py).
MISSED_AFTER_HOURS = env.int("MISSED_AFTER_HOURS", default=24)
# Working hours for a reply to a citizen, an ordinary and an urgent one; working days for the final one.
REPLY_HOURS, URGENT_REPLY_HOURS = env.float("REPLY_HOURS", default=8), env.float("URGENT_REPLY_HOURS", default=4)
FINAL_REPLY_DAYS = env.int("FINAL_REPLY_DAYS", default=7)
# Days after which authors of messages and words of decisions are forgotten (moderation/inbox/authors.py, retention.py).
AUTHOR_KEPT_DAYS, WORDS_KEPT_DAYS = env.int("AUTHOR_KEPT_DAYS", default=365), env.int("WORDS_KEPT_DAYS", default=1095)
# Days to object to a removal, and for a second moderator to decide on the objection. The key of the signed heads.
OBJECT_DAYS, OBJECTION_DAYS = env.int("OBJECT_DAYS", default=30), env.int("OBJECTION_DAYS", default=10)
JOURNAL_KEY, JOURNAL_KEY_FALLBACKS = env.str("JOURNAL_KEY", default=""), env.list("JOURNAL_KEY_FALLBACKS", default=[])
# People are reminded of a post at its time, but only between these hours of their day; of a night post in the morning.
AWAKE_FROM, AWAKE_UNTIL = env.int("AWAKE_FROM", default=8), env.int("AWAKE_UNTIL", default=21)

# A pasted address without a scheme is meant with https. Django 6 does so by itself; then this line and its exception in
# pytest.ini go.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- mail ---------------------------------------------------------------------------------------

if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    # Without a mail server letters stay readable as files.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# --- background work ----------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    # A task whose worker was killed comes back after this many seconds. Longer than any task takes, else it would run
    # twice at once; the longest, the weekly check of 100,000 accounts, takes seconds.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
    CELERY_WORKER_POOL = "prefork"
    CELERY_WORKER_CONCURRENCY = env.int("WORKER_PROCESSES", default=2)
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Both folders must be one and the same, else a message is never found again.
        "data_folder_in": str(VAR_DIR / "broker/queue"),
        "data_folder_out": str(VAR_DIR / "broker/queue"),
        "control_folder": str(VAR_DIR / "broker/control"),
        "store_processed": False,
        # Seconds between two looks into the folder.
        "polling_interval": 0.5,
    }
    # One process does one task after another: nothing is lost when it is asked to stop.
    CELERY_WORKER_POOL = "solo"
    # The control messages would pile up as files.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
# A worker takes no more than it works on: what waits stays with the broker when the worker is killed.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "run" / "beat-schedule")
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- API ----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "registry.api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
    # Else whoever writes a header of their own is somebody new each time.
    "NUM_PROXIES": PROXIES,
}
# How often one address may ask (registry/api/throttling.py): one question, and up to a hundred at once.
# "key": how often one key of a program may ask, wherever it asks from.
API_RATES = {
    "read": env.str("API_RATE", default="120/min"),
    "batch": env.str("API_BATCH_RATE", default="30/min"),
    "key": env.str("API_KEY_RATE", default="600/min"),
}
# A page of any site may read what is public; cookies are never looked at (registry/api/edge.py).
CORS_URLS_REGEX = r"^/api/v1/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["ETag", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"]
SPECTACULAR_SETTINGS = {
    "TITLE": "Glashatay",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "AccountStatusEnum": "registry.models.AccountStatus",
        "MessageResultEnum": ["created", "known", "refused"],
    },
    "APPEND_COMPONENTS": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}

# --- log ----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Tells of every letter it puts into a PDF.
    "loggers": {"fontTools": {"level": "WARNING"}},
}
