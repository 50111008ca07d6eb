"""Outside demo mode nothing unsafe starts."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from config import celery, checks
from config.settings import BASE_DIR
from people.models import User


@pytest.fixture
def demo_person(db: None) -> User:
    return User.objects.create(username="chilino", email="chilino@demo.example", is_demo=True)


def ids() -> list[str]:
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return sorted(error.id for error in found if error.id and error.id.startswith("glashatay"))


@pytest.mark.django_db
def test_a_well_set_portal_starts(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False

    checks.refuse_unsafe_start()

    assert ids() == []


@pytest.mark.django_db
def test_the_default_secret_key_is_refused(settings: Settings) -> None:
    settings.SECRET_KEY = settings.DEFAULT_SECRET_KEY

    assert ids() == ["glashatay.E001"]


@pytest.mark.django_db
def test_debug_is_refused(settings: Settings) -> None:
    settings.DEBUG = True

    assert ids() == ["glashatay.E002"]


def test_demonstration_people_are_refused(demo_person: User) -> None:
    assert ids() == ["glashatay.E003"]


def test_demo_mode_may_have_all_of_it(demo_person: User, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = True
    settings.SECRET_KEY = settings.DEFAULT_SECRET_KEY

    checks.refuse_unsafe_start()

    assert ids() == []


def test_the_worker_ends_with_one_sentence(demo_person: User, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        celery.guard()

    assert end.value.code == 3
    assert capsys.readouterr().err == (
        "Глашатай не запускается: в базе есть демонстрационные люди: возьмите другую базу или поставьте DEMO=1.\n"
    )


def test_a_key_left_empty_is_no_key() -> None:
    """As .env.example has it before somebody fills it in."""
    settings = "from django.conf import settings; print(settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY)"
    environment = {"SECRET_KEY": "", "ENV_FILE": os.devnull, "DJANGO_SETTINGS_MODULE": "config.settings", "DEMO": "0"}

    said = subprocess.run(
        [sys.executable, "-c", settings], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "True"
