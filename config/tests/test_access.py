"""Every address × every person × things of their own and of strangers, held against the table in `access_table.py`.

The addresses are read from the URLconf: a page without a row fails here, so does a row without a page.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from compliance.models import WeekCheck
from config import health
from config.tests.access_table import (
    ADMIN_ROWS,
    ANSWERS,
    LEADS_ON,
    LEAVES_NO_TRACE,
    OPEN,
    PEOPLE,
    REMEMBERS,
    ROWS,
    Row,
)
from config.tests.refusals import Refusals
from config.tests.stage import LAST, NEXT, NOW, PDF, RUNNING, Place, furnish
from conftest import make_organization, make_user, make_vk
from contentplan.models import CalendarFeed, PostFormat, RemarkPhrase, Rubric, TextLimit
from moderation.models import Ground, Reply, ReplyLimit, ToneWord
from moderation.openness import views as openness
from people import invitations
from people.audit_entry import owners
from people.models import Organization, OrganizationKind, User
from people.roles import Role
from people.scoped_admin import ScopedAdmin
from registry import fakes
from registry.models import AccountStatus, CheckItem, CheckUse, DataSet, RegistryRules, SecurityItem, SocialNetwork

ADMIN_PAGES = ("changelist", "add", "change", "delete", "history")
NEW_PASSWORD = "совсем другой длинный пароль"
WRITES = re.compile(r'\b(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)', re.I)


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address of the URLconf with its view."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}", pattern.callback


def admin_pages() -> set[str]:
    return {f"admin:{names[0]}_{page}" for names, _cells, _strange in ADMIN_ROWS for page in ADMIN_PAGES}


# --- who and what -------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock stands, all is well; refusals are no news here."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr(fakes, "REPORTS_AN_HOUR", 1000)
    monkeypatch.setattr(openness, "OBJECTIONS_AN_HOUR", 1000)
    monkeypatch.setattr(openness, "CODES_AN_HOUR", 1000)
    monkeypatch.setattr(health, "report", lambda: {"database": "ok"})
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Stage:
    """Urtam, its neighbour, and a district nobody here has to do with, each with one of everything; and the people."""

    places: dict[str, Place]
    people: dict[str, User | None]


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Set once for all tests of this file: whatever one of them does is undone when it ends."""
    folder = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=folder),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        yield _set_up()
        transaction.set_rollback(True)


def _set_up() -> Stage:
    district = make_organization(None, "kozhevnikovo", OrganizationKind.DISTRICT)
    urtam, chilino = (make_organization(district, slug) for slug in ("urtam", "chilino"))
    elsewhere = make_organization(None, "elsewhere", OrganizationKind.DISTRICT)
    vk, text = make_vk(), PostFormat.objects.create(slug="text", name="Текст")
    spam = Ground.objects.create(slug="spam", name="Спам-рассылка", needs_citation=False)
    TextLimit.objects.create(network=vk)
    ReplyLimit.objects.create(network=vk, characters=4000)
    ToneWord.objects.create(words="данный", advice="этот")
    Rubric.objects.create(name="Афиша")
    RemarkPhrase.objects.create(text="Добавьте дату")
    SecurityItem.objects.create(text="Двухэтапный вход включён")
    CheckItem.objects.create(text="Никогда не задаётся", uses=[])
    WeekCheck.objects.create(monday=LAST.monday, timezone="Asia/Tomsk", finished_at=NOW)
    places = {body.slug: furnish(body, vk, text, spam) for body in (urtam, chilino, elsewhere)}
    # One person for each column.
    cast: dict[str, tuple[Role, Organization]] = {
        "admin": (Role.ADMINISTRATOR, district),
        "coord": (Role.COORDINATOR, district),
        "urtam_coord": (Role.COORDINATOR, urtam),
        "editor": (Role.EDITOR, urtam),
        "moder": (Role.MODERATOR, district),
        "observ": (Role.OBSERVER, district),
        "head": (Role.OBSERVER, urtam),
    }
    users: dict[str, User | None] = {"visit": None, "nobody": make_user("nobody")}
    return Stage(places, users | {name: make_user(name, role, where) for name, (role, where) in cast.items()})


@pytest.fixture
def places(stage: Stage, db: None) -> dict[str, Place]:
    return stage.places


@pytest.fixture
def people(stage: Stage, db: None) -> dict[str, User | None]:
    return stage.people


@pytest.fixture(autouse=True, scope="module")
def refusals_are_drawn_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.views.defaults.loader", Refusals())
        yield


# Whose things are out of reach: who works for the whole district meets another district, Urtam meets its neighbour.
STRANGE = {name: "chilino" if name in ("urtam_coord", "editor", "head") else "elsewhere" for name in PEOPLE}


def test_everybody_stands_in_the_cast(people: dict[str, User | None]) -> None:
    assert list(people) == PEOPLE


# --- where and with what ------------------------------------------------------------------------

Args = Callable[[Place], Sequence[object]]


def _week(place: Place) -> list[object]:
    return [place.organization.slug, NEXT]


def _nothing(place: Place) -> list[object]:
    return []


def _occasion_of(place: Place) -> list[object]:
    return [place.organization.occasions.get().pk]


def _drafted_pack(place: Place) -> list[object]:
    return [place.organization.topic_packs.get(sent_at=None).pk]


def _sent_pack(place: Place) -> list[object]:
    return [place.organization.topic_packs.get(sent_at__isnull=False).pk]


def _offer_to(place: Place) -> list[object]:
    return [place.organization.pack_offers.get().pk]


