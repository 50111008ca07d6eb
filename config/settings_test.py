"""Settings of the tests: the product's own, with nothing that leaves the process or takes time."""

import atexit
import os
import shutil
import tempfile

# What this machine's own portal is set to must not reach the tests.
for name in ("DEMO", "DEBUG", "SITE_URL", "EMAIL_URL", "ALLOWED_HOSTS", "PROXIES", "TIME_ZONE", "DATABASE_URL"):
    os.environ.pop(name, None)
os.environ["ENV_FILE"] = os.devnull
os.environ["SECRET_KEY"] = "a key for tests only"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="glashatay-tests-")
atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]


def own_redis() -> str:
    """Of two test processes side by side the second takes the database before: one must not empty the other's."""
    url, _, number = os.environ.get("TEST_REDIS_URL", "").rpartition("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"{url}/{max(int(number) - int(worker), 0)}" if url else ""


os.environ["REDIS_URL"] = own_redis()

from config.settings import *  # noqa: F403 - the environment is set first
from config.settings import DATABASES, STORAGES, VAR_DIR

# Where the suite has made a blank database on PostgreSQL (deploy/blank.py), test databases are copies of it.
if os.environ.get("TEST_BLANK") and DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["TEST_BLANK"]}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
MEDIA_ROOT = VAR_DIR / "media"
for folder in ("media", "static"):
    (VAR_DIR / folder).mkdir()
ALLOWED_HOSTS = ["*"]
# A test that is rolled back would leave its pages to the next one; registry/tests/test_kept.py switches it on.
KEEP_PAGES = False
