"""Several messages of the inbox are removed with one decision (procedure, cl. 7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import make_user
from moderation import actions as actions_of_journal
from moderation import journal
from moderation.inbox import actions
from moderation.models import Decision, Ground, Message, MessageKind, State
from moderation.tests.replying import ask
from people.models import Organization, User
from people.roles import Role
from registry.models import Account

pytestmark = pytest.mark.django_db
WORDS = "Заработок без вложений, пишите на 8 913 123-45-67"


@pytest.fixture
def spam(urtam_vk: Account, editor: User, grounds: dict[str, Ground]) -> list[Message]:
    return [spam_on(urtam_vk, editor, number) for number in (1, 2, 3)]


def spam_on(account: Account, by: User, number: int, **fields: Any) -> Message:
    link = f"https://vk.com/wall-100_5?reply={number}"
    at = timezone.now() - timedelta(hours=1)
    return ask(account, at, by, external_id=str(number), **{"text": f"{WORDS} {number}", "link": link, **fields})


def remove(client: Client, messages: list[Message], **more: Any) -> Any:
    chosen = [message.pk for message in messages]
    address = reverse("moderation:message_removal", query={"chosen": chosen})
    words = {"ground": Ground.objects.get(slug="spam").pk, "measure": "removed", "is_criticism": "no", **more}
    return client.post(address, {"chosen": chosen, **words})


def sentences(response: Any) -> list[str]:
    """What is said beside the messages, and above the form."""
    form = response.context["form"]
    return [*form.problems.values(), *form.non_field_errors()]


def test_the_list_leads_to_the_form_with_the_ticked_messages(client: Client, spam: list[Message], editor: User) -> None:
    client.force_login(editor)

    sent = {"do": "remove", "chosen": [spam[0].pk, spam[2].pk]}
    page = client.post(reverse("moderation:message_bulk"), sent, follow=True)

    assert [row[0] for row in page.context["rows"]] == [spam[0], spam[2]]


def test_each_message_gets_a_number_of_its_own_and_all_are_closed(
    client: Client, spam: list[Message], editor: User
) -> None:
    client.force_login(editor)

    remove(client, spam, explanation="Рассылка")

    rows = Decision.objects.order_by("number")
    assert [(row.number, row.text, row.link, row.wave_place, row.wave_size, row.explanation) for row in rows] == [
        (place, message.text, message.link, place, 3, "Рассылка") for place, message in enumerate(spam, start=1)
    ]
    assert {row.wave for row in rows} == {rows[0].wave}
    assert {(m.state, m.decision_id) for m in Message.objects.all()} == {(State.CLOSED, row.pk) for row in rows}
    assert journal.verify().ok


def test_the_journal_shows_them_as_one_line_that_leads_to_all(
    client: Client, spam: list[Message], editor: User
) -> None:
    client.force_login(editor)

    told = remove(client, spam)

    assert client.get(reverse("moderation:decision_list")).context["page"].paginator.count == 1
    assert client.get(told.url).context["page"].paginator.count == 3


def test_a_line_stands_for_them_also_where_the_filter_hides_the_first(
    client: Client, spam: list[Message], editor: User, urtam_ok: Account
) -> None:
    other = [spam_on(urtam_ok, editor, number, link="") for number in (4, 5)]
    client.force_login(editor)

    remove(client, [*spam, *other])

    page = client.get(reverse("moderation:decision_list"), {"account": urtam_ok.pk}).context["page"]
    assert [row.wave_place for row in page] == [4]


def test_a_double_click_enters_them_once(client: Client, spam: list[Message], editor: User) -> None:
    client.force_login(editor)
    key = "6d8b9a2e-7d1f-4a6b-9a55-0d4c3f1f7c11"

    first, second = (remove(client, spam, entry_key=key) for _ in range(2))

    assert (first.url, Decision.objects.count()) == (second.url, 3)


def test_one_that_is_left_ticked_is_an_ordinary_decision(client: Client, spam: list[Message], editor: User) -> None:
    client.force_login(editor)

    remove(client, spam[:1])

    assert [(row.wave, row.wave_size) for row in Decision.objects.all()] == [(None, 0)]


def test_a_private_message_is_no_spam_to_remove_and_then_nothing_is(
    client: Client, spam: list[Message], urtam_vk: Account, editor: User
) -> None:
    private = spam_on(urtam_vk, editor, 9, kind=MessageKind.PRIVATE)
    client.force_login(editor)

    told = remove(client, [*spam, private])

    assert list(told.context["form"].problems) == [private.pk]
    assert told.context["rows"][0][0] == private
    assert Decision.objects.count() == 0


def test_one_decision_is_for_one_body(
    client: Client, spam: list[Message], chilino_vk: Account, coordinator: User
) -> None:
    elsewhere = spam_on(chilino_vk, coordinator, 4)
    client.force_login(coordinator)

    told = remove(client, [*spam, elsewhere])

    assert "одного органа" in sentences(told)[0]
    assert Decision.objects.count() == 0


def test_nobody_removes_messages_of_another_body(client: Client, spam: list[Message], chilino: Organization) -> None:
    client.force_login(make_user("stranger", Role.EDITOR, chilino))

    assert (remove(client, spam).status_code, Decision.objects.count()) == (404, 0)


def test_what_a_colleague_removed_or_closed_meanwhile_is_named_and_nothing_is_done(
    client: Client, spam: list[Message], editor: User
) -> None:
    client.force_login(editor)
    remove(client, spam[:1])
    actions.close(spam[1], reason="Благодарность", by=editor)

    told = remove(client, spam)

    assert list(told.context["form"].problems) == [spam[0].pk, spam[1].pk]
    assert Decision.objects.get().label in told.context["form"].problems[spam[0].pk]
    assert Message.objects.get(pk=spam[2].pk).state == State.NEW


def test_what_waits_for_a_second_person_is_left_to_them(client: Client, spam: list[Message], editor: User) -> None:
    client.force_login(editor)
    seen = timezone.localtime(spam[0].received_at).strftime("%Y-%m-%dT%H:%M")
    words = {"account": spam[0].account_id, "kind": "comment", "text": spam[0].text, "seen_at": seen}
    spam_ground = Ground.objects.get(slug="spam").pk
    asked = {**words, "ground": spam_ground, "measure": "removed", "is_criticism": "yes", "message": spam[0].pk}
    client.post(reverse("moderation:decision_create"), asked)

    told = remove(client, spam)

    assert list(told.context["form"].problems) == [spam[0].pk]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"is_criticism": ""}, "is_criticism"),
        ({"is_criticism": "yes"}, "is_criticism"),
        ({"ground": ""}, "ground"),
        ({"measure": "blocked"}, "blocked_until"),
        ({"origin": "authority"}, "authority"),
    ],
)
def test_a_form_that_is_not_whole_is_shown_again_with_what_was_typed(
    wrong: dict[str, str], field: str, client: Client, spam: list[Message], editor: User
) -> None:
    client.force_login(editor)

    told = remove(client, spam, explanation="Рассылка", **wrong)

    assert field in told.context["form"].errors
    assert "Рассылка" in told.content.decode()
    assert Decision.objects.count() == 0


def test_a_law_needs_its_norm_once_for_all(client: Client, spam: list[Message], editor: User) -> None:
    client.force_login(editor)
    law = Ground.objects.get(slug="federal-law").pk

    told = remove(client, spam, ground=law)

    assert list(told.context["form"].errors) == ["citation"]


def test_an_unticked_message_stays_in_the_queue(client: Client, spam: list[Message], editor: User) -> None:
    client.force_login(editor)
    address = reverse("moderation:message_removal", query={"chosen": [message.pk for message in spam]})
    ground = Ground.objects.get(slug="spam").pk

    sent = {"chosen": [spam[0].pk, spam[1].pk], "ground": ground, "measure": "removed", "is_criticism": "no"}
    client.post(address, sent)

    assert list(Message.objects.filter(state=State.NEW)) == [spam[2]]


def test_telephones_are_hidden_in_the_form_and_kept_in_the_journal(
    client: Client, spam: list[Message], editor: User
) -> None:
    client.force_login(editor)
    address = reverse("moderation:message_removal", query={"chosen": [spam[0].pk]})

    page = client.get(address).content.decode()
    remove(client, spam)

    assert ("Заработок без вложений" in page, "123-45-67" in page) == (True, False)
    assert "123-45-67" in Decision.objects.order_by("number")[0].text


def test_nothing_is_entered_when_a_message_cannot_be_closed(
    client: Client, spam: list[Message], editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last of them fails: the rows of the first are taken back with it."""
    recorded = actions_of_journal.record_together

    def without_the_last(*args: Any, **kwargs: Any) -> list[Decision]:
        rows = recorded(*args, **kwargs)
        Message.objects.filter(pk=spam[2].pk).update(state=State.CLOSED, done_at=timezone.now())
        return rows

    monkeypatch.setattr(actions_of_journal, "record_together", without_the_last)
    client.force_login(editor)

    remove(client, spam)

    assert (Decision.objects.count(), Message.objects.exclude(decision=None).count()) == (0, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_asks_the_database_the_same_number_of_times(
    number: int, client: Client, spam: list[Message], editor: User, django_assert_num_queries: Any
) -> None:
    client.force_login(editor)
    address = reverse("moderation:message_removal", query={"chosen": [message.pk for message in spam[:number]]})
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)