ARGS: dict[str, Args] = {
    "registry:account_detail": lambda p: [p.account.pk],
    "registry:account_detail*": lambda p: [p.hidden_account.pk],
    "registry:account_edit": lambda p: [p.account.pk],
    "registry:account_verify": lambda p: [p.account.pk],
    "registry:account_trust": lambda p: [p.account.pk],
    "registry:account_suspend": lambda p: [p.account.pk],
    "registry:account_resume": lambda p: [p.account.pk],
    "registry:account_archive": lambda p: [p.account.pk],
    "registry:proposal_detail": lambda p: [p.organization.proposals.get().pk],
    "registry:proposal_accept": lambda p: [p.organization.proposals.get().pk],
    "registry:proposal_reject": lambda p: [p.organization.proposals.get().pk],
    "registry:proposal_withdraw": lambda p: [p.organization.proposals.get().pk],
    "registry:account_sign": lambda p: [p.account.pk],
    "registry:account_code": lambda p: [p.account.pk],
    "registry:import_detail": lambda p: [p.entry_import.pk],
    "registry:import_columns": lambda p: [p.entry_import.pk],
    "registry:import_take": lambda p: [p.entry_import.pk],
    "registry:import_row_mend": lambda p: [p.entry_import.rows.get().pk],
    "registry:opendata_passport": lambda p: ["accounts"],
    "registry:opendata_file": lambda p: ["accounts", "meta.csv"],
    "registry:account_named": lambda p: [SocialNetwork.objects.get(accounts=p.account).slug, p.account.handle],
    "registry:sitemap_section": lambda p: ["cards"],
    "registry:widget_data": lambda p: [p.organization.slug],
    "registry:widget_frame": lambda p: [p.organization.slug],
    "registry:own_act_detail": lambda p: [p.organization.pk],
    "registry:own_act_draft": lambda p: [p.organization.pk],
    "registry:own_act_file": lambda p: [p.organization.pk],
    "registry:legal_act_edit": lambda p: [p.act.pk],
    "registry:legal_act_file": lambda p: [p.act.pk],
    "registry:act_file": lambda p: [p.organization.legal_acts.get(is_published=True).files.get().pk],
    "registry:act_file*": lambda p: [p.act.files.get().pk],
    "registry:act_file_remove": lambda p: [p.act.files.get().pk],
    "registry:security_detail": lambda p: [p.account.pk],
    "registry:security_answer": lambda p: [p.account.pk],
    "registry:account_lost": lambda p: [p.account.pk],
    "registry:lost_guide": lambda p: [p.account.pk],
    "registry:holder_create": lambda p: [p.account.pk],
    "registry:holder_end": lambda p: [p.account.rights_holders.get().pk],
    "registry:handover_create": lambda p: [p.account.rights_holders.get().pk],
    "registry:handover_detail": lambda p: [p.organization.handovers.get().pk],
    "registry:handover_act": lambda p: [p.organization.handovers.get().pk],
    "registry:handover_done": lambda p: [p.organization.handovers.get().pk],
    "registry:fake_edit": lambda p: [p.organization.known_fakes.get().pk],
    "registry:closed_look": lambda p: [p.organization.accounts.get(status=AccountStatus.ARCHIVED).pk],
    "registry:report_confirm": lambda p: [p.organization.fake_reports.get(state="new").pk],
    "registry:report_reject": lambda p: [p.organization.fake_reports.get(state="new").pk],
    "registry:report_reopen": lambda p: [p.organization.fake_reports.get(state="rejected").pk],
    "registry:api_organization": lambda p: [p.organization.slug],
    "registry:api_account": lambda p: [p.account.pk],
    "registry:api_account*": lambda p: [p.hidden_account.pk],
    "contentplan:plan_detail": _week,
    "contentplan:plan_hand_in": _week,
    "contentplan:plan_publications": lambda p: [p.organization.slug, RUNNING],
    "contentplan:export_detail": lambda p: [p.export_job.pk],
    "contentplan:export_file": lambda p: [p.export_job.pk],
    "contentplan:feed_revoke": lambda p: [CalendarFeed.objects.get(user=p.colleague).pk],
    "contentplan:calendar_feed": lambda p: [p.feed_secret],
    "contentplan:import_create": lambda p: [p.organization.slug],
    "contentplan:import_detail": lambda p: [p.plan_import.pk],
    "contentplan:import_columns": lambda p: [p.plan_import.pk],
    "contentplan:import_take": lambda p: [p.plan_import.pk],
    "contentplan:import_row_mend": lambda p: [p.plan_import.rows.get().pk],
    "contentplan:post_check": _week,
    "contentplan:post_files": lambda p: [p.draft.pk],
    "contentplan:media_upload": lambda p: [p.organization.slug],
    "contentplan:media_file": lambda p: [p.media.pk],
    "contentplan:media_thumbnail": lambda p: [p.media.pk],
    "contentplan:media_state": lambda p: [p.media.pk],
    "contentplan:post_create": _week,
    "contentplan:plan_copy": _week,
    "contentplan:post_move": lambda p: [p.draft.pk],
    "contentplan:slot_list": lambda p: [p.organization.slug],
    "contentplan:slot_take": lambda p: [p.account.pk],
    "contentplan:slot_delete": lambda p: [p.account.slots.get().pk],
    "contentplan:repetition_list": lambda p: [p.organization.slug],
    "contentplan:repetition_create": lambda p: [p.organization.slug],
    "contentplan:repetition_skip": lambda p: [p.organization.repetitions.get().pk],
    "contentplan:repetition_end": lambda p: [p.organization.repetitions.get().pk],
    "contentplan:template_list": lambda p: [p.organization.slug],
    "contentplan:template_create": lambda p: [p.organization.slug],
    "contentplan:template_edit": lambda p: [p.organization.post_templates.get().pk],
    "contentplan:template_delete": lambda p: [p.organization.post_templates.get().pk],
    "contentplan:idea_create": lambda p: [p.organization.slug],
    "contentplan:idea_plan": lambda p: [p.organization.ideas.get().pk],
    "contentplan:idea_delete": lambda p: [p.organization.ideas.get().pk],
    "contentplan:post_detail": lambda p: [p.draft.pk],
    "contentplan:post_edit": lambda p: [p.draft.pk],
    "contentplan:post_delete": lambda p: [p.draft.pk],
    "contentplan:post_submit": lambda p: [p.draft.pk],
    "contentplan:post_approve": lambda p: [p.submitted.pk],
    "contentplan:post_return": lambda p: [p.submitted.pk],
    "contentplan:post_correct": lambda p: [p.submitted.pk],
    "contentplan:post_undo": lambda p: [p.submitted.pk],
    "contentplan:post_claim": lambda p: [p.submitted.pk],
    "contentplan:post_release": lambda p: [p.submitted.pk],
    "contentplan:post_withdraw": lambda p: [p.submitted.pk],
    "contentplan:post_answer": lambda p: [p.submitted.pk],
    "contentplan:post_acknowledge": lambda p: [p.submitted.pk],
    "contentplan:post_note": lambda p: [p.submitted.pk],
    "contentplan:post_occasion": lambda p: [p.submitted.pk],
    "contentplan:post_presence": lambda p: [p.submitted.pk],
    "contentplan:post_history": lambda p: [p.submitted.pk],
    "contentplan:plan_approve": _week,
    "contentplan:post_hold": lambda p: [p.placement.post_id],
    "contentplan:post_resume": lambda p: [p.held.pk],
    "contentplan:post_cancel": lambda p: [p.placement.post_id],
    "contentplan:post_restore": lambda p: [p.cancelled.pk],
    "contentplan:post_missed": lambda p: [p.missed.pk],
    "contentplan:post_urgent": lambda p: [p.draft.pk],
    "contentplan:post_look_over": lambda p: [p.urgent.pk],
    "contentplan:urgent_allow": lambda p: [p.organization.slug],
    "contentplan:stop_detail": lambda p: [p.stop.pk],
    "contentplan:stop_lift": lambda p: [p.stop.pk],
    "contentplan:publish": lambda p: [p.placement.pk],
    "contentplan:publication_add": lambda p: [p.organization.slug],
    "contentplan:publication_remove": lambda p: [p.publication.pk],
    "contentplan:occasion_edit": _occasion_of,
    "contentplan:occasion_delete": _occasion_of,
    "contentplan:occasion_link": _occasion_of,
    "contentplan:pack_detail": _drafted_pack,
    "contentplan:pack_edit": _drafted_pack,
    "contentplan:pack_send": _drafted_pack,
    "contentplan:pack_delete": _drafted_pack,
    "contentplan:pack_recall": _sent_pack,
    "contentplan:pack_extend": _sent_pack,
    "contentplan:offer_detail": _offer_to,
    "contentplan:offer_take": _offer_to,
    "contentplan:offer_decline": _offer_to,
    "moderation:message_detail": lambda p: [p.message.pk],
    "moderation:message_step": lambda p: [p.message.pk],
    "moderation:message_look": lambda p: [p.message.pk],
    "moderation:message_author": lambda p: [p.message.pk],
    "moderation:message_forward": lambda p: [p.message.pk],
    "moderation:message_merge": lambda p: [p.message.pk],
    "moderation:case_detail": lambda p: [p.case.pk],
    "moderation:import_detail": lambda p: [p.message_import.pk],
    "moderation:import_columns": lambda p: [p.message_import.pk],
    "moderation:import_take": lambda p: [p.message_import.pk],
    "moderation:import_row_mend": lambda p: [p.message_import.rows.get().pk],
    "moderation:reply_save": lambda p: [p.message.pk],
    "moderation:reply_autosave": lambda p: [p.message.pk],
    "moderation:reply_presence": lambda p: [p.message.pk],
    "moderation:reply_withdraw": lambda p: [p.reply.message_id],
    "moderation:reply_acknowledge": lambda p: [p.reply.message_id],
    "moderation:reply_send": lambda p: [p.approved_reply.message_id],
    "moderation:reply_detail": lambda p: [p.reply.pk],
    "moderation:reply_approve": lambda p: [p.reply.pk],
    "moderation:reply_correct": lambda p: [p.reply.pk],
    "moderation:reply_return": lambda p: [p.reply.pk],
    "moderation:reply_undo": lambda p: [p.reply.pk],
    "moderation:reply_claim": lambda p: [p.reply.pk],
    "moderation:reply_release": lambda p: [p.reply.pk],
    "moderation:reply_template_edit": lambda p: [p.organization.reply_templates.get().pk],
    "moderation:reply_template_delete": lambda p: [p.organization.reply_templates.get().pk],
    "moderation:decision_detail": lambda p: [p.decision.number],
    "moderation:decision_reverse": lambda p: [p.decision.number],
    "moderation:decision_lift": lambda p: [p.decision.number],
    "moderation:pending_decide": lambda p: [p.pending.pk],
    "moderation:pending_file": lambda p: [p.pending.pk, 0],
    "moderation:objection_decide": lambda p: [p.objection.pk],
    "moderation:objection_create": lambda p: [p.other_decision.number],
    "moderation:evidence_file": lambda p: [p.decision.evidence.get().pk],
    "compliance:week_detail": lambda p: [LAST],
    "compliance:week_export": lambda p: [LAST],
    "compliance:week_check": lambda p: [LAST],
    "compliance:circumstance_create": lambda p: [LAST],
    "compliance:circumstance_end": lambda p: [LAST, p.circumstance.pk],
    "people:user_detail": lambda p: [p.colleague.pk],
    "people:user_invite_again": lambda p: [p.invitee.pk],
    "people:user_deactivate": lambda p: [p.colleague.pk],
    "people:user_reactivate": lambda p: [p.leaver.pk],
    "people:membership_create": lambda p: [p.colleague.pk],
    "people:membership_end": lambda p: [p.membership.pk],
    "people:key_revoke": lambda p: [p.organization.api_keys.get().pk],
    "people:absence_list": lambda p: [p.colleague.pk],
    "people:absence_end": lambda p: [p.colleague.absences.get().pk],
    "people:notice_open": lambda p: [p.notice.pk],
    "people:invitation_accept": lambda p: invitations.link(p.invitee).rstrip("/").split("/")[-2:],
    "account_reset_password_from_key": lambda p: ["1", "of-no-letter"],
    "admin:app_list": lambda p: ["people"],
}

