"""Legal acts with files: who brings them, what may be one, and who may read them (order, cl. 4, 5)."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from conftest import make_account
from people.models import AuditEntry, Organization, User
from registry import own_act_docx, own_acts
from registry.acts import files
from registry.models import Account, ActFile, BodyAct, LegalAct, SocialNetwork

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def act(urtam: Organization) -> LegalAct:
    return LegalAct.objects.create(organization=urtam, title="Постановление о страницах", number="7")


def bring(client: Client, act: LegalAct, content: bytes, name: str = "акт.pdf") -> Any:
    address = reverse("registry:legal_act_file", args=[act.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def put(act: LegalAct | BodyAct, by: User) -> ActFile:
    return files.add(act, files.read(SimpleUploadedFile("акт.pdf", PDF)), by=by)


def status_of(client: Client, stored: ActFile) -> int:
    answer = client.get(reverse("registry:act_file", args=[stored.pk]))
    b"".join(answer)  # a file is closed when it has been read
    return answer.status_code


def with_macros() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("word/vbaProject.bin", "x")
    return content.getvalue()


def test_a_file_is_named_by_what_it_is_and_put_away_under_a_name_nobody_can_guess(
    client: Client, coordinator: User, act: LegalAct
) -> None:
    client.force_login(coordinator)

    bring(client, act, PDF, "Постановление.exe")

    stored = ActFile.objects.get()
    assert (stored.name, stored.mime, stored.added_by) == ("Постановление.pdf", "application/pdf", coordinator)
    assert "Постановление" not in str(stored.file.name)


def test_a_word_document_is_taken(client: Client, coordinator: User, act: LegalAct, urtam: Organization) -> None:
    client.force_login(coordinator)

    bring(client, act, own_act_docx.make(urtam), "акт.docx")

    assert ActFile.objects.get().name == "акт.docx"


@pytest.mark.parametrize("content", [b"MZ\x90\x00 program", b"<html><script>", with_macros(), b""])
def test_what_is_no_document_is_refused_whatever_its_name(
    client: Client, coordinator: User, act: LegalAct, content: bytes
) -> None:
    client.force_login(coordinator)

    answer = bring(client, act, content)

    assert (answer.status_code, ActFile.objects.count()) == (400, 0)


def test_a_file_that_is_too_large_is_refused(
    client: Client, coordinator: User, act: LegalAct, settings: Settings
) -> None:
    settings.MAX_DOCUMENT_BYTES = len(PDF) - 1
    client.force_login(coordinator)

    answer = bring(client, act, PDF)

    assert (answer.status_code, ActFile.objects.count()) == (400, 0)


def test_the_same_file_given_twice_is_there_once(client: Client, coordinator: User, act: LegalAct) -> None:
    client.force_login(coordinator)

    for _press in range(2):
        bring(client, act, PDF)

    assert ActFile.objects.count() == 1


@pytest.mark.parametrize(("published", "status"), [(False, 404), (True, 200)])
def test_a_visitor_reads_files_of_published_acts_only(
    client: Client, coordinator: User, act: LegalAct, published: bool, status: int
) -> None:
    stored = put(act, coordinator)
    LegalAct.objects.filter(pk=act.pk).update(is_published=published)

    answer = status_of(client, stored)

    assert answer == status


def test_a_file_is_saved_and_runs_nothing(client: Client, coordinator: User, act: LegalAct) -> None:
    stored = put(act, coordinator)
    client.force_login(coordinator)

    answer = client.get(reverse("registry:act_file", args=[stored.pk]))

    assert b"".join(answer) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_file_of_an_own_act_is_open_from_its_publication_on(
    client: Client, coordinator: User, urtam: Organization
) -> None:
    known: dict[str, Any] = {"number": "7", "signed_on": date(2026, 11, 20), "by": coordinator}
    own_acts.move(urtam, seen="none", to="draft", by=coordinator)
    stored, seen = put(BodyAct.objects.get(), coordinator), []

    own_acts.move(urtam, seen="draft", to="adopted", **known)
    seen.append(status_of(client, stored))
    own_acts.move(urtam, seen="adopted", to="published", url="https://a.ru/7", **known)
    seen.append(status_of(client, stored))

    assert seen == [404, 200]


def test_an_editor_brings_the_file_of_the_own_act_until_it_is_published(
    client: Client, editor: User, coordinator: User, urtam: Organization
) -> None:
    client.force_login(editor)
    address, sent = reverse("registry:own_act_file", args=[urtam.pk]), []

    sent.append(client.post(address, {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code)
    BodyAct.objects.update(state="published", number="7", signed_on=date(2026, 11, 20), url="https://a.ru/7")
    sent.append(client.post(address, {"file": SimpleUploadedFile("b.pdf", PDF + b"%")}).status_code)

    assert (sent, ActFile.objects.count()) == ([302, 403], 1)


def test_a_file_that_is_taken_out_is_gone_from_the_disk_and_stays_in_the_log(
    client: Client,
    coordinator: User,
    act: LegalAct,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stored = put(act, coordinator)
    client.force_login(coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("registry:act_file_remove", args=[stored.pk]))

    assert (ActFile.objects.count(), [path for path in media.rglob("*") if path.is_file()]) == (0, [])
    assert AuditEntry.objects.filter(object_repr="акт.pdf", action=AuditEntry.Action.DELETE).count() == 1


def test_the_card_leads_a_visitor_to_the_open_file(
    client: Client, coordinator: User, act: LegalAct, urtam: Organization, vk: SocialNetwork
) -> None:
    account: Account = make_account(urtam, vk, "urtam_act", legal_act=act)
    stored = put(act, coordinator)
    address, seen = reverse("registry:act_file", args=[stored.pk]), []

    for published in (False, True):
        LegalAct.objects.filter(pk=act.pk).update(is_published=published)
        seen.append(address in client.get(reverse("registry:account_detail", args=[account.pk])).content.decode())

    assert seen == [False, True]


def test_an_act_is_kept_by_the_department_and_the_change_is_in_the_log(
    client: Client, coordinator: User, act: LegalAct, urtam: Organization
) -> None:
    client.force_login(coordinator)

    client.post(
        reverse("registry:legal_act_edit", args=[act.pk]),
        {"organization": urtam.pk, "title": act.title, "number": "8", "is_published": "on"},
    )

    act.refresh_from_db()
    assert (act.number, act.is_published) == ("8", True)
    assert AuditEntry.objects.filter(object_repr=act.title, actor=coordinator).count() == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("legal_act_list", 7), ("own_act_list", 8)])
def test_the_lists_cost_the_same_at_one_row_and_at_three(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    coordinator: User,
    chilino: Organization,
    urtam: Organization,
    page: str,
    queries: int,
    rows: int,
) -> None:
    for number in range(rows):
        put(LegalAct.objects.create(organization=urtam, title=f"Акт {number}"), coordinator)
    client.force_login(coordinator)
    client.get(reverse(f"registry:{page}"))

    with django_assert_num_queries(queries):
        client.get(reverse(f"registry:{page}"))
