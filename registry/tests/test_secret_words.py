"""What looks like a password, a code or a key is refused and kept nowhere."""

import logging
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, Notice, User
from registry.models import Account, RightsHolder, SecurityItem, SecurityState
from registry.security import holders
from registry.security.forms import SECRET
from registry.security.holders import Person
from registry.security.secret_words import looks_secret

SECRETS = [
    "пароль: солнышко",
    "Пароль от страницы: мурка",
    "пароль на вход urtam77",
    "логин urtam пароль urtam1977",
    "pass password=qwerty",
    'пароль "солнышко"',
    "кодовое слово «Мурка»",
    "фраза восстановления: кот дом лес",
    "код из СМС 4821",
    "код подтверждения — 778899",
    "PIN 4455",
    "123456",
    "1234 5678 9012",
    "резервные коды 12345678 23456789 34567890",
    "Qwerty12",
    "p@ssw0rd",
    "токен 123456789:AAExampleExampleExampleExampleExample1",
    "vk1.a.abcdef",
    "otpauth://totp/page?secret=A1",
    "abandon ability able about above absent absorb abstract absurd abuse access accident",
]
WORDS = [
    "Пароль сменён 12.11.2026",
    "Пароль сменён 90 дней назад",
    "пароль 90 дней не меняли",
    "Ключ от сейфа у Кедровой",
    "резервные коды лежат в сейфе, комната 12",
    "Токен бота хранит отдел",
    "Иванова Мария Ивановна",
    "нет второго владельца, ищем до 15 декабря",
    "тел. 8 (38244) 2-12-34",
    "+7 923 123-45-67",
    "urtam@kozhevnikovo.ru",
    "https://vk.com/club123456",
    "vk.com/glashatay_demo_urtam",
    "распоряжение № 123-ра от 12.11.2026",
    "распоряжение № 1234567",
]


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_seen(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize("text", WORDS)
def test_ordinary_words_pass(text: str) -> None:
    assert not looks_secret(text)


@pytest.mark.parametrize("page", ["security_answer", "holder_create", "account_lost", "handover_create"])
def test_each_form_refuses_a_secret_and_forgets_it(
    client: Client, caplog: pytest.LogCaptureFixture, editor: User, coordinator: User, urtam_vk: Account, page: str
) -> None:
    secret = "пароль: Мурзик-77"
    item = SecurityItem.objects.create(text="Пароль сменён")
    today = date(2026, 11, 26)
    holder = holders.add(urtam_vk, Person("Кедрова Мария", ""), level="owner", since=today, by=editor)
    fields = {
        "security_answer": {"done_on": "2026-11-01", f"item_{item.pk}": "yes", f"note_{item.pk}": secret},
        "holder_create": {"name": "Белова", "job_title": secret, "level": "owner", "since": "2026-11-01"},
        "account_lost": {"note": secret},
        "handover_create": {"name": secret, "rights": [holder.pk], "handed_on": "2026-11-01"},
    }
    before = (RightsHolder.objects.count(), Notice.objects.count(), AuditEntry.objects.count())
    client.force_login(editor)
    pk = holder.pk if page == "handover_create" else urtam_vk.pk

    with caplog.at_level(logging.DEBUG):
        answer = client.post(reverse(f"registry:{page}", args=[pk]), fields[page])

    assert (answer.status_code, str(SECRET) in answer.content.decode()) == (400, True)
    assert "Мурзик" not in answer.content.decode() + caplog.text
    assert (RightsHolder.objects.count(), Notice.objects.count(), AuditEntry.objects.count()) == before
    assert (SecurityState.objects.count(), Account.objects.get().status) == (0, "active")