# The row behind an admin page of a model.
ROW_OF: dict[str, Callable[[Place], Any]] = {
    "people_user": lambda p: p.colleague,
    "people_membership": lambda p: p.membership,
    "people_organization": lambda p: p.organization,
    "people_auditentry": lambda p: p.entry,
    "people_specialday": lambda p: p.organization.special_days.get(),
    "registry_dataset": lambda p: DataSet.objects.get_or_create(pk=1)[0],
    "registry_socialnetwork": lambda p: p.account.network,
    "registry_securityitem": lambda p: SecurityItem.objects.get(),
    "registry_checkitem": lambda p: CheckItem.objects.get(text="Никогда не задаётся"),
    "registry_registryrules": lambda p: RegistryRules.objects.get(organization=p.organization),
    "registry_legalact": lambda p: p.act,
    "registry_account": lambda p: p.account,
    "contentplan_postformat": lambda p: p.draft.format,
    "contentplan_rubric": lambda p: Rubric.objects.get(),
    "contentplan_remarkphrase": lambda p: RemarkPhrase.objects.get(),
    "contentplan_textlimit": lambda p: TextLimit.objects.get(),
    "contentplan_norm": lambda p: p.norm,
    "contentplan_weeklyplan": lambda p: p.plan,
    "contentplan_plannedpost": lambda p: p.draft,
    "contentplan_publication": lambda p: p.publication,
    "moderation_decision": lambda p: p.decision,
    "moderation_ground": lambda p: p.decision.ground,
    "moderation_toneword": lambda p: ToneWord.objects.get(),
    "moderation_replylimit": lambda p: ReplyLimit.objects.get(),
    "compliance_finding": lambda p: p.finding,
    "compliance_circumstance": lambda p: p.circumstance,
    "compliance_weekcheck": lambda p: WeekCheck.objects.get(),
}

