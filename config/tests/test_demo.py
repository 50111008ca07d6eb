"""The demonstration: everything the first visitor finds, built once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from compliance.models import Finding, Result
from config.demo.build import build
from config.district.loading import load
from contentplan.models import PlannedPost, Publication, WeeklyPlan
from moderation.models import Decision
from people.models import Organization, User
from people.weeks import Week
from registry.models import (
    Account,
    AccountStatus,
    DataVersion,
    FakeReport,
    KnownFake,
    Proposal,
    ProposalKind,
    ProposalState,
)

pytestmark = pytest.mark.django_db
TOMSK = ZoneInfo("Asia/Tomsk")


@pytest.fixture
def built(db: None) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=TOMSK), tick=False):
        load()
        build("пароль для показа")


def test_everybody_signs_in_with_the_shared_password(built: None) -> None:
    names = ["admin", "chilino", "coordinator", "head", "moderator", "urtam"]

    people = User.objects.filter(username__in=names)

    assert sorted(p.username for p in people if p.check_password("пароль для показа")) == names


def test_second_build_keeps_what_people_did_and_only_sets_the_password(built: None) -> None:
    PlannedPost.objects.update(topic="Моя тема")

    again = build("другой пароль")

    assert (again, PlannedPost.objects.exclude(topic="Моя тема").count()) == (False, 0)
    assert User.objects.get(username="urtam").check_password("другой пароль")


def test_every_page_says_that_it_is_a_demonstration(built: None) -> None:
    assert [a.name for a in Account.objects.exclude(name__endswith="(демо)")] == []


def test_every_address_is_plainly_invented(built: None) -> None:
    kept = Account.objects.exclude(status=AccountStatus.NOT_KEPT)

    assert [a.url for a in kept if "glashatay" not in a.url or "demo" not in a.url] == []


def test_some_bodies_kept_the_norm_of_last_week_and_some_did_not(built: None) -> None:
    results = set(Finding.objects.filter(monday="2026-11-16").values_list("result", flat=True))

    assert results == {Result.KEPT, Result.NOT_KEPT, Result.NOT_VERIFIED}


def test_next_week_stands_in_every_state_and_chilino_has_no_plan(built: None) -> None:
    plans = WeeklyPlan.objects.filter(monday="2026-11-30")

    states = set(PlannedPost.objects.filter(plan__in=plans).values_list("status", flat=True))
    assert states == {"draft", "submitted", "needs_changes", "approved"}
    assert not plans.filter(organization__slug="chilinskoe").exists()


def test_nothing_came_out_in_the_future(built: None) -> None:
    assert not Publication.objects.filter(published_at__gt=datetime(2026, 11, 24, 12, tzinfo=TOMSK)).exists()


def test_the_journal_has_entries(built: None) -> None:
    assert Decision.objects.count() == 12


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 29, 23, 30, tzinfo=TOMSK),
        datetime(2026, 11, 30, 0, 30, tzinfo=TOMSK),
        datetime(2027, 1, 1, 12, tzinfo=TOMSK),
    ],
)
def test_it_can_be_built_at_any_moment_of_the_week(moment: datetime, db: None) -> None:
    with time_machine.travel(moment, tick=False):
        load()
        build("пароль для показа")

        week = Week.now(Organization.objects.get(slug="kozhevnikovo").zone)
        assert WeeklyPlan.objects.filter(monday=week.next.monday).count() == 7


def test_outside_demo_mode_there_are_no_demonstration_people(settings: Settings, db: None) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("demo")


def test_the_command_shows_the_password_and_who_signs_in_as_what(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True

    call_command("demo", password="пароль для показа")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Пароль для всех: пароль для показа"
    assert [line.split(maxsplit=1) for line in lines if "urtam" in line] == [["urtam", "редактор, Уртамское поселение"]]


def test_the_queue_of_the_department_holds_a_proposal_of_every_kind(built: None) -> None:
    waiting = set(Proposal.objects.pending().values_list("kind", flat=True))

    assert waiting == set(ProposalKind)
    assert Proposal.objects.get(state=ProposalState.REJECTED).comment


def test_a_closed_name_is_to_be_looked_at_and_a_fake_is_reported(built: None) -> None:
    today = date(2026, 11, 24)

    assert Account.objects.names_due(today).count() == 1
    assert list(FakeReport.objects.filter(state="new").values_list("organization__slug", flat=True)) == ["chilinskoe"]
    assert KnownFake.objects.count() == 1


def test_open_data_have_a_version_from_the_first_minute(built: None) -> None:
    version = DataVersion.objects.get()

    assert version.rows == Account.objects.public().count()
