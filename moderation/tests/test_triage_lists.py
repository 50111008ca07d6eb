"""The lists of triage in the portal: who keeps them, when a change is seen, the text that is tried and not kept."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from moderation.models import TriageRule
from moderation.triage import actions, lists
from moderation.triage.rule import shipped
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db

RULES, NEW, SWITCH, TRY = "/journal/rules/", "/journal/rules/new/", "/journal/rules/switch/", "/journal/text/"
SHIPPED = {"flag": "insult", "kind": "word", "pattern": "дебил"}
OWN = {"flag": "insult", "kind": "word", "pattern": "выжига", "alone": "yes", "note": "местное слово"}


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three shipped rules instead of thousands: what is compiled here is compiled quickly."""
    given = tuple(rule for rule in shipped() if rule.pattern in ("дебил", "хуй", "кретин") and rule.kind == "word")
    monkeypatch.setattr(lists, "shipped", lambda: given)
    monkeypatch.setattr(lists, "_compiled", None)
    yield
    lists._compiled = None


def flags(text: str) -> list[str]:
    return [flag.flag for flag in lists.sorter().sort(text)]


@pytest.fixture
def add(administrator: User) -> Callable[..., TriageRule]:
    def make(pattern: str, kind: str = "word", flag: str = "insult") -> TriageRule:
        return actions.add_rule(flag, kind, pattern, alone=True, note="", by=administrator)

    return make


# --- what is in force ---------------------------------------------------------------------------


def test_a_rule_that_was_added_is_in_force_at_once(few_rules: None, add: Callable[..., TriageRule]) -> None:
    assert flags("Вот выжига") == []

    add("выжига")

    assert flags("Вот выжига") == ["insult"]


def test_a_shipped_rule_can_be_switched_off_and_on(few_rules: None, administrator: User) -> None:
    assert flags("Вот дебил") == ["insult"]

    actions.switch_rule(**SHIPPED, on=False, by=administrator)
    off = flags("Вот дебил")
    actions.switch_rule(**SHIPPED, on=True, by=administrator)

    assert off == []
    assert flags("Вот дебил") == ["insult"]


def test_nothing_is_compiled_anew_while_nothing_changes(few_rules: None) -> None:
    first = lists.sorter()

    assert lists.sorter() is first


def test_a_change_of_another_process_is_seen(few_rules: None, administrator: User) -> None:
    assert flags("Вот выжига") == []

    TriageRule.objects.create(flag="insult", kind="word", pattern="выжига", added_by=administrator)

    assert flags("Вот выжига") == ["insult"]


def test_asking_for_the_rules_costs_one_query(
    few_rules: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lists.sorter()

    with django_assert_num_queries(1):
        lists.sorter()


def test_a_change_is_in_the_audit_log(few_rules: None, administrator: User) -> None:
    row = actions.switch_rule(**SHIPPED, on=False, by=administrator)

    entry = AuditEntry.objects.filter(object_id=row.pk).latest("pk")

    assert entry.changes == {"is_active": [True, False]}
    assert entry.actor == administrator


def test_no_rule_is_ever_deleted_by_the_portal(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    assert client.post(RULES).status_code == 405
    assert client.delete(RULES).status_code == 405


# --- the pages ----------------------------------------------------------------------------------


def test_the_administrator_adds_a_rule(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    response = client.post(NEW, {**OWN, "pattern": " ВЫЖИГА "}, follow=True)

    assert [line.rule.pattern for line in response.context["page"]] == ["выжига"]
    assert "Правило «выжига» действует." in response.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pattern": "два слова"}, "Напишите одно слово в начальной форме"),
        ({"kind": "form", "pattern": "(а+)+$"}, "Напишите одно слово так, как его пишут"),
        ({"kind": "form", "pattern": "на*"}, "Слишком коротко для звёздочки"),
        ({"kind": "phrase", "pattern": "слово"}, "Напишите два слова или больше"),
        ({"pattern": "дебил"}, "Это правило поставляется с порталом"),
        ({"flag": "personal_data", "pattern": "телефон"}, "Личные данные находятся по виду записи"),
    ],
)
def test_a_bad_rule_gets_a_sentence_and_stays_typed(
    client: Client, administrator: User, change: dict[str, str], sentence: str
) -> None:
    client.force_login(administrator)

    page = client.post(NEW, {**OWN, **change}).content.decode()

    assert sentence in page
    assert not TriageRule.objects.exists()


def test_the_same_rule_twice_is_refused(client: Client, administrator: User, add: Callable[..., TriageRule]) -> None:
    client.force_login(administrator)
    add("выжига")

    page = client.post(NEW, OWN).content.decode()

    assert "Такое правило уже есть в списке." in page


def test_a_rule_is_switched_off_on_the_page(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    client.post(SWITCH, {**SHIPPED, "on": "0"})
    lines = client.get(RULES, {"state": "off"}).context["page"]

    assert [line.rule.pattern for line in lines] == ["дебил"]


def test_a_rule_that_never_was_cannot_be_switched(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    page = client.post(SWITCH, {**SHIPPED, "pattern": "нетакого", "on": "0"}, follow=True).content.decode()

    assert "Этого правила больше нет в списке." in page
    assert not TriageRule.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_stands_in_it(
    client: Client,
    administrator: User,
    add: Callable[..., TriageRule],
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    client.force_login(administrator)
    for number in range(rows):
        add("слово" + "а" * number)
    client.get(RULES)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(RULES, {"source": "own"})


LIST_QUERIES = 5


def test_a_text_is_marked_and_says_why(client: Client, few_rules: None, editor: User) -> None:
    client.force_login(editor)

    response = client.post(TRY, {"text": "Вот дебил!"})

    assert [(piece.text, piece.names) for piece in response.context["pieces"]] == [
        ("Вот ", ""),
        ("дебил", "оскорбление"),
        ("!", ""),
    ]
    assert "Похоже на оскорбление" in response.content.decode()


def test_what_is_tried_is_kept_nowhere(client: Client, few_rules: None, editor: User) -> None:
    client.force_login(editor)
    models = list(apps.get_models())
    before = {model: model._default_manager.count() for model in models}

    response = client.post(TRY, {"text": "Вот дебил!"})

    assert {model: model._default_manager.count() for model in models} == before
    assert "Вот дебил!" not in json.dumps(dict(client.session))
    assert "no-store" in response["Cache-Control"]


def test_typed_markup_is_shown_as_text(client: Client, few_rules: None, editor: User) -> None:
    client.force_login(editor)

    page = client.post(TRY, {"text": "<b>дебил</b>"}).content.decode()

    assert "<b>" not in page