Data = Callable[[Place], dict[str, object]]


def _account(place: Place) -> dict[str, object]:
    return {
        "organization": place.organization.pk,
        "url": "https://vk.com/novaya_stranica",
        "name": "Новая страница",
        "status": "active",
    }


def _acceptance(place: Place) -> dict[str, object]:
    page = {"name": place.hidden_account.name, "url": place.hidden_account.url, "status": "planned"}
    return {**page, "organization": place.organization.pk, "decision-seen": 0}


def _report(place: Place) -> dict[str, object]:
    with time_machine.travel(NOW - timedelta(minutes=1), tick=False):
        opened = TimestampSigner(salt="report").sign("form")
    return {"url": "https://vk.com/ne_nasha_stranica", "opened": opened}


def _handover(place: Place) -> dict[str, object]:
    rights = [place.account.rights_holders.get().pk]
    return {"rights": rights, "name": "Белова Нина", "handed_on": "2026-11-26"}


def _post(place: Place) -> dict[str, object]:
    return {
        "day": "2026-12-02",
        "time": "12:00",
        "topic": "Субботник",
        "text": "Собираемся у клуба.",
        "format": place.draft.format_id,
        "accounts": [place.account.pk],
        "revision": 1,
    }


def _link(place: Place) -> dict[str, object]:
    return {"link": f"{place.account.url}?w=wall-1_77", "day": "2026-11-24", "time": "10:00", "counts": "on"}


def _urgent(place: Place) -> dict[str, object]:
    return {"revision": 1, "reason": "Авария", f"link_{place.account.pk}": f"{place.account.url}?w=wall-1_78"}


def _decision(place: Place) -> dict[str, object]:
    return {
        "account": place.account.pk,
        "kind": "comment",
        "text": "Купите диплом",
        "is_criticism": "no",
        "seen_at": "2026-11-26T10:00",
        "ground": place.decision.ground_id,
        "measure": "removed",
    }


def _message(place: Place) -> dict[str, object]:
    return {
        "account": place.account.pk,
        "kind": "comment",
        "text": "Где фонари?",
        "received_at": "2026-11-24T10:00",
    }


