"""A rule that reaches too far is told about before it is saved. Every sentence here was made up."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from moderation.models import TriageRule
from moderation.tests.replying import ask
from moderation.tests.sorting import sorter
from moderation.triage import breadth, lists
from moderation.triage.rule import Rule, problem
from people.models import User
from registry.models import Account

pytestmark = pytest.mark.django_db

NEW = "/journal/rules/new/"
BROAD = {"flag": "insult", "kind": "root", "pattern": "дор", "alone": "yes", "note": "моя заметка"}


@pytest.fixture(autouse=True)
def rules_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "sorter", sorter)


@pytest.fixture
def reach(administrator: User) -> Callable[..., breadth.Breadth]:
    return lambda *rule: breadth.of(Rule(*rule), administrator, sorter().lexicon)


def test_a_root_of_ordinary_words_is_not_saved_at_once_and_stays_typed(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    page = client.post(NEW, BROAD).content.decode()

    assert "Это правило слишком широкое" in page
    assert "«дорога»" in page
    assert "моя заметка" in page
    assert not TriageRule.objects.exists()


def test_a_second_press_saves_it(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    said = client.post(NEW, BROAD).context["form"].words

    client.post(NEW, {**BROAD, "anyway": said})

    assert TriageRule.objects.get().pattern == "дор"


def test_a_rule_that_was_changed_after_the_warning_is_told_about_anew(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    said = client.post(NEW, BROAD).context["form"].words

    client.post(NEW, {**BROAD, "pattern": "стра", "anyway": said})

    assert not TriageRule.objects.exists()


def test_a_narrow_rule_is_saved_at_once(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    client.post(NEW, {**BROAD, "pattern": "чурбанищ"})

    assert TriageRule.objects.get().pattern == "чурбанищ"


@pytest.mark.parametrize(
    "rule",
    [
        ("insult", "root", "на"),
        ("insult", "root", "дур"),
        ("insult", "form", "*ров*"),
        ("insult", "form", "не"),
        ("spam", "word", "дорога"),
        ("obscene", "exception", "*хуй*"),
    ],
)
def test_a_rule_that_reaches_far_is_doubtful(reach: Callable[..., breadth.Breadth], rule: tuple[str, str, str]) -> None:
    found = reach(*rule)

    assert found.is_doubtful
    assert found.words


@pytest.mark.parametrize("pattern", ["табуретка", "зелёный забор"])
def test_an_exception_that_never_applies_is_doubtful(reach: Callable[..., breadth.Breadth], pattern: str) -> None:
    found = reach("obscene", "exception", pattern)

    assert found.is_doubtful
    assert found.words == ()


@pytest.mark.parametrize(
    "rule",
    [
        ("insult", "word", "ябедник"),
        ("insult", "root", "дурац"),
        ("insult", "phrase", "старая калоша"),
        ("insult", "exception", "домашний осел"),
        ("insult", "exception", "дебилов"),
    ],
)
def test_an_ordinary_rule_is_not(reach: Callable[..., breadth.Breadth], rule: tuple[str, str, str]) -> None:
    assert not reach(*rule).is_doubtful


def test_messages_it_would_mark_are_counted_and_quoted_with_numbers_hidden(
    urtam_vk: Account, editor: User, moderator: User
) -> None:
    for number, text in enumerate(["Кумушка сидит, 8 913 000-11-22", "Опять кумушка", "И кумушки тут", "Мост"]):
        ask(urtam_vk, datetime(2026, 11, 24, 3, number, tzinfo=UTC), editor, text=text, external_id=str(number))

    found = breadth.of(Rule("insult", "word", "кумушка"), moderator, sorter().lexicon)

    assert (found.messages, found.looked, found.is_doubtful) == (3, 4, True)
    assert found.quotes == ("И кумушки тут", "Опять кумушка", "Кумушка сидит, • ••• •••-••-••")


def test_messages_of_a_strange_body_are_not_looked_at(urtam_vk: Account, editor: User, outsider: User) -> None:
    ask(urtam_vk, datetime(2026, 11, 24, 3, 0, tzinfo=UTC), editor, text="Опять кумушка")

    found = breadth.of(Rule("insult", "word", "кумушка"), outsider, sorter().lexicon)

    assert found.looked == 0


@pytest.mark.parametrize("kind", ["root", "word", "form", "phrase", "exception"])
@pytest.mark.parametrize("pattern", ["", "а", "*", "**", "(", "[а-я]", "а|б", "\\w+", "слово\x00", "<нет", "а" * 200])
def test_a_rule_of_signs_or_one_letter_is_refused(kind: str, pattern: str) -> None:
    is_allowed = kind == "exception" and pattern in ("а", "а|б")

    assert bool(problem(kind, pattern)) is not is_allowed
