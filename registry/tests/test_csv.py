"""The registry as a table: what Excel opens, and what can never run in it."""

import csv
import io
from datetime import date
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import make_account, make_organization
from people.models import Organization, User
from registry import actions
from registry.models import Account, LegalAct, SocialNetwork
from registry.tests.conftest import CSV, text_of

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Номер записи",
    "Орган",
    "Сеть",
    "Страница",
    "Ссылка",
    "Имя в адресе",
    "Статус",
    "Ведётся с",
    "Закрыта",
    "Проверена",
    "Правовой акт",
    "Ответственная должность",
    "Рабочий телефон",
    "Рабочая почта",
    "Описание страницы",
    "Постоянный номер в сети",
    "Код статуса",
    "Код сети",
    "Код органа",
    "Код ОКТМО",
    "Официальный сайт органа",
    "Отметка «Госорганизация»",
    "Подключена к «Госпабликам»",
    "Виджет «Высказать мнение»",
    "Виджет «Сообщить о проблеме»",
    "Комментарии открыты",
    "Подписчики",
    "Подписчики посчитаны на дату",
    "Номер в перечне Роскомнадзора",
    "Карточка записи",
]


def table(client: Client, **query: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text_of(client, CSV, **query).removeprefix("\ufeff"), newline="")))


def test_a_row_tells_everything_public(
    client: Client, urtam: Organization, vk: SocialNetwork, the_order: LegalAct, coordinator: User
) -> None:
    account = make_account(
        urtam,
        vk,
        "urtam",
        opened_on=date(2023, 3, 1),
        legal_act=the_order,
        responsible_post="управляющий делами",
        work_phone="8 38244 1",
        work_email="urtam@example.org",
        has_state_mark=True,
        comments_open=False,
        subscribers=1200,
        subscribers_on=date(2026, 11, 1),
    )
    actions.verify(account, by=coordinator, on=date(2026, 11, 20))

    assert table(client) == [
        HEADINGS,
        [
            str(account.pk),
            "Администрация urtam",
            "ВКонтакте",
            "Urtam официально",
            "https://vk.com/urtam",
            "urtam",
            "действует",
            "2023-03-01",
            "",
            "2026-11-20",
            the_order.title,
            "управляющий делами",
            "8 38244 1",
            "urtam@example.org",
            "",
            "",
            "active",
            "vk",
            "urtam",
            "",
            "",
            "да",
            "",
            "",
            "",
            "нет",
            "1200",
            "2026-11-01",
            "",
            f"{settings.SITE_URL}/accounts/{account.pk}/",
        ],
    ]


@time_machine.travel("2026-11-25T01:00+07:00")
def test_excel_sees_utf_8_and_a_name_with_the_day_of_the_district(client: Client, urtam_vk: Account) -> None:
    response = client.get(CSV)

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined] # a streamed answer
    assert content.startswith("\ufeffНомер записи,".encode())
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = quote("Реестр аккаунтов 2026-11-25.csv")
    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=\"accounts-2026-11-25.csv\"; filename*=UTF-8''{name}"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\xa0=", "＝", "＋", "－", "＠"])
def test_no_cell_can_run_as_a_formula(
    client: Client, urtam: Organization, vk: SocialNetwork, the_order: LegalAct, start: str
) -> None:
    evil = f"{start}HYPERLINK(1)"
    Organization.objects.filter(pk=urtam.pk).update(name=evil)
    SocialNetwork.objects.filter(pk=vk.pk).update(name=evil)
    LegalAct.objects.filter(pk=the_order.pk).update(title=evil)
    make_account(
        urtam,
        vk,
        evil,
        name=evil,
        url="",
        status="suspended",
        legal_act=the_order,
        responsible_post=evil,
        work_phone=evil,
    )

    row = table(client)[1]

    assert [cell for cell in row if "HYPERLINK" in cell] == [f"'{evil}"] * 7


def test_separators_quotes_and_lines_stay_in_their_cell(client: Client, urtam: Organization, vk: SocialNetwork) -> None:
    name = 'Уртам, «село» и "округ"\nвторая строка; 100%'
    make_account(urtam, vk, "urtam", name=name)

    assert [row[3] for row in table(client)[1:]] == [name]


def test_an_empty_registry_is_a_line_of_headings(client: Client) -> None:
    assert table(client) == [HEADINGS]


def test_a_filter_that_cannot_be_is_a_sentence_and_no_file(client: Client) -> None:
    response = client.get(f"{CSV}?network=nowhere")

    assert (response.status_code, response.content.decode()) == (400, "Такой сети в реестре нет.")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(
    client: Client,
    district: Organization,
    vk: SocialNetwork,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_account(make_organization(district, f"body{number}"), vk, f"body{number}")

    with django_assert_num_queries(2):
        assert len(table(client)) == rows + 1