def _seen(reply: Reply) -> dict[str, object]:
    return {"revision": reply.revision, "thread": reply.message_id}


def _reply_template(place: Place) -> dict[str, object]:
    return {"organization": place.organization.pk, "name": "Дороги", "text": "{приветствие}"}


def _circumstance(place: Place) -> dict[str, object]:
    return {
        "about": f"account-{place.account.pk}",
        "kind": "exempt",
        "starts_on": LAST.monday,
        "ends_on": LAST.sunday,
        "reason": "Не было интернета",
    }


def _occasion(place: Place) -> dict[str, object]:
    return {
        "organization": place.organization.pk,
        "kind": "event",
        "title": "Ярмарка на площади",
        "starts_on": "2026-12-05",
    }


def _occasions(place: Place) -> dict[str, object]:
    table = "Дата\tСобытие\n05.12.2026\tЯрмарка"
    return {"organization": place.organization.pk, "kind": "event", "text": table}


def _pack(place: Place) -> dict[str, object]:
    return {
        "organization": place.organization.pk,
        "title": "Прививки",
        "text": "Где и когда сделать прививку.",
        "format": place.draft.format_id,
        "publish_from": "2026-12-01",
        "publish_to": "2026-12-10",
    }


def _invitation(place: Place) -> dict[str, object]:
    return {
        "last_name": "Новикова",
        "first_name": "Анна",
        "email": "novikova@example.org",
        "organization": place.organization.pk,
        "role": "editor",
    }


def _passwords(*names: str) -> Data:
    return lambda _place: dict.fromkeys(names, NEW_PASSWORD)


def _buttons_only(place: Place) -> dict[str, object]:
    return {}


def _verified(place: Place) -> dict[str, object]:
    asked = CheckItem.used_for(CheckUse.REVIEW)
    return {"account": place.account.pk, **{f"check-item_{item.pk}": "yes" for item in asked}}


