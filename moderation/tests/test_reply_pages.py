"""The reply on the page of its message, the approver's queue and page, what checks find, templates."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from moderation.models import Message, Reply, ReplyLimit, ReplyStatus, ReplyTemplate, State, ToneWord
from moderation.replies import checks, path, sending, spelling, templates, wordings
from moderation.tests.replying import LINK, TEXT, ask, reply_to
from people.models import Organization, User
from registry.models import Account, SocialNetwork

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # Tuesday, 10:00 in Tomsk
pytestmark = pytest.mark.django_db


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="100")
    urtam_vk.refresh_from_db()
    return ask(urtam_vk, NOW, editor)


def page_of(client: Client, user: User, name: str, *args: object) -> str:
    client.force_login(user)
    return client.get(reverse(f"moderation:{name}", args=args)).content.decode()


def post(client: Client, user: User, name: str, pk: int, **data: object) -> str:
    """Follows to the page it leads to."""
    client.force_login(user)
    return client.post(reverse(f"moderation:{name}", args=[pk]), data, follow=True).content.decode()


def test_the_whole_way_by_pages(client: Client, message: Message, editor: User, coordinator: User) -> None:
    post(client, editor, "reply_save", message.pk, text="Мост починят до 1 декабря.", revision=0, submit=1)
    reply = Reply.objects.get()
    seen = {"revision": 1, "thread": message.pk}
    post(client, coordinator, "reply_correct", reply.pk, text="Мост починят до 10 декабря.", **seen)
    told = page_of(client, editor, "message_detail", message.pk)
    seen["revision"] = 2
    done = post(client, editor, "reply_send", message.pk, link=LINK, **seen)

    assert ("<del>" in told, "<ins>" in told, "Скопируйте текст" in told) == (True, True, True)
    assert "Ответ размещён" in done
    assert (Message.objects.get().state, Reply.objects.get().link) == (State.ANSWERED, LINK)


def test_a_wrong_link_is_a_sentence_and_stays_typed(
    client: Client, message: Message, editor: User, coordinator: User
) -> None:
    reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)

    seen = {"revision": 1, "thread": message.pk}
    page = post(client, editor, "reply_send", message.pk, link="https://vk.com/wall-999_5", **seen)

    assert 'value="https://vk.com/wall-999_5"' in page
    assert Reply.objects.get().status == ReplyStatus.APPROVED


def test_what_the_checks_find_is_asked_once(client: Client, message: Message, editor: User) -> None:
    ToneWord.objects.create(words="принять к сведению", advice="скажите, что сделаете")
    text = "Ваше замечание приняли к сведению."

    asked = post(client, editor, "reply_save", message.pk, text=text, revision=0, submit=1)
    assert ("скажите, что сделаете" in asked, Reply.objects.get().status) == (True, ReplyStatus.DRAFT)
    post(client, editor, "reply_save", message.pk, text=text, revision=1, submit=1, confirm="on")
    assert Reply.objects.get().status == ReplyStatus.SUBMITTED


def test_a_reply_longer_than_the_network_takes_cannot_be_sent(
    client: Client, message: Message, urtam_vk: Account, editor: User
) -> None:
    assert urtam_vk.network
    ReplyLimit.objects.create(network=urtam_vk.network, characters=10)

    post(client, editor, "reply_save", message.pk, text=TEXT, revision=0, submit=1, confirm="on")

    assert Reply.objects.get().status == ReplyStatus.DRAFT


@pytest.mark.parametrize(("counted_in", "found"), [("characters", 0), ("utf16", 1)])
def test_the_length_is_counted_as_the_network_counts(
    message: Message, vk: SocialNetwork, counted_in: str, found: int
) -> None:
    """Seven characters, but eleven units: an emoji is two."""
    ReplyLimit.objects.create(network=vk, characters=10, counted_in=counted_in)

    assert sum(one.stops for one in checks.of(message, "Ура🎉🎉🎉🎉")) == found


def test_a_correction_too_long_for_the_network_is_not_approved_and_stays_typed(
    client: Client, message: Message, vk: SocialNetwork, editor: User, coordinator: User
) -> None:
    ReplyLimit.objects.create(network=vk, characters=len(TEXT))
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)

    seen = {"revision": 1, "thread": message.pk}
    page = post(client, coordinator, "reply_correct", reply.pk, text=f"{TEXT} И точка.", **seen)

    assert ("Слишком длинно" in page, "И точка." in page) == (True, True)
    assert Reply.objects.get().status == ReplyStatus.SUBMITTED


def test_an_approved_reply_made_too_long_is_not_approved_again(
    client: Client, message: Message, vk: SocialNetwork, editor: User, coordinator: User
) -> None:
    ReplyLimit.objects.create(network=vk, characters=len(TEXT))
    reply = reply_to(message, ReplyStatus.APPROVED, author=editor, reviewer=coordinator)
    post(client, editor, "reply_save", message.pk, text=f"{TEXT} И точка.", revision=1, thread=message.pk, submit=1)

    told = post(client, coordinator, "reply_approve", reply.pk, revision=2, thread=message.pk)

    assert "Слишком длинно" in told
    assert Reply.objects.get().status == ReplyStatus.SUBMITTED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Здравствуйте! Улицу Полевую отсыпят щебнем.", []),
        ("Позвоните соседке, её телефон 8 913 123-45-67.", ["8 913 123-45-67"]),
        ("Вопрос {кому} передали.", ["{кому}"]),
        ("Здраствуйте! Подрядчмк работает.", ["Здраствуйте", "Подрядчмк"]),
        ("Песочнодубровский автобус отменён, нацпроект и видеосвязь в силе.", []),
        ("Это в Уртаме, у ФАП, Вася Пупкин обещал. https://pos.gosuslugi.ru/абвгд", []),
    ],
)
def test_checks_quote_what_they_find(message: Message, text: str, found: list[str]) -> None:
    assert [one.quote for one in checks.of(message, text)] == found


def test_names_of_the_bodies_are_known_in_every_form() -> None:
    assert spelling.unknown("Чилинская школа.") != []
    assert spelling.unknown("Чилинская школа.", {"чилинского", "чилино"}) == []


def test_a_word_that_came_out_once_is_not_asked_about_again(
    message: Message, urtam_vk: Account, editor: User, coordinator: User
) -> None:
    reply = wordings.begin(message, "Еловка: расчистят завтра.", is_interim=False, by=editor)
    path.submit(reply, revision=1, by=editor)
    path.approve(reply, revision=1, thread=message.pk, by=coordinator)
    next_one = ask(urtam_vk, NOW, editor, external_id="78")
    assert [one.quote for one in checks.of(next_one, "Еловка без света.")] == ["Еловка"]

    sending.send(reply, link=LINK, revision=1, thread=message.pk, by=editor)

    assert checks.of(next_one, "Еловка без света.") == []


def test_the_dictionary_offers_what_was_meant() -> None:
    assert spelling.unknown("подрядчмк колличество") == [("подрядчмк", ["подрядчик"]), ("колличество", ["количество"])]


def test_a_template_is_filled_in_for_the_message(client: Client, message: Message, urtam: Organization) -> None:
    text = templates.filled("{приветствие} {орган}: {куда писать официально} {что}", message)

    assert text.startswith(f"Здравствуйте! {urtam.name}: Комментарий не является")
    assert (templates.FORMAL_APPEALS in text, text.endswith("{что}")) == (True, True)


@pytest.mark.parametrize(
    ("author", "said"),
    [
        ("Анна Кузнецова", "Здравствуйте, Анна!"),
        ("Котик007", "Здравствуйте!"),
        ("Анна", "Здравствуйте!"),
        ("", "Здравствуйте!"),
    ],
)
def test_only_who_goes_by_a_name_is_greeted_by_it(author: str, said: str) -> None:
    assert templates.greeting(author) == said


def test_templates_of_other_bodies_are_not_offered(
    client: Client, message: Message, editor: User, urtam: Organization, chilino: Organization, district: Organization
) -> None:
    for body, name in ((urtam, "Своё"), (district, "Районное"), (None, "Общее"), (chilino, "Чужое")):
        ReplyTemplate.objects.create(organization=body, name=name, text="…")

    page = page_of(client, editor, "message_detail", message.pk)

    assert [name in page for name in ("Своё", "Районное", "Общее", "Чужое")] == [True, True, True, False]


def test_a_body_keeps_its_own_templates_only(client: Client, editor: User, district: Organization) -> None:
    common = ReplyTemplate.objects.create(name="Общее", text="…")
    client.force_login(editor)

    edit = client.get(reverse("moderation:reply_template_edit", args=[common.pk]))
    create = client.post(reverse("moderation:reply_template_create"), {"name": "Всем", "text": "…", "organization": ""})

    assert (edit.status_code, create.status_code, ReplyTemplate.objects.count()) == (403, 200, 1)


def test_the_draft_is_kept_by_itself_and_seen_by_colleagues(
    client: Client, message: Message, editor: User, moderator: User
) -> None:
    client.force_login(editor)
    address = reverse("moderation:reply_autosave", args=[message.pk])
    told = client.post(address, {"text": "Мост", "revision": 0}).json()
    again = client.post(address, {"text": "Мост чинят", "revision": told["revision"]}).json()

    assert (again["revision"], Reply.objects.get().text) == (2, "Мост чинят")
    page = page_of(client, moderator, "message_detail", message.pk)
    assert ("Мост чинят" in page, "Сейчас смотрит" in page) == (True, False)
    page = page_of(client, editor, "message_detail", message.pk)
    assert moderator.short_name in page


def test_a_colleague_who_wrote_meanwhile_overwrites_nothing(
    client: Client, message: Message, editor: User, moderator: User
) -> None:
    reply = reply_to(message, ReplyStatus.DRAFT, author=moderator)

    page = post(client, editor, "reply_save", message.pk, text="Моё", revision=0)

    assert ("Моё" in page, reply.text in page, Reply.objects.get().text) == (True, True, TEXT)


def test_approval_is_for_the_department_alone(client: Client, message: Message, editor: User, moderator: User) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    client.force_login(moderator)

    answer = client.post(reverse("moderation:reply_approve", args=[reply.pk]), {"revision": 1, "thread": message.pk})

    assert (answer.status_code, Reply.objects.get().status) == (403, ReplyStatus.SUBMITTED)


def test_the_queue_stands_in_the_order_of_terms(
    client: Client, urtam_vk: Account, editor: User, coordinator: User
) -> None:
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        for number, urgent in (("1", False), ("2", True)):
            asked = ask(urtam_vk, NOW, editor, external_id=number, text=f"Вопрос {number}", is_urgent=urgent)
            reply_to(asked, ReplyStatus.SUBMITTED, author=editor)
        page = page_of(client, coordinator, "reply_queue")

    assert page.index("Вопрос 2") < page.index("Вопрос 1")
    assert ("скоро срок" in page, "в срок" in page) == (True, True)


def test_a_long_queue_takes_as_many_queries_as_a_short_one(
    client: Client,
    urtam_vk: Account,
    editor: User,
    coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(coordinator)
    for number in range(3):
        reply_to(ask(urtam_vk, NOW, editor, external_id=str(number)), ReplyStatus.SUBMITTED, author=editor)
        if number != 1:
            client.get(reverse("moderation:reply_queue"))
            with django_assert_num_queries(QUEUE_QUERIES):
                client.get(reverse("moderation:reply_queue"))


QUEUE_QUERIES = 12


def test_a_body_never_reads_replies_of_another(
    client: Client, message: Message, editor: User, chilino_editor: User, coordinator: User
) -> None:
    reply = reply_to(message, ReplyStatus.SUBMITTED, author=editor)
    path.approve(reply, revision=1, thread=message.pk, by=coordinator)
    client.force_login(chilino_editor)

    for name, pk in (("reply_detail", reply.pk), ("message_detail", message.pk)):
        assert client.get(reverse(f"moderation:{name}", args=[pk])).status_code == 404
    for name in ("message_list", "reply_template_list", "reply_terms"):
        assert "Мост" not in client.get(reverse(f"moderation:{name}")).content.decode()


def test_an_interim_reply_leaves_a_place_for_the_final_one(
    client: Client, message: Message, editor: User, coordinator: User
) -> None:
    reply = wordings.begin(message, "Разбираемся.", is_interim=True, by=editor)
    path.submit(reply, revision=1, by=editor)
    path.approve(reply, revision=1, thread=message.pk, by=coordinator)
    post(client, editor, "reply_send", message.pk, link=LINK, revision=1, thread=message.pk)

    page = page_of(client, editor, "message_detail", message.pk)
    assert ("Промежуточный ответ" in page, "Отправить на согласование" in page) == (True, True)


def test_what_was_typed_before_the_session_ended_is_there_after_signing_in(
    client: Client, message: Message, editor: User
) -> None:
    address = reverse("moderation:reply_save", args=[message.pk])
    key = f"{editor.pk}-reply-{message.pk}"
    client.post(address, {"key": key, "text": "Мост чинят.", "revision": 0, "submit": 1})

    client.post(reverse("account_login"), {"login": "editor", "password": "a good long password"})
    page = client.get(address, follow=True).content.decode()

    assert ("Мост чинят." in page, Reply.objects.count()) == (True, 0)


def test_a_text_typed_over_an_older_reply_says_so_after_signing_in(
    client: Client, message: Message, editor: User, moderator: User
) -> None:
    key = f"{editor.pk}-reply-{message.pk}"
    client.post(reverse("moderation:reply_save", args=[message.pk]), {"key": key, "text": "Моё.", "revision": 0})
    reply_to(message, ReplyStatus.DRAFT, author=moderator)

    client.post(reverse("account_login"), {"login": "editor", "password": "a good long password"})
    page = client.get(reverse("moderation:message_detail", args=[message.pk])).content.decode()

    assert ("Моё." in page, TEXT in page, "ответ изменили" in page) == (True, True, True)
