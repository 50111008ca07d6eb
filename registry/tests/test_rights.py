"""Who holds the rights to an account, and the act by which they are handed over (order, cl. 2.3)."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from people.http import TooLate
from people.models import Organization, User
from people.tests.office import converted, pdf_text
from registry.models import Account, Handover, RightsHolder
from registry.security import handover_docx, holders
from registry.security.holders import Person

SINCE, LEFT = date(2026, 1, 12), date(2026, 11, 20)
KEDROVA, BELOVA = Person("Кедрова Мария", "управляющий делами"), Person("Белова Нина", "специалист")
pytestmark = pytest.mark.django_db


@pytest.fixture
def held(editor: User, urtam_vk: Account, urtam_ok: Account) -> list[RightsHolder]:
    """Kedrova owns both pages."""
    return [holders.add(one, KEDROVA, level="owner", since=SINCE, by=editor) for one in (urtam_vk, urtam_ok)]


@pytest.fixture
def handover(held: list[RightsHolder], urtam: Organization, editor: User) -> Handover:
    return holders.draw_up(urtam, held, taker=BELOVA, handed_on=LEFT, by=editor)


def now_held(account: Account) -> list[tuple[str, str, date]]:
    rows = RightsHolder.objects.current().filter(account=account)
    return [(one.name, one.level, one.since) for one in rows]


def test_a_person_of_the_portal_is_entered_by_a_choice(client: Client, editor: User, urtam_vk: Account) -> None:
    client.force_login(editor)

    client.post(
        reverse("registry:holder_create", args=[urtam_vk.pk]),
        {"person": editor.pk, "level": "administrator", "since": "2026-01-12"},
    )

    holder = RightsHolder.objects.get()
    assert (holder.user, holder.name, holder.level) == (editor, "Editor Имя", "administrator")


def test_nobody_is_entered_twice_at_a_time(editor: User, held: list[RightsHolder], urtam_vk: Account) -> None:
    with pytest.raises(TooLate):
        holders.add(urtam_vk, KEDROVA, level="editor", since=SINCE, by=editor)


def test_rights_end_on_a_day_and_stay_in_the_list_of_former(
    client: Client, editor: User, held: list[RightsHolder], urtam_vk: Account
) -> None:
    client.force_login(editor)

    client.post(reverse("registry:holder_end", args=[held[0].pk]), {"until": "2026-11-20"})

    page = client.get(reverse("registry:security_detail", args=[urtam_vk.pk]))
    assert (page.context["holders"], [one.until for one in page.context["former"]]) == ([], [LEFT])


def test_rights_end_once(editor: User, held: list[RightsHolder]) -> None:
    holders.end(held[0], on=LEFT, by=editor)

    with pytest.raises(TooLate):
        holders.end(held[0], on=LEFT, by=editor)


def test_an_act_is_drawn_up_for_everything_the_person_holds(
    client: Client, editor: User, held: list[RightsHolder]
) -> None:
    client.force_login(editor)

    page = client.get(reverse("registry:handover_create", args=[held[0].pk]))

    assert list(page.context["form"].initial["rights"]) == [one.pk for one in held]


def test_nobody_hands_over_to_oneself(client: Client, editor: User, held: list[RightsHolder]) -> None:
    client.force_login(editor)

    answer = client.post(
        reverse("registry:handover_create", args=[held[0].pk]),
        {"rights": [held[0].pk], "name": KEDROVA.name, "handed_on": "2026-11-20"},
    )

    assert (answer.status_code, Handover.objects.count()) == (400, 0)


def test_drawing_up_the_act_changes_no_rights(handover: Handover, urtam_vk: Account) -> None:
    assert now_held(urtam_vk) == [(KEDROVA.name, "owner", SINCE)]


def test_the_word_that_it_is_done_ends_the_rights_of_the_one_and_begins_those_of_the_other(
    client: Client, editor: User, handover: Handover, urtam_vk: Account, urtam_ok: Account
) -> None:
    client.force_login(editor)

    client.post(reverse("registry:handover_done", args=[handover.pk]))

    handover.refresh_from_db()
    assert [now_held(urtam_vk), now_held(urtam_ok)] == [[(BELOVA.name, "owner", LEFT)]] * 2
    assert {one.until for one in RightsHolder.objects.filter(name=KEDROVA.name)} == {LEFT}
    assert (handover.done_by, handover.is_done) == (editor, True)


def test_a_handover_is_confirmed_once(editor: User, handover: Handover) -> None:
    holders.hand_over(handover, by=editor)

    with pytest.raises(TooLate):
        holders.hand_over(handover, by=editor)


def test_whoever_takes_over_keeps_the_rights_held_before(editor: User, handover: Handover, urtam_vk: Account) -> None:
    holders.add(urtam_vk, BELOVA, level="administrator", since=SINCE, by=editor)

    holders.hand_over(handover, by=editor)

    assert now_held(urtam_vk) == [(BELOVA.name, "administrator", SINCE)]


def test_the_act_lists_the_accounts_with_places_for_signatures(
    handover: Handover, urtam: Organization, tmp_path: Path
) -> None:
    content = handover_docx.make(handover)

    rows = [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[0].rows]
    assert rows[1:] == [
        ["1", "ВКонтакте", "Urtam официально\nvk.com/urtam_demo", "владелец", "12.01.2026"],
        ["2", "Одноклассники", "Urtam официально\nok.ru/group/1001", "владелец", "12.01.2026"],
    ]
    text = " ".join(pdf_text(converted(content, "docx", "pdf", tmp_path), tmp_path).split())
    wanted = [urtam.name, "20» ноября 2026 г.", f"Передал: {KEDROVA.name}", f"Принял: {BELOVA.name}", "(подпись)"]
    assert [word for word in wanted if word not in text] == []