# What a form carries so that whoever may do the thing does it: a refusal must not come from an empty field.
DATA: dict[str, Data] = {
    "registry:account_suspend": lambda p: {"reason": "Ремонт"},
    "registry:verification_list": _verified,
    "registry:account_trust": lambda p: {"checked_on": "2026-11-25", "state_state_mark": "no"},
    "registry:account_archive": lambda p: {"kind": "gone", "closed_on": "2026-11-01", "reason": "Удалена"},
    "registry:proposal_accept": _acceptance,
    "registry:proposal_reject": lambda p: {"reason": "Страница не открывается"},
    "registry:import_create": lambda p: {"table": "Орган\tСсылка\nUrtam\tvk.com/urtam_table"},
    "registry:import_columns": lambda p: {"column_0": "body"},
    "registry:import_row_mend": lambda p: {"body": "Никто"},
    "registry:account_create": _account,
    "registry:account_edit": lambda p: {**_account(p), "url": p.account.url},
    "registry:fake_report": _report,
    "registry:own_act_detail": lambda p: {"seen": "none", "state": "draft"},
    "registry:own_act_file": lambda p: {"file": SimpleUploadedFile("акт.pdf", PDF)},
    "registry:legal_act_create": lambda p: {"title": "Распоряжение", "organization": p.organization.pk},
    "registry:legal_act_edit": lambda p: {"title": "Распоряжение о страницах", "organization": p.organization.pk},
    "registry:legal_act_file": lambda p: {"file": SimpleUploadedFile("акт.pdf", PDF + b"%")},
    "registry:security_answer": lambda p: {"done_on": "2026-11-25", f"item_{SecurityItem.objects.get().pk}": "yes"},
    "registry:account_lost": lambda p: {"note": "Чужие записи с утра"},
    "registry:holder_create": lambda p: {"name": "Белова Нина", "level": "owner", "since": "2026-11-01"},
    "registry:holder_end": lambda p: {"until": "2026-11-25"},
    "registry:handover_create": _handover,
    "registry:fake_edit": lambda p: {"state": "gone"},
    "registry:closed_look": lambda p: {"finding": "free"},
    "registry:report_confirm": lambda p: {"organization": p.organization.pk, "seen_on": "2026-11-25"},
    "registry:report_reject": lambda p: {"answer": "Это страница жителя"},
    "contentplan:plan_hand_in": lambda p: {"reason": "Отпуск специалиста"},
    "contentplan:plan_publications": lambda p: {f"link-{p.placement.pk}": f"{p.account.url}?w=wall-1_77"},
    "contentplan:export_create": lambda p: {"first": NEXT.monday, "last": NEXT.sunday, "format": "xlsx"},
    "contentplan:import_create": lambda p: {"table": "Дата\tТема\n03.12.2026\tСход граждан"},
    "contentplan:import_columns": lambda p: {"column_0": "when"},
    "contentplan:import_row_mend": lambda p: {"when": "03.12.2026 12:00", "topic": "Субботник"},
    "contentplan:post_check": _post,
    "contentplan:media_upload": lambda p: {"files": SimpleUploadedFile("план.pdf", PDF)},
    "contentplan:draft_save": lambda p: {"key": "new", "topic": "Субботник"},
    "contentplan:post_create": _post,
    "contentplan:post_move": lambda p: {"to": "2026-12-03", "revision": 1},
    "contentplan:slot_list": lambda p: {"weekdays": ["2"], "at": "12:00", "accounts": [p.account.pk]},
    "contentplan:repetition_create": lambda p: {
        "topic": "Приём граждан",
        "weekday": "2",
        "at": "14:00",
        "every_weeks": "1",
        "accounts": [p.account.pk],
        "starts_on": "2026-12-01",
        "format": p.draft.format_id,
    },
    "contentplan:repetition_skip": lambda p: {"on": "2026-12-04"},
    "contentplan:template_create": lambda p: {"name": "Отключение воды"},
    "contentplan:template_edit": lambda p: {"name": "Отключение света"},
    "contentplan:idea_create": lambda p: {"topic": "Рассказать о библиотеке"},
    "contentplan:idea_plan": lambda p: {"to": "2026-12-03"},
    "contentplan:post_edit": _post,
    "contentplan:post_submit": lambda p: {"revision": 1},
    "contentplan:post_approve": lambda p: {"revision": 1},
    "contentplan:post_return": lambda p: {"revision": 1, "remark_1": "Добавьте место и время"},
    "contentplan:post_correct": lambda p: {
        "revision": 1,
        "day": "2026-12-01",
        "time": "11:00",
        "topic": "Сход граждан",
        "text": "Мост откроют в субботу.",
    },
    "contentplan:post_withdraw": lambda p: {"revision": 1},
    "contentplan:post_note": lambda p: {"text": "Согласовать с МЧС"},
    "contentplan:post_occasion": lambda p: {"occasion": _occasion_of(p)[0]},
    "contentplan:plan_approve": lambda p: {"post": f"{p.submitted.pk}:1"},
    "contentplan:post_hold": lambda p: {"revision": 1, "reason": "Уточняем дату"},
    "contentplan:post_resume": lambda p: {"revision": 1},
    "contentplan:post_cancel": lambda p: {"revision": 1, "reason": "Мероприятие отменили"},
    "contentplan:post_restore": lambda p: {"revision": 1},
    "contentplan:post_missed": lambda p: {"reason": "forgot"},
    "contentplan:post_urgent": _urgent,
    "contentplan:post_look_over": lambda p: {"revision": 1},
    "contentplan:stop_create": lambda p: {
        "organization": p.organization.pk,
        "kind": "mourning",
        "reason": "Траур",
        "confirmed": "yes",
    },
    "contentplan:publish": _link,
    "contentplan:publication_add": _link,
    "moderation:rule_create": lambda p: {"flag": "insult", "kind": "word", "pattern": "выжига", "alone": "yes"},
    "moderation:rule_switch": lambda p: {"flag": "insult", "kind": "word", "pattern": "дебил", "on": "0"},
    "moderation:text_try": lambda p: {"text": "Когда починят дорогу?"},
    "contentplan:occasion_create": _occasion,
    "contentplan:occasion_edit": _occasion,
    "contentplan:occasion_import": _occasions,
    "contentplan:occasion_link": lambda p: {"post": p.draft.pk},
    "contentplan:pack_create": _pack,
    "contentplan:pack_edit": _pack,
    "contentplan:pack_send": lambda p: {"bodies": [p.organization.pk]},
    "contentplan:pack_extend": lambda p: {"publish_to": "2026-12-20"},
    "contentplan:offer_decline": lambda p: {"reason": "Уже писали об этом"},
    "moderation:message_create": _message,
    "moderation:message_author": lambda p: {"number": "id5", "reason": "Возражает против удаления"},
    "moderation:message_look": lambda p: {"look_reason": "Перезвонить"},
    "moderation:message_forward": lambda p: {
        "to": Organization.objects.get(path=p.organization.path[:4]).pk,
        "note": "Это ваша дорога",
    },
    "moderation:message_merge": lambda p: {"title": "Мост", "chosen": [p.reply.message_id]},
    "moderation:message_bulk": lambda p: {"do": "close", "reason": "Благодарность", "chosen": [p.message.pk]},
    "moderation:import_create": lambda p: {"table": "Дата\tТекст\tСтраница\n26.11.2026\tГде мост?\tnovaya"},
    "moderation:import_columns": lambda p: {"column_0": "when"},
    "moderation:import_row_mend": lambda p: {"text": "Где мост?"},
    "moderation:message_step": lambda p: {"step": "close", "reason": "Благодарность"},
    "moderation:reply_save": lambda p: {"text": "Мост чинят.", "revision": 0},
    "moderation:reply_autosave": lambda p: {"text": "Мост чинят.", "revision": 0},
    "moderation:reply_withdraw": lambda p: {"revision": 1},
    "moderation:reply_send": lambda p: {**_seen(p.approved_reply), "link": f"{p.account.url}?w=wall-1_1"},
    "moderation:reply_approve": lambda p: _seen(p.reply),
    "moderation:reply_correct": lambda p: {**_seen(p.reply), "text": "Мост починят."},
    "moderation:reply_return": lambda p: {"revision": 1, "remark_1": "Короче"},
    "moderation:reply_template_create": _reply_template,
    "moderation:reply_template_edit": _reply_template,
    "moderation:message_removal": lambda p: {
        "chosen": [p.message.pk],
        "ground": Ground.objects.get(slug="spam").pk,
        "measure": "removed",
        "is_criticism": "no",
    },
    "moderation:decision_create": _decision,
    "moderation:pending_decide": lambda p: {"verdict": "no", "explanation": "Это критика"},
    "moderation:objection_decide": lambda p: {"verdict": "no", "answer": "Это реклама"},
    "moderation:objection_create": lambda p: {**_report(p), "words": "Это не реклама"},
    "moderation:objection_outcome": lambda p: {"number": p.decision.label, "code": p.objection_code},
    "moderation:decision_reverse": lambda p: {"explanation": "Это была критика"},
    "moderation:decision_lift": lambda p: {"explanation": "Сняли раньше срока"},
    "compliance:circumstance_create": _circumstance,
    "people:user_invite": _invitation,
    "people:membership_create": lambda p: {"organization": p.organization.pk, "role": "observer"},
    "people:absence_list": lambda p: {"starts_on": "2027-02-01", "ends_on": "2027-02-14", "deputy": p.invitee.pk},
    "people:key_create": lambda p: {
        "name": "Сайт",
        "organization": p.organization.pk,
        "scopes": ["registry:read"],
        "last_day": "2026-12-31",
    },
    "people:mail_choice": lambda p: {"mail_choice": "daily"},
    "people:invitation_accept": _passwords("password", "again"),
    "people:display": lambda p: {"size": "125", "contrast": "usual", "spacing": "usual", "font": "usual"},
    "account_login": lambda p: {"login": p.colleague.username, "password": "a good long password"},
    "account_change_password": lambda p: {
        "oldpassword": "a good long password",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    },
    "account_reset_password": lambda p: {"email": p.colleague.email},
}


