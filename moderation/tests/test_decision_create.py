"""The entry form: quick to fill in, exact in what it refuses, nothing twice, nothing lost."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import make_account
from moderation.models import Decision, Ground
from moderation.tests.conftest import PDF, PNG, uploaded
from people.models import Organization, User
from registry.models import Account, SocialNetwork

pytestmark = pytest.mark.django_db

URL = "/journal/new/"


@pytest.fixture
def fields(urtam_vk: Account, grounds: dict[str, Ground]) -> dict[str, Any]:
    """What a browser sends for a clear case of spam."""
    return {
        "entry_key": str(uuid.uuid4()),
        "account": urtam_vk.pk,
        "kind": "comment",
        "text": "Заработок без вложений",
        "seen_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "ground": grounds["spam"].pk,
        "measure": "removed",
        "is_criticism": "no",
    }


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_an_editor_enters_a_decision(signed_in: Client, fields: dict[str, Any], editor: User) -> None:
    response = signed_in.post(URL, {**fields, "link": "vk.com/wall-1_2", "explanation": "Третий раз за день"})

    row = Decision.objects.get()
    assert response.headers["Location"] == reverse("moderation:decision_detail", args=[1])
    assert (row.text, row.link, row.explanation) == (
        "Заработок без вложений",
        "https://vk.com/wall-1_2",
        "Третий раз за день",
    )
    assert (row.made_by, row.organization.slug, row.measure) == (editor, "urtam", "removed")


@pytest.mark.parametrize("answer", ["", "on", "True"])
def test_whether_it_is_criticism_must_be_answered(signed_in: Client, fields: dict[str, Any], answer: str) -> None:
    response = signed_in.post(URL, {**fields, "is_criticism": answer})

    assert list(errors(response)) == ["is_criticism"]
    assert not Decision.objects.exists()


def test_no_answer_stands_there_beforehand(signed_in: Client, fields: dict[str, Any]) -> None:
    page = signed_in.get(URL).content.decode()

    radios = [tag for tag in page.split("<") if 'name="is_criticism"' in tag]
    assert len(radios) == 2
    assert not [tag for tag in radios if " checked" in tag]


@pytest.mark.parametrize("slug", ["federal-law", "regional-law", "district-law"])
def test_a_legal_ground_demands_the_norm(
    slug: str, signed_in: Client, fields: dict[str, Any], grounds: dict[str, Ground]
) -> None:
    response = signed_in.post(URL, {**fields, "ground": grounds[slug].pk})

    assert errors(response) == {"citation": ["Для этого основания назовите нарушенную норму: акт, статью, часть."]}
    assert Decision.objects.count() == 0


def test_a_legal_ground_with_the_norm_is_accepted(
    signed_in: Client, fields: dict[str, Any], grounds: dict[str, Ground]
) -> None:
    signed_in.post(URL, {**fields, "ground": grounds["federal-law"].pk, "citation": "КоАП РФ, ст. 20.3.1"})

    assert Decision.objects.get().citation == "КоАП РФ, ст. 20.3.1"


def test_a_norm_left_over_from_another_ground_is_not_kept(signed_in: Client, fields: dict[str, Any]) -> None:
    signed_in.post(URL, {**fields, "citation": "осталась от другого основания"})

    assert Decision.objects.get().citation == ""


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "Укажите, до какого дня: навсегда лишать слова нельзя."),
        (timezone.localdate().isoformat(), "Последний день должен быть позже сегодняшнего."),
    ],
)
def test_a_block_needs_a_day_to_come(until: str, sentence: str, signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(URL, {**fields, "measure": "blocked", "blocked_until": until})

    assert errors(response) == {"blocked_until": [sentence]}


def test_a_block_keeps_its_day(signed_in: Client, fields: dict[str, Any]) -> None:
    day = timezone.localdate() + timedelta(days=3)

    signed_in.post(URL, {**fields, "measure": "blocked", "blocked_until": day.isoformat()})

    assert Decision.objects.get().blocked_until == day


def test_a_moment_to_come_is_refused(signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(URL, {**fields, "seen_at": "2099-01-01T10:00"})

    assert errors(response) == {"seen_at": ["Этот момент ещё не наступил."]}


def test_nobody_enters_a_restoration_as_a_measure(signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(URL, {**fields, "measure": "restored"})

    assert list(errors(response)) == ["measure"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a", "не ссылка"])
def test_a_link_is_a_web_address(link: str, signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(URL, {**fields, "link": link})

    assert list(errors(response)) == ["link"]


def test_an_account_of_another_body_is_not_a_choice(
    signed_in: Client, fields: dict[str, Any], chilino_vk: Account
) -> None:
    response = signed_in.post(URL, {**fields, "account": chilino_vk.pk})

    assert list(errors(response)) == ["account"]
    assert "Chilino официально" not in response.content.decode()


def test_a_moderator_of_the_department_enters_for_any_body(
    client: Client, moderator: User, fields: dict[str, Any], chilino_vk: Account
) -> None:
    client.force_login(moderator)

    client.post(URL, {**fields, "account": chilino_vk.pk})

    assert Decision.objects.get().organization.slug == "chilino"


def test_an_account_in_a_prohibited_network_is_not_a_choice(
    signed_in: Client, urtam: Organization, facebook: SocialNetwork, urtam_vk: Account
) -> None:
    make_account(urtam, facebook, "urtam", status="archived")

    page = signed_in.get(URL)

    assert list(page.context["form"].fields["account"].queryset) == [urtam_vk]


def test_the_only_account_is_chosen_already(signed_in: Client, urtam_vk: Account) -> None:
    page = signed_in.get(URL)

    assert page.context["form"].initial["account"] == urtam_vk.pk


def test_of_several_accounts_the_last_used_is_chosen(
    signed_in: Client, fields: dict[str, Any], urtam_vk: Account, urtam_ok: Account
) -> None:
    before = signed_in.get(URL).context["form"].initial["account"]

    response = signed_in.post(URL, {**fields, "account": urtam_ok.pk, "more": "1"})

    assert before is None
    assert response.headers["Location"] == URL
    assert signed_in.get(URL).context["form"].initial["account"] == urtam_ok.pk


def test_the_same_form_sent_twice_is_one_row(signed_in: Client, fields: dict[str, Any]) -> None:
    first = signed_in.post(URL, fields)
    second = signed_in.post(URL, fields)

    assert Decision.objects.count() == 1
    assert second.headers["Location"] == first.headers["Location"]


def test_nothing_typed_is_lost_and_files_are_asked_for_again(
    signed_in: Client, fields: dict[str, Any], grounds: dict[str, Ground]
) -> None:
    wrong = {**fields, "ground": grounds["federal-law"].pk, "explanation": "Ёмкое пояснение", "evidence": [uploaded()]}

    page = signed_in.post(URL, wrong).content.decode()

    assert "Заработок без вложений" in page
    assert "Ёмкое пояснение" in page
    assert "Выберите файлы ещё раз: браузер их не запоминает." in page


def test_evidence_is_stored_by_what_it_is_and_under_a_clean_name(signed_in: Client, fields: dict[str, Any]) -> None:
    files = [uploaded("Снимок экрана.jpg", PNG, "image/jpeg"), uploaded("справка.pdf", PDF, "application/pdf")]

    signed_in.post(URL, {**fields, "evidence": files})

    kept = [(row.name, row.content_type, row.size) for row in Decision.objects.get().evidence.all()]
    assert kept == [("Снимок экрана.png", "image/png", 70), ("справка.pdf", "application/pdf", len(PDF))]


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"<html><script>1</script>", b"MZ\x90\x00"]
)
def test_a_file_is_judged_by_its_content(content: bytes, signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(URL, {**fields, "evidence": [uploaded("снимок.png", content)]})

    assert errors(response) == {
        "evidence": ["«снимок.png» — не картинка (PNG, JPEG, WebP) и не PDF, что бы ни говорило имя."]
    }


def test_a_file_too_large_is_refused(signed_in: Client, fields: dict[str, Any], settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 60

    response = signed_in.post(URL, {**fields, "evidence": [uploaded()]})

    assert errors(response) == {"evidence": ["Файл «снимок.png» слишком большой: можно не больше 60\xa0байт."]}


def test_more_files_than_ten_are_refused(signed_in: Client, fields: dict[str, Any]) -> None:
    response = signed_in.post(URL, {**fields, "evidence": [uploaded(f"{n}.png") for n in range(11)]})

    assert errors(response) == {"evidence": ["К одному решению можно приложить не больше 10 файлов."]}


def test_an_observer_may_not_enter_decisions(client: Client, observer: User, fields: dict[str, Any]) -> None:
    client.force_login(observer)

    assert client.get(URL).status_code == 403
    assert client.post(URL, fields).status_code == 403


def test_other_methods_are_refused(signed_in: Client) -> None:
    assert signed_in.put(URL).status_code == 405


def test_a_stranger_is_sent_to_sign_in(client: Client, fields: dict[str, Any]) -> None:
    response = client.post(URL, fields)

    assert response.headers["Location"] == f"{reverse('account_login')}?next={URL}"


def test_the_grounds_are_quoted_with_a_word_on_criticism(signed_in: Client, grounds: dict[str, Ground]) -> None:
    page = signed_in.get(URL).content.decode()

    assert [name for name in (ground.name for ground in grounds.values()) if name not in page] == []
    assert "Критика и жалоба — не основание" in page


def test_the_form_takes_the_same_number_of_queries_for_any_number_of_accounts(
    signed_in: Client, urtam_vk: Account, urtam: Organization, vk: SocialNetwork, django_assert_num_queries: Any
) -> None:
    signed_in.get(URL)
    with django_assert_num_queries(8):
        signed_in.get(URL)

    make_account(urtam, vk, "second")
    make_account(urtam, vk, "third")
    with django_assert_num_queries(8):
        signed_in.get(URL)
