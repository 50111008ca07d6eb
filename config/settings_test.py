"""Settings of the tests: the product's own, with nothing that leaves the process or takes time."""

import os

os.environ.setdefault("SECRET_KEY", "a key for tests only")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)
os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL", "")

from config.settings import *  # noqa: F403 - the environment is set first
from config.settings import STORAGES, VAR_DIR

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_BROKER_URL = "memory://"
MEDIA_ROOT = VAR_DIR / "test-media"
ALLOWED_HOSTS = ["*"]