# --- asking -------------------------------------------------------------------------------------


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that were written to inside: reading all of them after each request would take minutes."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.search(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def rows_of(model: type[Model]) -> list[Any]:
    """All rows of a table, without what a mere sign-in writes."""
    fields = [field.attname for field in model._meta.concrete_fields if field.name != "last_login"]
    return sorted(model._default_manager.values_list(*fields), key=repr)


def everything() -> dict[str, list[Any]]:
    """All rows of all tables by the table's name; sessions come and go."""
    return {
        model._meta.db_table: rows_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model is not Session
    }


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def like(client: Client) -> Client:
    """A browser that is signed in as this one is, and knows nothing of what this one does from now on."""
    another = Client(raise_request_exception=False)
    another.cookies.load({name: cookie.value for name, cookie in client.cookies.items()})
    return another


def url_of(row: Row, place: Place) -> str:
    return reverse(row.address, args=ARGS.get(row.name, _nothing)(place))


# The form comes back with what was typed: under which status.
FORM_AGAIN = {"form": 200, "refused": 400}


def expected(row: Row, name: str, *, strange: bool) -> int:
    """What the table says; a number in its last column is for those who are signed in."""
    own = int(row.cells[name])
    if not strange or row.strange == "same":
        return own
    if row.strange == "named":
        return 404 if own == 302 and name != "visit" else own
    if row.strange in FORM_AGAIN:
        return FORM_AGAIN[row.strange] if own == 302 and name != "visit" else own
    return 302 if name == "visit" and own == 302 else int(row.strange)


def trace(row: Row, status: int, before: dict[str, list[Any]], tables: set[str]) -> str:
    """Whether the answer and what happened agree: nothing may change by a refusal, something must by "done"."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    known = sorted(tables & before.keys())
    changed = [table for table in known if rows_of(models[table]) != before[table]]
    if status == 200 and row.name in REMEMBERS:
        return ""
    if status != 302 and changed:
        return f", yet {', '.join(changed)} changed"
    return "" if changed or status != 302 or row.name in LEAVES_NO_TRACE else ", yet nothing changed"


@pytest.fixture(params=PEOPLE)
def name(request: pytest.FixtureRequest) -> str:
    """A column of the table."""
    column: str = request.param
    return column


# --- the walk -----------------------------------------------------------------------------------


def test_every_address_has_a_row() -> None:
    rows = {row.address for row in ROWS} | admin_pages()

    assert sorted({name for name, _view in patterns(get_resolver())} ^ rows) == []


def test_every_form_that_does_something_has_its_data() -> None:
    """Buttons without fields aside, `DATA` and `ARGS` speak of rows that exist."""
    known = {row.name for row in ROWS}

    assert sorted((DATA.keys() | ARGS.keys()) - known) == []


def test_pages_open_without_sign_in_stand_by_name_in_one_list() -> None:
    unguarded = {name for name, view in patterns(get_resolver()) if not getattr(view, "login_required", True)}

    assert sorted(unguarded) == sorted(OPEN)


def test_no_other_page_lets_a_visitor_in() -> None:
    let_in = {row.address for row in ROWS if row.cells["visit"] in ("200", "400", "401")}

    assert sorted(let_in | LEADS_ON) == sorted(OPEN)


@pytest.mark.parametrize("strange", [False, True], ids=["own", "strange"])
def test_pages(name: str, strange: bool, places: dict[str, Place], people: dict[str, User | None]) -> None:
    place, client = places[STRANGE[name] if strange else "urtam"], client_of(people[name])
    wrong = []

    for row in ROWS:
        if row.method == "GET" and not (strange and row.strange == "same"):
            with undone():
                response = client.get(url_of(row, place))
                status = response.status_code
                b"".join(response)  # a file is closed when it has been read
            wanted = expected(row, name, strange=strange)
            if status != wanted:
                wrong.append(f"{row.name}: {status}, not {wanted}")

    assert wrong == []


@pytest.mark.parametrize("strange", [False, True], ids=["own", "strange"])
def test_actions(name: str, strange: bool, places: dict[str, Place], people: dict[str, User | None]) -> None:
    place, signed_in = places[STRANGE[name] if strange else "urtam"], client_of(people[name])
    before, wrong = everything(), []

    for row in ROWS:
        if row.method != "POST" or (strange and row.strange == "same"):
            continue
        with undone():
            url, data = url_of(row, place), DATA.get(row.name, _buttons_only)(place)
            with written() as tables:
                status = like(signed_in).post(url, data).status_code
            wanted = expected(row, name, strange=strange)
            refused = name == "visit" and row.address not in OPEN
            odd = trace(row, 403 if refused else status, before, tables) if row.name != "account_reset_password" else ""
            if status != wanted or (odd and not _is_moot(row, name)):
                wrong.append(f"{row.name}: {status}, not {wanted}{odd}")

    assert wrong == []


def _is_moot(row: Row, name: str) -> bool:
    """Nobody has a first page of the admin to sign out from."""
    return row.name == "admin:logout" and name == "nobody"


# Who reloads a refusal, or signs in anew in the middle of a form, comes to its page: `contentplan.views.back.form_of`.
LED_TO_THEIR_PAGE = {
    f"contentplan:{name}"
    for name in (
        "offer_decline",
        "offer_take",
        "pack_delete",
        "pack_extend",
        "pack_recall",
        "pack_send",
        "plan_approve",
        "plan_copy",
        "plan_hand_in",
        "plan_publications",
        "post_acknowledge",
        "post_answer",
        "post_approve",
        "post_cancel",
        "post_claim",
        "post_delete",
        "post_hold",
        "post_look_over",
        "post_missed",
        "post_move",
        "post_note",
        "post_occasion",
        "post_release",
        "post_restore",
        "post_resume",
        "post_return",
        "post_submit",
        "post_undo",
        "post_withdraw",
        "stop_lift",
    )
} | {f"moderation:{name}" for name in ("reply_save", "message_step", "message_look", "message_merge", "message_bulk")}


def test_an_address_of_an_action_is_no_page(places: dict[str, Place], people: dict[str, User | None]) -> None:
    pages = {row.name for row in ROWS if row.method == "GET"}
    client = client_of(people["coord"])

    answers = {row.name: client.get(url_of(row, places["urtam"])).status_code for row in ROWS if row.name not in pages}

    assert {name for name, status in answers.items() if status != 405} == LED_TO_THEIR_PAGE


# --- the admin ----------------------------------------------------------------------------------


def admin_answers(word: str, *, is_told: bool) -> dict[tuple[str, str], int]:
    """Method and page → answer, for a word of the admin's table; `is_told`: the history may be read."""
    words = ANSWERS[word]
    return {
        ("GET", "changelist"): words["changelist"],
        ("GET", "add"): words["add"],
        ("POST", "add"): words["add"],
        ("GET", "change"): words["change"],
        # An empty form comes back; who only looks is refused.
        ("POST", "change"): 403 if word == "see" else words["change"],
        ("GET", "delete"): 404 if word == "-" else 403,
        ("POST", "delete"): 404 if word == "-" else 403,
        ("GET", "history"): 302 if is_told else 404,
    }


def ask_admin(client: Client, model: str, method: str, page: str, pk: object) -> int:
    url = reverse(f"admin:{model}_{page}", args=[pk] if page in ("change", "delete", "history") else [])
    with undone():
        response = client.get(url) if method == "GET" else client.post(url)
    status: int = response.status_code
    return status


def is_audited(model: str) -> bool:
    return apps.get_model(model.replace("_", ".")) in owners


def test_admin_pages(name: str, places: dict[str, Place], people: dict[str, User | None]) -> None:
    before, wrong = everything(), []
    client = client_of(people[name])

    for (model,), cells, _strange in ADMIN_ROWS:
        word = cells.get(name, "")
        told = name == "admin" and is_audited(model)
        answers = admin_answers(word or "-", is_told=told)
        for (method, page), status in answers.items():
            wanted = status if word else 302  # visitors and people without a role are led away
            found = ask_admin(client, model, method, page, ROW_OF[model](places["urtam"]).pk)
            if found != wanted:
                wrong.append(f"{method} {model}_{page}: {found}, not {wanted}")

    assert wrong == []
    assert everything() == before


def test_admin_pages_of_strangers(name: str, places: dict[str, Place], people: dict[str, User | None]) -> None:
    before, wrong = everything(), []
    client, place = client_of(people[name]), places[STRANGE[name]]
    wanted = 302 if name in ("visit", "nobody") else 404

    for (model,), _cells, strange in ADMIN_ROWS:
        for method, page in [
            ("GET", "change"),
            ("POST", "change"),
            ("GET", "delete"),
            ("POST", "delete"),
            ("GET", "history"),
        ]:
            found = ask_admin(client, model, method, page, ROW_OF[model](place).pk)
            if strange == "404" and found != wanted:
                wrong.append(f"{method} {model}_{page}: {found}, not {wanted}")

    assert wrong == []
    assert everything() == before


def test_admin_lists_name_only_what_is_in_reach(
    name: str, places: dict[str, Place], people: dict[str, User | None]
) -> None:
    user, seen = people[name], []
    if name in ("visit", "nobody"):
        return

    for (model,), cells, strange in ADMIN_ROWS:
        if cells[name] == "-" or strange == "same":
            continue
        response = client_of(user).get(reverse(f"admin:{model}_changelist"))
        shown = {row.pk for row in response.context["cl"].result_list}
        assert ROW_OF[model](places["urtam"]).pk in shown or model == "people_auditentry", model
        if ROW_OF[model](places[STRANGE[name]]).pk in shown:
            seen.append(model)

    assert seen == []


def test_every_admin_page_is_scoped() -> None:
    assert [page for page in admin.site._registry.values() if not isinstance(page, ScopedAdmin)] == []
